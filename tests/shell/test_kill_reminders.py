"""kill -9 of a process with reminders in flight: none is lost, and only those may come twice.

One kill where there are two processes, and the other takes over; `make kills` does twenty,
where each is started anew, and twenty with one process on SQLite.
"""

import asyncio
import os
import random
import signal
from collections import Counter
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass
from functools import partial

import pytest
from sqlalchemy import text

from bot.clock import now
from data.engine import open_engine
from data.store import Store
from flows import Chat, State
from tests.keys import KEY, ring
from tests.shell.conftest import free_port, until
from tests.shell.program import Again, start_program
from tests.shell.test_clock import keep
from tests.telegram import TOKEN, UNLIMITED, Address, Person, Telegram, serve

KILLS = int(os.environ.get("KILLS", "1"))
CASES = [("postgresql", 2)] if KILLS < 20 else [("postgresql", 2), ("sqlite", 1)]
EACH = 40  # people who are asked from one kill to the next
RATE = 30
IN_FLIGHT = RATE // 3  # what goes out in the time a send takes, and until it is written down


@dataclass(frozen=True)
class Flight:
    """Whose reminder was in flight when a process was killed."""

    on_the_way: set[int]  # the stand-in has it, and has not answered
    not_kept: set[int]  # it has answered, and the process has not written it down

    @property
    def all(self) -> set[int]:
        return self.on_the_way | self.not_kept


@pytest.fixture
async def telegram() -> AsyncIterator[tuple[Telegram, Address]]:
    telegram = Telegram(limits=UNLIMITED)
    async with serve(telegram) as address:
        yield telegram, address


def settings(url: str, address: Address) -> dict[str, str]:
    port = str(free_port())
    return {
        **os.environ, "TELEGRAM_TOKEN": TOKEN, "TELEGRAM_API_URL": address.url,
        "DATABASE_URL": url, "DATA_KEY": KEY, "MODE": "webhook", "WEBHOOK_URL": f"http://127.0.0.1:{port}/hook",
        "WEBHOOK_SECRET": "secret", "PORT": port, "SEND_RATE": str(RATE), "LOG_LEVEL": "ERROR",
    }  # fmt: skip


def people() -> Iterator[tuple[int, Chat]]:
    """Those who are to be asked how they are, and were to be a minute ago."""
    at = int(now()) - 60
    for n in range(KILLS * EACH):
        yield 1 + n, Chat(state=State.HOME, now=at - 60, turn=5, check_at=at)


def told(telegram: Telegram) -> Counter[int]:
    """How often each of them was asked."""
    return Counter(call.chat_id for call in telegram.calls("sendMessage") if call.chat_id)


def has_told(telegram: Telegram, many: int) -> bool:
    return len(told(telegram)) >= many


@pytest.mark.parametrize(("database_url", "processes"), CASES, indirect=["database_url"])
async def test_no_reminder_is_lost(
    telegram: tuple[Telegram, Address], database_url: str, processes: int
) -> None:
    stand_in, address = telegram
    await keep(database_url, people())
    stand_in.latency = 0.05
    for n in range(KILLS * EACH):
        Person(stand_in, 1 + n)
    chance = random.Random(KILLS)
    flights: list[Flight] = []
    running: list[asyncio.subprocess.Process | Again] = [
        await start_program(settings(database_url, address)) for _ in range(processes)
    ]
    for kill in range(KILLS):
        moment = kill * EACH + chance.randrange(1, EACH)
        await until(partial(has_told, stand_in, moment), 60)
        killed_at = stand_in.now()
        await kill_dead(running.pop(0))
        flights.append(await in_flight(stand_in, killed_at, database_url, flights))
        if not running or kill + 1 < KILLS:
            running.append(await asyncio.to_thread(Again, settings(database_url, address)))
    await until(partial(has_told, stand_in, KILLS * EACH), 60)
    await asyncio.sleep(1)
    for process in running:
        process.terminate()
        assert await process.wait() == 0

    print(f"\n{processes} processes, {KILLS} kills, {KILLS * EACH} reminders")  # noqa: T201
    await check(told(stand_in), flights, database_url)


async def check(heard: Counter[int], flights: list[Flight], database_url: str) -> None:
    """Each was asked, twice only who was in flight at a kill, and each chat has heard it once."""
    assert set(heard) == {1 + n for n in range(KILLS * EACH)}, "none is lost"
    twice = {chat_id for chat_id, times in heard.items() if times > 1}
    for kill, flight in enumerate(flights, start=1):
        print(  # noqa: T201
            f"kill {kill}: {len(flight.on_the_way)} on the way, {len(flight.not_kept)} answered"
            f" and not written down, {len(twice & flight.all)} came twice"
        )
    print(f"{sum(heard.values()) - len(heard)} came twice in all")  # noqa: T201
    assert sum(heard.values()) - len(heard) <= KILLS * IN_FLIGHT
    assert twice <= set().union(*(flight.all for flight in flights)), "they were in flight"
    assert await turns(database_url, heard) == {6}, "each is heard once"


async def in_flight(
    telegram: Telegram, killed_at: float, database_url: str, before: list[Flight]
) -> Flight:
    """Of what the dead have left to be said, what the stand-in has; each at one kill alone."""
    owed = await left_behind(database_url) - set().union(*(flight.all for flight in before))
    await asyncio.sleep(2 * telegram.latency)  # what was on the way has arrived
    sends = [call for call in telegram.calls("sendMessage") if call.chat_id in owed]
    not_kept = {call.chat_id for call in sends if call.at <= killed_at - telegram.latency / 2}
    return Flight({call.chat_id for call in sends} - not_kept, not_kept)  # type: ignore[arg-type]


async def left_behind(database_url: str) -> set[int]:
    """Who is owed a screen that only a process had to speak which is gone."""
    store = Store(open_engine(database_url), ring())
    living = await store.run(lambda transaction: transaction.others())
    query = "SELECT chat_id, speaker FROM chats WHERE shown < turn"
    found = await store.run(lambda t: t._connection.execute(text(query)).all())
    await store.close()
    return {row.chat_id for row in found if row.speaker not in living}


async def kill_dead(process: asyncio.subprocess.Process | Again) -> None:
    process.send_signal(signal.SIGKILL)
    await process.wait()


async def turns(database_url: str, chat_ids: Counter[int]) -> set[int]:
    store = Store(open_engine(database_url), ring())
    rows = await store.run(lambda transaction: transaction.lock(sorted(chat_ids)))
    await store.close()
    return {row.chat.turn for row in rows.values()}
