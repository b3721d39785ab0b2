"""A release is taken back: what it has written of somebody is read as far as it is understood.

Whoever cannot be read is one person; nobody else waits for them.
"""

import asyncio
import json
import logging
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from bot.loop import Loop
from bot.metrics import REGISTRY
from data import statements as do
from data.engine import open_engine
from data.keys import make_file, put_on_top, ring_of
from data.library import Library
from data.rows import Row, columns_of, columns_with, line_of, row_of, seal_chat, seal_line
from data.seal import Unreadable
from data.store import Store
from data.transaction import Transaction
from flows import Chat, Record, pack, unpack
from flows.chat import Disposition, Lock
from flows.plan import Plan
from flows.reminders.reminder import Reminder
from flows.reminders.rule import Rule
from tests.keys import ring
from tests.shell.conftest import Start, until
from tests.shell.people import begin
from tests.shell.test_turns import ANN, AT, BOB, command
from tests.telegram import Person

WORDS = "a secret of Bob's"
NEWER = {"state": "brand_new", "notes": [WORDS]}
CARE = (
    ("/emergency", "If you are in danger, do not wait for me."),
    ("I can not feel between my legs", "This can be an emergency. Get medical help now."),
)


def keep_newer(transaction: Transaction, chat_id: int) -> None:
    """A chat as a version might write it that has one state more; its screen is owed."""
    row = Row(chat_id, Chat(turn=AT), shown=AT - 1)
    body = seal_chat(chat_id, "", pack(row.chat) | NEWER, ring())
    transaction.create([chat_id])
    transaction._straight.do(do.SAVE, [columns_with(row, body) | {"speaker": 0}])
    transaction._lately.forget(chat_id)


def stored(database_url: str) -> list[tuple[Any, ...]]:
    """The rows of chats, as they are in the file."""
    with closing(sqlite3.connect(database_url.removeprefix("sqlite:///"))) as connection:
        return connection.execute("SELECT chat_id, turn, shown, body FROM chats").fetchall()


def with_more(packed: Any) -> Any:  # noqa: ANN401 - what JSON can hold
    """*packed* with one field more, and so each part of it that has fields."""
    parts = {name: [*packed[name], "more"] for name in ("lock", "plan", "reminder")}
    parts["reminder"][0] = [*packed["reminder"][0], "more"]
    return {**packed, **parts, "more": ["more"]}


def test_fields_that_are_not_known_are_left_out() -> None:
    chat = Chat(
        lock=Lock(Disposition.URGENT, AT, ("U1",), "e"),
        plan=Plan(AT, 10),
        reminder=Reminder(Rule("Europe/Berlin", 600), AT),
    )
    packed = json.loads(json.dumps(with_more(pack(chat))))
    assert unpack(packed) == chat
    line = (ANN, 1, 0, AT)
    sealed = seal_line(line, ["rated", "x", "", "e", 3, "more"], ring())
    assert line_of((*line, sealed), ring()).record == Record("rated", "x", "", "e", 3)


@pytest.mark.parametrize(
    "body", [NEWER, {"found": 9}, {"lock": []}, {"plan": 3}, {"reminder": [3]}, [], None]
)
def test_what_is_not_understood_is_unreadable_and_does_not_tell_why(body: Any) -> None:  # noqa: ANN401
    row = Row(BOB, Chat())
    columns = columns_with(row, seal_chat(BOB, "", body, ring()))
    with pytest.raises(Unreadable, match=r"^it is not understood \(\w+\)$"):
        row_of(tuple(columns.values()), ring())


def test_a_key_file_that_is_gone_is_no_trouble_but_for_what_needs_it(tmp_path: Path) -> None:
    path = tmp_path / "keys"
    make_file(path)
    here = ring_of("", path)
    put_on_top(path)
    newer = tuple(columns_of(Row(BOB, Chat()), ring_of("", path)).values())
    older = tuple(columns_of(Row(ANN, Chat()), here).values())
    path.unlink()
    with pytest.raises(Unreadable):
        row_of(newer, here)
    assert row_of(older, here) == Row(ANN, Chat())


@pytest.mark.parametrize(
    ("mode", "database_url"), [("polling", "sqlite"), ("polling", "postgresql")], indirect=True
)
async def test_one_chat_that_is_not_understood_stops_neither_the_start_nor_the_others(
    start: Start, database_url: str, ann: Person, bob: Person, caplog: pytest.LogCaptureFixture
) -> None:
    newer = Store(open_engine(database_url), ring())
    await newer.open()
    await newer.run(lambda t: keep_newer(t, BOB))
    await newer.close()
    async with start() as bot:
        await begin(ann)
        with caplog.at_level(logging.ERROR):
            bob.says(WORDS)
            bob.says("/start")
            ann.says("/help")
            assert (await ann.answer()).text.startswith("How this works")
            sorry = await bob.answer()
            assert sorry.text.startswith("Something went wrong on my side")
            assert "Get medical help at once" in sorry.text
            assert "*" not in sorry.text
            assert REGISTRY.get_sample_value("bot_unreadable_chats") == 1
        await until(lambda: bot.loop.waiting == 0)
        parked = await bot.store.run(lambda t: t.everything(0)["parked"])
        assert [row["reason"] for row in parked] == ["Unreadable"] * 2
        assert all(row["update_id"] for row in parked)
    told = [record for record in caplog.records if record.levelno >= logging.ERROR]
    assert [record.getMessage()[:24] for record in told] == ["A CHAT CANNOT BE READ: i"]
    assert told[0].chat == BOB  # type: ignore[attr-defined]
    assert WORDS not in caplog.text
    assert "brand_new" not in caplog.text
    assert len(bob.history) == 1, "said once"


@pytest.mark.parametrize(("mode", "database_url"), [("polling", "sqlite")], indirect=True)
async def test_who_cannot_be_read_is_told_so_and_to_get_care_and_keeps_their_row(
    start: Start, database_url: str, bob: Person
) -> None:
    newer = Store(open_engine(database_url), ring())
    await newer.open()
    await newer.run(lambda t: keep_newer(t, BOB))
    await newer.close()
    before = stored(database_url)
    async with start() as bot:
        bob.says("hello")
        assert "type /emergency" in (await bob.answer()).text
        for said, told in CARE:
            bob.says(said)
            assert (await bob.answer()).text.startswith(told)
        bob.says("hello?")
        await until(lambda: bot.loop.waiting == 0)
        await bot.rest()
        assert bob.sees().text.startswith(CARE[-1][1]), "it was said a moment ago"
        bot.time.seconds += 31
        bob.says("hello?")
        assert (await bob.answer()).text.startswith("Something went wrong on my side")
    assert stored(database_url) == before


async def test_what_meets_a_bug_even_when_it_is_parked_does_not_end_the_loop(
    store: Store, library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever is wrong with a row."""
    lock = Transaction.lock

    def buggy(transaction: Transaction, chat_ids: Any) -> Any:  # noqa: ANN401
        if BOB in chat_ids:
            raise ZeroDivisionError
        return lock(transaction, chat_ids)

    monkeypatch.setattr(Transaction, "lock", buggy)
    heard: list[int] = []
    loop = Loop(store, library, lambda: AT, lambda row, _: heard.append(row.chat_id),
                lambda _: None, look_again=lambda: None)  # fmt: skip
    kept = loop.put(command("start", 1, BOB)), loop.put(command("start", 2, ANN))
    loop.close()
    await loop.run()
    assert all(one.done() for one in kept)
    assert heard == [ANN]


async def test_the_operator_is_told_again_of_a_chat_that_was_read_in_between(
    store: Store, library: Library, caplog: pytest.LogCaptureFixture
) -> None:
    loop = Loop(store, library, lambda: AT, lambda *_: None, lambda _: None,
                look_again=lambda: None)  # fmt: skip
    running = asyncio.create_task(loop.run())
    for update, is_newer in enumerate((True, True, False, True), 1):
        await store.run(lambda t: t.erase([BOB]))
        if is_newer:
            await store.run(lambda t: keep_newer(t, BOB))
        await loop.put(command("start", update, BOB))
    loop.close()
    await running
    told = [record for record in caplog.records if record.levelno >= logging.ERROR]
    assert [record.getMessage()[:21] for record in told] == ["A CHAT CANNOT BE READ"] * 2


async def test_what_is_parked_of_nobody_known_is_forgotten_in_days(store: Store) -> None:
    await store.run(lambda t: t.park(0, 1, AT, "Unreadable"))
    await store.run(lambda t: t.park(BOB, 2, AT, "KeyError"))
    await store.run(lambda t: t.forget_updates(AT))
    assert len(await store.run(lambda t: t.everything(0)["parked"])) == 1
    await store.run(lambda t: t.forget_updates(AT + 1))
    assert await store.run(lambda t: t.everything(0)["parked"]) == []
    assert len(await store.run(lambda t: t.everything(BOB)["parked"])) == 1
