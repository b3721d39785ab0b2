"""kill -9 in the middle of a burst, again and again: nothing is lost, and nothing counts twice."""

import asyncio
import random
import signal
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from functools import partial

import pytest

from data.engine import open_engine
from data.store import Store
from tests.keys import ring
from tests.shell.conftest import free_port
from tests.shell.people import find, tap
from tests.shell.program import Again, environment, start_program
from tests.telegram import UNLIMITED, Address, Message, Person, Telegram, serve

pytestmark = pytest.mark.empty_database

PEOPLE = 50
TAPS = ("help", "close") * 2  # of each person, in each burst


def turn(message: Message) -> int:
    return int(message.rows[0][0].data.partition(":")[0], 36)


async def tap_through(person: Person) -> None:
    """Tap as soon as the screen is there, and go on when its answer is."""
    for event in TAPS:
        changed = person.chat.changed
        assert await changed.until(partial(sees_button, person, event), 30)
        before = turn(person.sees())
        tap(person, event)
        assert await changed.until(partial(has_turned, person, before), 30)


def sees_button(person: Person, event: str) -> bool:
    return find(person.sees(), event) is not None


def has_turned(person: Person, before: int) -> bool:
    return turn(person.sees()) > before


@asynccontextmanager
async def burst(crowd: list[Person]) -> AsyncIterator[None]:
    """All of them tap; at the end, all have been answered."""
    async with asyncio.TaskGroup() as group:
        for person in crowd:
            group.create_task(tap_through(person))
        yield


def has_called(telegram: Telegram, calls: int) -> bool:
    return len(telegram.ledger) >= calls


@pytest.fixture
async def telegram() -> Telegram:
    telegram = Telegram(limits=UNLIMITED)
    telegram.hook_delay = 0.05
    return telegram


@pytest.fixture
async def address(telegram: Telegram) -> AsyncIterator[Address]:
    async with serve(telegram) as address:
        yield address


@pytest.fixture
def settings(address: Address, mode: str, database_url: str) -> dict[str, str]:
    """The environment of the program."""
    return environment(address, mode, free_port(), database_url)


@pytest.mark.parametrize(
    ("mode", "database_url", "kills"),
    [("polling", "sqlite", 20), ("webhook", "postgresql", 5)],
    indirect=["database_url"],
)
async def test_no_tap_is_lost_and_none_is_taken_twice(
    telegram: Telegram,
    settings: dict[str, str],
    database_url: str,
    kills: int,
    count_rows: Callable[[str], int],
) -> None:
    crowd = [Person(telegram, 2000 + n) for n in range(PEOPLE)]
    chance = random.Random(7)
    process: asyncio.subprocess.Process | Again = await start_program(settings)
    for person in crowd:
        person.says("/start")
    for person in crowd:
        await person.answer(30)
    first = {person.chat_id: turn(person.sees()) for person in crowd}

    for _ in range(kills):
        async with burst(crowd):
            calls = len(telegram.ledger) + chance.randrange(2 * PEOPLE * len(TAPS))
            await telegram.until(partial(has_called, telegram, calls), 30)
            process.send_signal(signal.SIGKILL)
            await process.wait()
            process = Again(settings)
    process.terminate()
    assert await process.wait() == 0

    rows = await stored(database_url, [person.chat_id for person in crowd])
    for person in crowd:
        spoken = [turn(sent.message) for sent in person.history]
        assert spoken == sorted(spoken), "in order"
        assert set(spoken) == set(range(first[person.chat_id], spoken[-1] + 1)), "every screen"
        assert rows[person.chat_id] == spoken[-1] == first[person.chat_id] + kills * len(TAPS)
    assert count_rows("parked") == 0


async def stored(database_url: str, chat_ids: list[int]) -> dict[int, int]:
    store = Store(open_engine(database_url), ring())
    rows = await store.run(lambda transaction: transaction.lock(chat_ids))
    await store.close()
    return {chat_id: row.chat.turn for chat_id, row in rows.items()}
