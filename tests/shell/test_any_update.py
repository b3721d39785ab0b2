"""Whatever Telegram may bring: of every kind, with fields missing, spoiled or never heard of."""

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from telegram import Update

from bot.heard import Heard, Presence
from bot.loop import MOST
from bot.said import typed
from bot.telegram.flood import Flood
from bot.telegram.read import ASKED_FOR, GroupCall, Ignored, Unreadable, read, update_id
from bot.turns import take
from data.engine import open_engine
from data.library import Library
from data.migrate import upgrade
from data.transaction import Transaction
from tests.keys import ring

AT = 1_800_000_000
KINDS = sorted(Update.ALL_TYPES)  # as the newest Bot API that is known here has them
LONGEST = 4096

numbers = st.one_of(st.integers(1, 2**52), st.integers(-(2**70), 2**70))
anything = st.characters()  # surrogates too: JSON may hold half a pair
texts = st.one_of(
    st.text(max_size=40),
    st.text(anything, max_size=200),
    st.builds(lambda c: c * LONGEST, st.text(anything, min_size=1, max_size=1)),
    st.sampled_from(["/start", "/stats", "/help@our_bot x", "yes", "no", "7", "chest pain", "\0"]),
)
junk = st.recursive(
    st.one_of(st.none(), st.booleans(), numbers, st.floats(), texts),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3), st.dictionaries(st.text(max_size=8), inner, max_size=3)
    ),
    max_leaves=6,
)
chats = st.one_of(
    st.fixed_dictionaries({"id": st.just(7), "type": st.just("private")}),
    st.fixed_dictionaries(
        {"id": numbers, "type": st.sampled_from(["private", "group", "supergroup", "channel", "x"])}
    ),
    junk,
)
people = st.one_of(st.fixed_dictionaries({"id": numbers, "is_bot": st.booleans()}), junk)
members = st.one_of(
    st.fixed_dictionaries(
        {"status": st.sampled_from(["member", "kicked", "left", "restricted", "hologram"])}
    ),
    junk,
)
data = st.one_of(
    texts,
    st.builds(
        "{}:{}:{}".format,
        st.text("0123456789abcdefghijklmnopqrstuvwxyz", max_size=13),
        st.sampled_from(["yes", "no", "begin", "emergency", "sharp", "hold_over", "text"]),
        st.text(anything, max_size=40),
    ),
)
FIELDS: dict[str, st.SearchStrategy[Any]] = {
    "message_id": numbers, "id": texts, "chat": chats, "from": people, "text": texts,
    "caption": texts, "data": data, "date": numbers, "message": st.deferred(lambda: bodies),
    "old_chat_member": members, "new_chat_member": members, "photo": junk, "sticker": junk,
    "pinned_message": junk, "entities": junk, "hologram": junk,
}  # fmt: skip
bodies: st.SearchStrategy[Any] = st.one_of(
    st.fixed_dictionaries({"chat": chats, "message_id": numbers}, optional={"text": texts}),
    st.fixed_dictionaries({}, optional=FIELDS),
    junk,
)
updates = st.one_of(
    st.builds(
        lambda number, kind, body, more: {**more, "update_id": number, kind: body},
        numbers,
        st.one_of(st.sampled_from(ASKED_FOR), st.sampled_from(KINDS)),
        bodies,
        st.dictionaries(st.text(max_size=8), junk, max_size=2),
    ),
    junk,
)
CHEAP = settings(
    max_examples=300, deadline=None, suppress_health_check=list(HealthCheck), database=None
)


@CHEAP
@given(updates)
def test_an_update_is_read_or_named_unreadable(update: object) -> None:
    assert -(2**63) <= update_id(update) < 2**63
    said = outcome(update)
    if isinstance(said, str):
        assert len(said) < 60, "what is wrong with it, and nothing of what it holds"
        return
    assert isinstance(said, Heard | Presence | GroupCall | Ignored)
    if isinstance(said, Heard):
        assert said.event.at == AT
        assert -(2**63) <= said.chat_id < 2**63


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind not in ASKED_FOR])
def test_a_kind_that_is_not_asked_for_is_nothing(kind: str) -> None:
    assert read({"update_id": 5, kind: {"chat": 7}}, AT, "our_bot") == Ignored()


@CHEAP
@given(texts)
def test_a_text_is_heard_to_the_last_character_or_is_a_command(text: str) -> None:
    event = typed(text, AT)
    assert event.value == text or (event.name == "command" and text.startswith("/"))


@CHEAP
@given(updates)
def test_what_is_heard_counts_the_same_after_json(update: object) -> None:
    """The web hook reads what polling reads."""
    again = json.loads(json.dumps(update))
    assert outcome(update) == outcome(again) or update != again


def outcome(update: object) -> object:
    try:
        return read(update, AT, "our_bot")
    except Unreadable as error:
        return str(error)


@CHEAP
@given(st.lists(st.builds(Heard, st.integers(1, 3), numbers, st.builds(typed, texts, st.just(AT)))))
def test_words_are_never_too_many(heard: list[Heard]) -> None:
    flood = Flood(lambda: float(AT))
    assert not any(flood.is_too_much(one) for one in heard * 20)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("any")


@settings(CHEAP, max_examples=40)
@given(st.lists(updates, min_size=1, max_size=8))
@example([{"update_id": 1, "message": {"chat": {"id": 7, "type": "private"}, "text": "\ud800\0"}}])
def test_whatever_is_heard_can_be_kept(folder: Path, library: Library, found: list[object]) -> None:
    """A batch of anything is one transaction that holds, and nothing in it meets a bug."""
    items = [said for said in map(outcome, found) if isinstance(said, Heard | Presence)]
    assert len(items) <= MOST
    engine = open_engine(f"sqlite:///{folder}/bot.db")
    upgrade(engine, ring())
    try:
        with engine.begin() as connection:
            turns = take(Transaction(connection, ring()), items, (), library, AT)
    finally:
        engine.dispose()
    assert len(turns.toasts) == len(items)
    assert "parked" not in turns.outcomes
