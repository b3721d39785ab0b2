"""The promises, put to every reachable chat of two books: every question, every technique."""

from dataclasses import dataclass, field, fields

import pytest

from flows import Chat, State, screen, step
from flows.alike import told_apart
from flows.book import Book
from flows.explore import Arc, can_happen, explore
from flows.layout import LAYOUT
from flows.turn import Outcome
from tests.rules import CHAT_RULES, RULES, ChatRule, Rule
from tests.rules.ways import SOUNDS
from tests.small import with_every_kind_of_technique, with_every_question

FLAGS = ("E04a", "E09", "C07")  # heard in words in every state: three kinds of question

WORDS = (
    "cant feel when i wipe",
    "i had cancer years ago",
    "my leg feels weird",
    "my leg feels weak",
    SOUNDS,
    "no",
    "yes",
    "7",
)


@dataclass
class Walk:
    """What was met on a walk through every conversation of a book."""

    book: Book
    rules: tuple[Rule, ...] = RULES  # that hold so far
    chat_rules: tuple[ChatRule, ...] = CHAT_RULES
    broken: dict[object, str] = field(default_factory=dict)  # by rule: where first
    states: set[State] = field(default_factory=set)
    pressed: set[tuple[State, str]] = field(default_factory=set)
    alike: dict[object, Chat] = field(default_factory=dict)  # with something left out

    def breaks(self, broken: Rule | ChatRule, arc: Arc, error: AssertionError) -> None:
        self.rules = tuple(rule for rule in self.rules if rule is not broken)
        self.chat_rules = tuple(rule for rule in self.chat_rules if rule is not broken)
        self.broken[broken] = f"{error}\n{arc.chat}\n{arc.event}\n{arc.outcome}"


def walked(book: Book) -> Walk:
    """All of *book*; a rule that does not hold is kept, with where, and not asked again."""
    walk, last = Walk(book), None
    for arc in explore(book, flags=FLAGS, words=WORDS):
        for rule in walk.rules:
            try:
                rule(arc, book)
            except AssertionError as error:
                walk.breaks(rule, arc, error)
        if arc.chat is not last:
            meet(walk, arc)
        last = arc.chat
        if not arc.chat.pages:
            walk.pressed.add((arc.chat.state, arc.event.name))
    return walk


def meet(walk: Walk, arc: Arc) -> None:
    """What is to be looked at once in each chat: in that where *arc* begins."""
    for rule in walk.chat_rules:
        try:
            rule(arc.chat, arc.shown, walk.book)
        except AssertionError as error:
            walk.breaks(rule, arc, error)
    keep_alike(walk, arc.chat, walk.book)
    walk.states.add(arc.chat.state)


def keep_alike(walk: Walk, chat: Chat, book: Book) -> None:
    """Keep *chat*, if it is the first of which the search leaves out just this, just here."""
    missing = tuple(left_out(chat, book))
    if missing:
        place = (chat.state, chat.page, chat.lock is None, missing)
        walk.alike.setdefault(place, chat)


def left_out(chat: Chat, book: Book) -> list[str]:
    """The names of what the search leaves out of *chat*."""
    rest = told_apart(chat, book)
    return [f.name for f in fields(Chat) if getattr(chat, f.name) != getattr(rest, f.name)]


def told(outcome: Outcome) -> tuple[object, ...]:
    kept = [(record.what, record.about) for record in outcome.records]
    return outcome.heard, outcome.notice, outcome.silent, outcome.said, kept


class Searched:
    """The rules, put to every conversation of one small book.

    Each book has a class of its own, so that they are walked side by side.
    """

    @pytest.mark.parametrize("rule", [*RULES, *CHAT_RULES], ids=lambda rule: rule.__name__)
    def test_rule(self, walk: Walk, rule: object) -> None:
        assert rule not in walk.broken, walk.broken[rule]

    def test_what_is_left_out_makes_no_difference(self, walk: Walk) -> None:
        """Where nothing looks at it, all is shown and heard as if it were not there."""
        assert walk.alike
        for chat in walk.alike.values():
            rest = told_apart(chat, walk.book)
            shown, rest_shown = screen(chat, walk.book), screen(rest, walk.book)
            assert (shown.text, shown.rows) == (rest_shown.text, rest_shown.rows), chat
            events = can_happen(chat, shown, walk.book, FLAGS)
            others = can_happen(rest, rest_shown, walk.book, FLAGS)
            for event, other in zip(events, others, strict=True):
                after, expected = step(chat, event, walk.book), step(rest, other, walk.book)
                assert told(after) == told(expected), (chat, event)
                same = dict.fromkeys((*left_out(chat, walk.book), "now"), None)
                assert after.chat.but(**same) == expected.chat.but(**same), (chat, event)


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
