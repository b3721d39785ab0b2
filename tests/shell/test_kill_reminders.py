"""kill -9 of a process with reminders in flight: none is lost, and hardly one said twice.

One kill where there are two processes, and the other takes over; `make kills` does twenty,
where each is started anew, and twenty with one process on SQLite.
"""

import asyncio
import os
import random
import signal
from collections import Counter
from collections.abc import AsyncIterator, Iterator
from functools import partial

import pytest

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
    running: list[asyncio.subprocess.Process | Again] = [
        await start_program(settings(database_url, address)) for _ in range(processes)
    ]
    for kill in range(KILLS):
        moment = kill * EACH + chance.randrange(1, EACH)
        await until(partial(has_told, stand_in, moment), 60)
        await kill_dead(running.pop(0))
        if not running or kill + 1 < KILLS:
            running.append(Again(settings(database_url, address)))
    await until(partial(has_told, stand_in, KILLS * EACH), 60)
    await asyncio.sleep(1)
    for process in running:
        process.terminate()
        assert await process.wait() == 0

    await check(told(stand_in), database_url, processes)


async def check(heard: Counter[int], database_url: str, processes: int) -> None:
    """Each was asked, hardly one twice, and each chat has heard it once."""
    assert set(heard) == {1 + n for n in range(KILLS * EACH)}, "none is lost"
    doubled = sum(heard.values()) - len(heard)
    print(f"{processes} processes, {KILLS} kills, {len(heard)} reminders: {doubled} came twice")  # noqa: T201
    assert doubled <= KILLS * IN_FLIGHT
    assert await turns(database_url, heard) == {6}, "each is heard once"


async def kill_dead(process: asyncio.subprocess.Process | Again) -> None:
    process.send_signal(signal.SIGKILL)
    await process.wait()


async def turns(database_url: str, chat_ids: Counter[int]) -> set[int]:
    store = Store(open_engine(database_url), ring())
    rows = await store.run(lambda transaction: transaction.lock(sorted(chat_ids)))
    await store.close()
    return {row.chat.turn for row in rows.values()}
