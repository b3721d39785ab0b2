"""The promises, put to every reachable chat of two books: every question, every technique."""

from collections.abc import Callable
from dataclasses import dataclass, field

import pytest

from flows import State
from flows.book import Book
from flows.explore import Arc, explore
from flows.layout import LAYOUT
from tests.rules import CHAT_RULES, RULES
from tests.small import with_every_kind_of_technique, with_every_question

FLAGS = ("E04a", "E09", "C07")  # heard in words in every state: three kinds of question

WORDS = (
    "cant feel when i wipe",
    "i had cancer years ago",
    "my leg feels weird",
    "my leg feels weak",
    "no",
    "yes",
    "7",
)


Rule = Callable[..., None]


@dataclass
class Walk:
    """What was met on a walk through every conversation of a book."""

    broken: dict[object, str] = field(default_factory=dict)  # by rule: where first
    states: set[State] = field(default_factory=set)
    pressed: set[tuple[State, str]] = field(default_factory=set)


def walked(book: Book) -> Walk:
    walk, last = Walk(), None
    rules: list[Rule] = list(RULES)
    chat_rules: list[Rule] = list(CHAT_RULES)
    for arc in explore(book, flags=FLAGS, words=WORDS):
        hold(walk, arc, rules, arc, book)
        if arc.chat is not last:
            hold(walk, arc, chat_rules, arc.chat, arc.shown, book)
        last = arc.chat
        walk.states.add(arc.chat.state)
        if not arc.chat.pages:
            walk.pressed.add((arc.chat.state, arc.event.name))
    return walk


def hold(walk: Walk, arc: Arc, rules: list[Rule], *given: object) -> None:
    """Whether *rules* hold here; one that does not is kept, with where, and not asked again."""
    for rule in tuple(rules):
        try:
            rule(*given)
        except AssertionError as error:
            rules.remove(rule)
            walk.broken[rule] = f"{error}\n{arc.chat}\n{arc.event}\n{arc.outcome}"


class Searched:
    """The rules, put to every conversation of one small book.

    Each book has a class of its own, so that they are walked side by side.
    """

    @pytest.mark.parametrize("rule", [*RULES, *CHAT_RULES], ids=lambda rule: rule.__name__)
    def test_rule(self, walk: Walk, rule: object) -> None:
        assert rule not in walk.broken, walk.broken[rule]


class TestEveryQuestion(Searched):
    @pytest.fixture(scope="class")
    @classmethod
    def walk(cls, book: Book) -> Walk:
        return walked(with_every_question(book))


class TestEveryKindOfTechnique(Searched):
    @pytest.fixture(scope="class")
    @classmethod
    def walk(cls, book: Book) -> Walk:
        return walked(with_every_kind_of_technique(book))

    def test_every_state_is_reached(self, walk: Walk) -> None:
        assert set(State) == walk.states

    def test_every_button_is_somewhere_pressed(self, walk: Walk) -> None:
        laid_out = {(s, e) for s, rows in LAYOUT.items() for row in rows for e in row.split()}
        assert laid_out - walk.pressed == set()
