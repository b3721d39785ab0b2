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

# Buttons that one of the two walks has no use for, since its book is small.
RARE = {
    (State.GATE, "toggle"), (State.GATE, "none"), (State.GATE, "done"), (State.GATE, "decline"),
    (State.NOTHING_FITS, "agreed"), (State.NOTHING_FITS, "learn"), (State.NOTHING_FITS, "screen"),
    (State.NOTHING_FITS, "home"), (State.NOTHING_FITS, "emergency"),
}  # fmt: skip
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


@pytest.fixture(scope="module", params=[with_every_question, with_every_kind_of_technique])
def walk(request: pytest.FixtureRequest, book: Book) -> Walk:
    made: Callable[[Book], Book] = request.param
    small = made(book)
    return walked(explore(small, flags=FLAGS, words=WORDS), small)


@pytest.mark.parametrize("rule", [*RULES, *CHAT_RULES], ids=lambda rule: rule.__name__)
def test_rule(walk: Walk, rule: object) -> None:
    assert rule not in walk.broken, walk.broken[rule]


def test_every_state_is_reached(walk: Walk) -> None:
    assert set(State) - walk.states <= {State.NOTHING_FITS}


def test_every_button_is_somewhere_pressed(walk: Walk) -> None:
    laid_out = {(s, event) for s, rows in LAYOUT.items() for row in rows for event in row.split()}
    assert laid_out - walk.pressed <= RARE
