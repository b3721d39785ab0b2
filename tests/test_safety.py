"""The promises, put to every reachable chat.  Two walks: every question, every technique."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

import pytest

from flows import State
from flows.book import Book
from flows.explore import Arc, explore
from flows.layout import LAYOUT
from flows.screens import show
from flows.table import TABLE
from tests.rules import RULES, Rule
from tests.small import with_every_kind_of_technique, with_every_question

FLAGS = ("E04a", "E09", "C07")  # heard in words in every state: three kinds of question


@dataclass
class Walk:
    """What was met on a walk through every conversation of a book."""

    broken: dict[Rule, str] = field(default_factory=dict)  # by rule: where first
    states: set[State] = field(default_factory=set)
    shown: set[tuple[State, str]] = field(default_factory=set)
    taken: set[tuple[str, State, State]] = field(default_factory=set)


def walked(arcs: Iterable[Arc], book: Book) -> Walk:
    walk = Walk()
    for arc in arcs:
        for rule in RULES:
            if rule not in walk.broken:
                try:
                    rule(arc, book)
                except AssertionError as error:
                    walk.broken[rule] = f"{error}\n{arc.chat}\n{arc.event}\n{arc.outcome}"
        if arc.chat.state not in walk.states or arc.outcome.heard:
            walk.states.add(arc.chat.state)
            walk.taken.add((arc.event.name, arc.chat.state, arc.outcome.chat.state))
        if not arc.chat.pages:
            walk.shown.add((arc.chat.state, arc.event.name))
    return walk


@pytest.fixture(scope="module", params=[with_every_question, with_every_kind_of_technique])
def walk(request: pytest.FixtureRequest, book: Book) -> Walk:
    made: Callable[[Book], Book] = request.param
    small = made(book)
    return walked(explore(small, flags=FLAGS), small)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.__name__)
def test_rule(walk: Walk, rule: Rule) -> None:
    assert rule not in walk.broken, walk.broken[rule]


def test_every_state_is_reached(walk: Walk) -> None:
    assert set(State) - walk.states <= {State.UNDER_AGE, State.ERASED}
