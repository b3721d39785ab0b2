"""The disk is full, the clock is set, the database or Telegram does not answer when it stops."""

import asyncio
import logging
from collections.abc import Callable
from contextlib import AbstractContextManager
from time import monotonic
from typing import TypeVar

import pytest

from data.store import Store, StoreAway
from data.transaction import Transaction
from tests.away import goes_once_kept
from tests.shell.conftest import Bot, Start, Time, until
from tests.shell.people import begin, find, tap, walk_to_hold
from tests.shell.test_clock import keep, reminded
from tests.shell.test_turns import AT
from tests.telegram import Fault, Person, Telegram

T = TypeVar("T")

HOUR = 3600
LONGEST = 20.0  # seconds from SIGTERM to the end

pytestmark = pytest.mark.parametrize(
    ("mode", "database_url"), [("polling", "sqlite")], indirect=True
)


async def test_a_full_disk_is_named_and_nobody_is_told_what_cannot_be_kept(
    bot: Bot,
    ann: Person,
    telegram: Telegram,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    await begin(ann)
    await bot.rest()
    with monkeypatch.context() as full:
        full.setattr("data.engine._SQLITE", ("PRAGMA max_page_count=1",))
        await bot.store._thread.do(bot.store._drop)
        with caplog.at_level(logging.ERROR):
            ann.says("/help " * 600)
            for person in [Person(telegram, 5000 + n) for n in range(90)]:
                person.says("/start")  # what is kept of them needs room
            await until(lambda: "the disk is full" in caplog.text)
        assert len(ann.history) == 1
        assert telegram.unconfirmed
        await until(lambda: bot.loop.stuck_for() > 0)
    assert await ann.answer(10)
    await until(lambda: not telegram.unconfirmed)
    assert bot.loop.stuck_for() == 0


async def test_a_database_that_goes_while_the_bot_starts_is_waited_for(
    start: Start, ann: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    bot, lease = start(), Store.lease
    failed: list[object] = []

    async def away(store: Store, work: Callable[[Transaction], T]) -> T:
        if len(failed) < 2:
            failed.append(work)
            raise StoreAway("AdminShutdown")
        return await lease(store, work)

    monkeypatch.setattr(Store, "lease", away)
    async with bot:
        await begin(ann)
    assert len(failed) == 2


async def test_what_was_kept_though_the_line_broke_before_we_were_told_is_spoken(
    bot: Bot, ann: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    await begin(ann)
    await bot.rest()
    failed = goes_once_kept(monkeypatch)
    tap(ann, "help")
    assert find(await ann.answer(), "close")
    assert failed


@pytest.mark.parametrize("jump", [-HOUR, HOUR])
async def test_a_clock_that_is_set_by_an_hour_loses_nothing(
    bot: Bot, ann: Person, time: Time, monkeypatch: pytest.MonkeyPatch, jump: int
) -> None:
    monkeypatch.setattr("bot.clock.GLANCE", 0.2)
    """Set back, too, it ends the hold: nobody presses for an hour longer."""
    hold = await walk_to_hold(ann)
    await bot.rest()
    time.seconds += jump
    over = await ann.answer(5)
    assert over != hold
    tap(ann, "fine" if jump < 0 else "hold")  # an hour late, it was interrupted
    assert await ann.answer() != over


async def test_a_clock_that_was_set_back_still_looks_at_what_another_process_set(
    bot: Bot, time: Time, database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.clock.GLANCE", 0.2)
    bot.clock.alarm_set(int(time.seconds))  # from here on it looks as often
    time.seconds += HOUR
    await asyncio.sleep(0.5)
    time.seconds -= HOUR
    due = reminded(AT - 300)
    await keep(database_url, [(1001, due)])

    async def turn() -> int:
        return (await bot.store.run(lambda t: t.lock([1001])))[1001].chat.turn

    async with asyncio.timeout(5):
        while await turn() == due.turn:  # noqa: ASYNC110 - a database tells nobody
            await asyncio.sleep(0.05)


async def test_it_stops_in_time_while_nothing_can_be_kept_or_sent(
    start: Start,
    ann: Person,
    telegram: Telegram,
    database_away: Callable[[], AbstractContextManager[None]],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for name, share in (("HEAR", 0.6), ("SPEAK", 1.1), ("KEEP", 1.4), ("LEAVE", 1.7)):
        monkeypatch.setattr(f"bot.app.{name}", share)  # all of it a tenth
    monkeypatch.setattr("data.engine._SQLITE", ("PRAGMA busy_timeout=500",))
    bot = await start().__aenter__()
    await begin(ann)
    telegram.fail(Fault("sendMessage", times=9, slow=60))
    ann.says("/help")
    await bot.rest()
    with database_away():
        ann.says("/privacy")
        await asyncio.sleep(0.3)
        began = monotonic()
        await bot.__aexit__()
        assert monotonic() - began < LONGEST / 10 + 1
