"""Several processes on one token and one PostgreSQL: one fetches, and another takes over."""

import asyncio
from contextlib import AsyncExitStack
from time import monotonic

import pytest

from bot.telegram.poller import Poller
from data.engine import open_engine
from data.store import Store
from tests.keys import ring
from tests.shell.conftest import Bot, Start, free_port, until
from tests.shell.people import begin, find, tap
from tests.shell.program import environment, is_ready, running
from tests.telegram import Address, Person, Telegram

pytestmark = pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)

TAKEN_OVER = 10.0  # seconds, at the most, until somebody is heard again


def fetches(bot: Bot) -> bool:
    incoming = bot.ways[0]._incoming  # type: ignore[attr-defined]
    return bool(incoming._poller.is_mine)


def assert_one_fetched(telegram: Telegram) -> None:
    """Telegram answers 409 to a fetch when another one comes.

    That may be so once: to the last fetch of the one that is gone, for which nobody waits.
    """
    assert [call.code for call in telegram.calls("getUpdates")].count(409) <= 1


@pytest.fixture
def mode() -> str:
    return "polling"


async def test_one_fetches_and_the_other_waits_until_it_stops(
    start: Start, telegram: Telegram, ann: Person
) -> None:
    stack = AsyncExitStack()
    fetching = await stack.enter_async_context(start())
    await until(lambda: fetches(fetching))
    async with start() as waiting:
        await begin(ann)
        await asyncio.sleep(1.2)  # longer than between two looks
        assert not fetches(waiting)
        tap(ann, "help")
        await stack.aclose()
        await until(lambda: fetches(waiting), 3)
        assert find(await ann.answer(), "close")
        tap(ann, "close")
        await ann.answer()
    assert len(ann.history) == 3, "each screen once"
    assert_one_fetched(telegram)


async def test_who_cannot_renew_the_lease_fetches_no_more(
    start: Start,
    monkeypatch: pytest.MonkeyPatch,
    database_url: str,
    telegram: Telegram,
    ann: Person,
) -> None:
    monkeypatch.setattr("bot.telegram.poller.LEASE", 0.6)
    monkeypatch.setattr("bot.telegram.poller.LOOK", 0.1)
    async with start() as bot:
        await until(lambda: fetches(bot))
        await bot.store.run(lambda t: t._connection.exec_driver_sql("UPDATE pollers SET process=7"))
        await until(lambda: not fetches(bot))
        await until(lambda: fetches(bot))  # that process never renews it
        assert (await begin(ann)).rows


async def test_two_bots_on_one_database_do_not_wait_for_each_other(database_url: str) -> None:
    stores = Store(open_engine(database_url), ring()), Store(open_engine(database_url), ring())
    for store in stores:
        await store.open()
    pollers = [Poller(store, bot, lambda: None) for store, bot in zip(stores, (1, 2), strict=True)]
    for poller in pollers:
        await poller._look()
    assert [poller.is_mine for poller in pollers] == [True, True]
    rival = Poller(stores[1], 1, lambda: None)
    await rival._look()
    assert not rival.is_mine
    await pollers[0].give_back()
    await rival._look()
    assert rival.is_mine
    for store in stores:
        await store.close()


async def test_when_the_one_that_fetches_is_killed_another_follows(
    address: Address, database_url: str, telegram: Telegram, ann: Person
) -> None:
    settings = environment(address, "polling", free_port(), database_url)
    async with running(settings) as first:
        await until(lambda: telegram.updates._poll, 30)
        port = free_port()
        async with running(settings | {"METRICS_PORT": str(port)}):
            await begin(ann)
            await is_ready(port)  # else its own start is taken for slow following
            first.kill()
            await first.wait()
            began = monotonic()
            tap(ann, "help")
            assert find(await ann.answer(TAKEN_OVER), "close")
            assert monotonic() - began < TAKEN_OVER
    assert len(ann.history) == 2, "each screen once"
    assert_one_fetched(telegram)
