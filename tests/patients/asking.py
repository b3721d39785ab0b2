"""What a screen asks, found out as a person would: by reading it."""

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from flows.book import AGE, Book


class Asked(NamedTuple):
    """`kind` is "question", "number", "boxes", "agree", "where", or the text that the screen is."""

    kind: str
    id: str = ""


def flat(text: str) -> str:
    return " ".join(text.replace("**", "").split())


def says(screen: str, template: str) -> int:
    """How many letters of *template* are on the screen, if all of it is that is no gap; else 0."""
    wanted = without_gaps(template)
    return sum(map(len, wanted)) if wanted and all(part in screen for part in wanted) else 0


@cache
def without_gaps(template: str) -> list[str]:
    parts = [flat(part) for part in re.split(r"\{\w+\}", template)]
    return [part for part in parts if part.strip(".")]


def read_screen(text: str, book: Book) -> Asked:
    """What is asked, or which text of the book the screen is."""
    screen = flat(text)
    found = max(all_asked(screen, book), default=(0, Asked("")), key=lambda found: found[0])
    if found[0]:
        return found[1]
    texts = ((says(screen, text), key) for key, text in book.texts.items() if key not in PARTS)
    length, key = max(texts)
    assert length, f"what is this screen? {text!r}"
    return Asked(key)


PARTS = {
    "progress", "where", "examined", "reasons", "statement", "opens", "opens_later", "caution",
    "call", "call.also", "call.unknown", "crisis", "crisis.unknown", "left_out", "rested",
    "step_of", "change", "rest_day", "net", "country.unknown", "about", "screening", "gate",
    "screening.locked", "screening.locked.clinician", "gate.locked",
}  # fmt: skip


def all_asked(screen: str, book: Book) -> Iterator[tuple[int, Asked]]:
    """Everything on the screen that may be what is asked, and how much of it is there."""
    for id, checklist in book.checklists.items():
        asks = [(book.conditions.get(item) or book.questions[item]).ask for item in checklist.items]
        if flat(checklist.ask) in screen and any(f"• {flat(ask)}" in screen for ask in asks):
            yield len(screen), Asked("boxes", id)
    for id, condition in book.conditions.items():
        if condition.agree:
            yield says(screen, condition.agree), Asked("agree", id)
        if condition.where:
            yield (
                says(screen, book.texts["where"].format(condition=condition.label)),
                Asked("where", id),
            )
    is_gate = flat("Just before we start") in screen
    for id, question in book.questions.items():
        kind = "number" if question.severe else "question"
        if id == AGE or (id in book.gate) == is_gate:
            yield says(screen, question.ask), Asked(kind, id)
        if own := book.texts.get(f"examined.{id}"):
            yield says(screen, own), Asked(kind, id)
