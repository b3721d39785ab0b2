"""Books that are small enough to walk every conversation of, made from the real one."""

from collections.abc import Iterable
from dataclasses import replace

from flows.book import Book, Technique


def with_every_question(book: Book) -> Book:
    """The whole screening, with one technique and two kinds of condition behind it."""
    return only_conditions(only_techniques(book, ["piriformis_ball_chair"]), ["K01", "K03"])


def with_every_kind_of_technique(book: Book) -> Book:
    """A short screening, and a technique of each kind: two positions, a hard tool, a move."""
    screening = ("E04a", "E07", "E09", "U03a", "U05", "risks", "conditions")
    gate = ("G1", "G2", "G5", "G4")  # ends with a number, as the real one does not
    ways = ["glutes_ball_floor", "glutes_ball_wall", "glutes_roller"]
    short = only_techniques(replace(book, screening=screening, gate=gate), ways)
    wall = short.techniques["glutes_ball_wall"]
    at_once = replace(wall, steps=wall.steps[1:2])  # begins and ends with a hold
    short = replace(short, techniques={**short.techniques, wall.id: at_once})
    return only_risks(only_conditions(short, ["K06"]), ["C04", "C07"])


def only_techniques(book: Book, ids: Iterable[str]) -> Book:
    return replace(book, techniques={id: shortened(book.techniques[id]) for id in ids})


def shortened(technique: Technique) -> Technique:
    """Its set-up, its first hold, and what a condition may rule out."""
    first_hold = next(step for step in technique.steps if step.hold)
    kept = {technique.steps[0].id, first_hold.id}
    steps = tuple(step for step in technique.steps if step.id in kept or step.move)
    return replace(technique, steps=steps)


def only_conditions(book: Book, ids: Iterable[str]) -> Book:
    return _only(book, "conditions", ids)


def only_risks(book: Book, ids: Iterable[str]) -> Book:
    return _only(book, "risks", ids)


def _only(book: Book, checklist: str, ids: Iterable[str]) -> Book:
    listed = replace(book.checklists[checklist], items=tuple(ids))
    return replace(book, checklists={**book.checklists, checklist: listed})
