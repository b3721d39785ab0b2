"""Two processes on one database: one rate, nothing said twice, and what the dead owe is spoken."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest

from bot.app import App
from bot.chats import is_page, of_visitor
from bot.heard import Heard
from bot.settings import read_settings
from bot.share import PART
from data.engine import open_engine
from data.library import Library
from data.store import Store
from data.transaction import Row
from flows import Chat, Event, State
from tests.ears import Ears, Heardlist
from tests.keys import KEY, ring
from tests.shell.conftest import until
from tests.shell.test_clock import keep, reminded
from tests.shell.test_turns import AT
from tests.telegram import TOKEN

pytestmark = pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)

PEOPLE, RATE = range(1, 91), 60


@asynccontextmanager
async def process(url: str, library: Library, ears: Ears, rate: int = 0) -> AsyncIterator[App]:
    settings = read_settings(
        _env_file=None, telegram_token=TOKEN, database_url=url, data_key=KEY, send_rate=rate
    )
    async with App(settings, lambda: float(AT), library, [ears]) as app:
        yield app


def ids(heard: Heardlist) -> list[int]:
    return [chat_id for _, chat_id in heard]


def most_in_a_second(heard: Heardlist) -> int:
    return max(sum(at <= other < at + 1 for other, _ in heard) for at, _ in heard)


async def test_two_processes_together_keep_one_rate(
    database_url: str, library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.clock.MANY", 8)  # so that both have their part
    await keep(database_url, [(chat_id, reminded(AT - 300)) for chat_id in PEOPLE])
    one, other = Ears(), Ears()
    async with (
        process(database_url, library, one, RATE),
        process(database_url, library, other, RATE),
    ):
        await until(lambda: len(one.heard) + len(other.heard) == len(PEOPLE), 20)
    both = sorted([*one.heard, *other.heard])
    assert sorted(ids(both)) == [*PEOPLE]
    assert min(len(one.heard), len(other.heard)) >= 8
    assert most_in_a_second(both) <= RATE + 2 * RATE // PART, "with what each has in hand"


async def test_what_one_is_about_to_say_no_other_says_when_it_starts(
    database_url: str, library: Library
) -> None:
    await keep(database_url, [(chat_id, reminded(AT - 300)) for chat_id in range(1, 10)])
    busy, late = Ears(), Ears()
    busy.speaks.clear()
    async with process(database_url, library, busy) as one:
        await until(lambda: len(one.sender._slots) == 9)
        async with process(database_url, library, late):
            await asyncio.sleep(0.3)
            assert late.heard == []
            busy.speaks.set()
            await until(lambda: len(busy.heard) == 9)
    assert late.heard == []


async def test_what_the_dead_owed_the_others_say(
    database_url: str, library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.others.GLANCE", 0.05)
    await keep(database_url, [(chat_id, reminded(AT - 300)) for chat_id in range(1, 10)])
    dies, lives = Ears(), Ears()
    dies.speaks.clear()
    async with process(database_url, library, dies) as one:
        await until(lambda: len(one.sender._slots) == 9)
        async with process(database_url, library, lives):
            await asyncio.sleep(0.2)
            for task in one._tasks:
                task.cancel()
            await one.store._thread.do(one.store._drop)  # its session ends, as when it is killed
            await until(lambda: len(lives.heard) == 9)
        dies.speaks.set()
    assert sorted(ids(lives.heard)) == [*range(1, 10)]


async def leave(url: str, row: Row) -> None:
    """A process keeps *row*, whose screen is owed, and is gone at once."""
    store = Store(open_engine(url), ring())
    await store.run(lambda t: t.save([row]))
    await store.close()


async def test_what_one_owed_that_came_and_went_between_two_looks_another_says(
    database_url: str, library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.others.GLANCE", 0.4)
    chat = Chat(state=State.HOME, now=AT, turn=5)
    await keep(database_url, [(1, chat)])
    ears = Ears()
    async with process(database_url, library, ears):
        await asyncio.sleep(0.1)  # it has looked, and looks again later
        await leave(database_url, Row(1, chat, shown=4))
        await until(lambda: ids(ears.heard) == [1])


async def test_what_the_dead_heard_is_said_after_what_is_on_its_way(
    database_url: str, library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.others.GLANCE", 0.05)
    chat = Chat(state=State.HOME, now=AT, turn=5)
    await keep(database_url, [(1, chat)])
    ears = Ears()
    ears.speaks.clear()
    await leave(database_url, Row(1, chat, shown=4))
    async with process(database_url, library, ears) as app:
        slots = app.sender._slots
        await until(lambda: app.sender._sends)
        await asyncio.sleep(0.2)  # by now it is on its way
        await leave(database_url, Row(1, chat.but(turn=6), shown=4))
        await until(lambda: slots[1].row and slots[1].row.chat.turn == 6)
        ears.speaks.set()
        await until(lambda: ids(ears.heard) == [1, 1])
        await until(lambda: not slots)


async def test_nothing_is_said_after_a_stop_that_another_process_heard(
    database_url: str, library: Library
) -> None:
    await keep(database_url, [(chat_id, reminded(AT - 300)) for chat_id in range(1, 6)])
    slow, quick = Ears(), Ears()
    async with process(database_url, library, slow, 3) as one:
        await until(lambda: len(slow.heard) == 1)
        async with process(database_url, library, quick, 0) as other:
            waiting = set(one.sender._slots)
            for chat_id in waiting:
                await other.loop.put(Heard(chat_id, None, Event("turn_off", at=AT)))
            await until(lambda: set(ids(quick.heard)) >= waiting)
            await until(lambda: not one.sender._slots, 10)
    assert len(slow.heard) + len(quick.heard) <= 6, "the one that was on its way, and no more"


async def test_what_failed_is_not_said_once_more_after_what_another_process_heard(
    database_url: str, library: Library
) -> None:
    chat = Chat(state=State.HOME, now=AT, turn=5)
    await keep(database_url, [(1, chat)])
    cut, well = Ears(), Ears()
    cut.is_cut = True
    async with (
        process(database_url, library, cut) as one,
        process(database_url, library, well) as other,
    ):
        await one.loop.put(Heard(1, 1, Event("command", "help", at=AT)))
        await until(lambda: cut.heard)
        await other.loop.put(Heard(1, 2, Event("command", "emergency", at=AT)))
        await until(lambda: well.heard)
        cut.heard.clear()
        await until(lambda: not one.sender._slots, 10)
    assert cut.heard == [], "it would stand below the emergency"


async def test_a_clock_of_the_database_that_was_set_back_keeps_nobody_waiting(
    database_url: str,
) -> None:
    store = Store(open_engine(database_url), ring())
    await store.open()
    await store.run(lambda t: t.take_sends(3600))
    assert await store.run(lambda t: t.take_sends(0.1)) < 1
    assert await store.run(lambda t: t.take_sends(0.1)) > 0, "one after the other all the same"
    assert await store.run(lambda t: t.take_poll(7, 3600))
    store._me += 1
    assert await store.run(lambda t: t.take_poll(7, 5)), "nobody has it for an hour"
    store._me += 1
    assert not await store.run(lambda t: t.take_poll(7, 5))
    await store.close()


async def test_what_cannot_be_edited_is_sent_anew_though_it_is_looked_up_again(
    database_url: str, library: Library
) -> None:
    chat = Chat(state=State.HOME, now=AT, turn=5)
    await keep(database_url, [(1, chat)])
    store = Store(open_engine(database_url), ring())
    await store.run(lambda t: t.save([Row(1, chat, shown=4, edit_id=9)]))
    await store.close()
    ears = Ears()
    ears.edits = False
    async with process(database_url, library, ears):
        await until(lambda: ids(ears.heard) == [1])


class NoPage(Ears):
    """A way that leads to nobody on the page."""

    def reaches(self, chat_id: int) -> bool:
        return not is_page(chat_id)


async def test_what_a_process_without_the_page_heard_of_a_visitor_one_with_it_says(
    database_url: str, library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.others.GLANCE", 0.05)
    visitor = of_visitor("somebody")
    await keep(database_url, [(visitor, reminded(AT - 300)), (1, reminded(AT - 300))])
    without, page = NoPage(), Ears()
    async with process(database_url, library, without) as hears:
        await until(lambda: ids(without.heard) == [1])
        await hears.loop.keep_marks()
        async with process(database_url, library, page):
            await until(lambda: ids(page.heard) == [visitor])
    assert ids(without.heard) == [1]
