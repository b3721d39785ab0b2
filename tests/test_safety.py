"""The promises, put to every reachable chat.  Two walks: every question, every technique."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

import pytest

from flows import State
from flows.book import Book
from flows.explore import Arc, explore
from flows.layout import LAYOUT
from tests.rules import CHAT_RULES, RULES
from tests.small import with_every_kind_of_technique, with_every_question

FLAGS = ("E04a", "E09", "C07")  # heard in words in every state: three kinds of question

WORDS = ("cant feel when i wipe", "i had cancer years ago", "my leg feels weird", "no", "yes", "7")


@dataclass
class Walk:
    """What was met on a walk through every conversation of a book."""

    broken: dict[object, str] = field(default_factory=dict)  # by rule: where first
    states: set[State] = field(default_factory=set)
    pressed: set[tuple[State, str]] = field(default_factory=set)


def walked(arcs: Iterable[Arc], book: Book) -> Walk:
    walk, last = Walk(), None
    for arc in arcs:
        for rule in RULES:
            hold(walk, arc, rule, arc, book)
        if arc.chat is not last:
            for chat_rule in CHAT_RULES:
                hold(walk, arc, chat_rule, arc.chat, arc.shown, book)
        last = arc.chat
        walk.states.add(arc.chat.state)
        if not arc.chat.pages:
            walk.pressed.add((arc.chat.state, arc.event.name))
    return walk


def hold(walk: Walk, arc: Arc, rule: Callable[..., None], *given: object) -> None:
    """Whether *rule* holds here; where it first does not is kept."""
    if rule in walk.broken:
        return
    try:
        rule(*given)
    except AssertionError as error:
        walk.broken[rule] = f"{error}\n{arc.chat}\n{arc.event}\n{arc.outcome}"


BOOKS = {"every question": with_every_question, "every kind": with_every_kind_of_technique}


@pytest.fixture(scope="module")
def walks(book: Book) -> dict[str, Walk]:
    """Both walks: what holds must hold on each, what is to be met must be met on one."""
    small = {name: made(book) for name, made in BOOKS.items()}
    return {
        name: walked(explore(book, flags=FLAGS, words=WORDS), book) for name, book in small.items()
    }


@pytest.mark.parametrize("rule", [*RULES, *CHAT_RULES], ids=lambda rule: rule.__name__)
@pytest.mark.parametrize("name", BOOKS)
def test_rule(walks: dict[str, Walk], name: str, rule: object) -> None:
    assert rule not in walks[name].broken, walks[name].broken[rule]


def test_every_state_is_reached(walks: dict[str, Walk]) -> None:
    assert set(State) == {state for walk in walks.values() for state in walk.states}


def test_every_button_is_somewhere_pressed(walks: dict[str, Walk]) -> None:
    laid_out = {(s, event) for s, rows in LAYOUT.items() for row in rows for event in row.split()}
    assert laid_out - {button for walk in walks.values() for button in walk.pressed} == set()
