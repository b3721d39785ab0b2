"""The clock: what a person waits for comes first, and every alarm is said once."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager

import pytest
from sqlalchemy import event

from bot.clock import FEW, MANY, SOON, TALK, Clock
from bot.heard import Heard
from bot.loop import Loop
from bot.marks import spoken
from data.engine import open_engine
from data.library import Library
from data.store import Store
from data.tables import PATIENT
from data.transaction import Due, Row, Transaction
from flows import Chat, Event, State, alarms
from flows.reminders.reminder import Reminder
from flows.reminders.rule import Rule
from flows.reminders.when import SPREAD
from flows.reminders.zones import minute_of
from tests.keys import ring
from tests.shell.conftest import until
from tests.shell.test_turns import AT, holding

PEOPLE, HOLDING = 300, 7
CROWDED = range(1, 41)


class Process:
    """The turn loop and the clock of one process, and who it has something to say to, in order."""

    def __init__(self, store: Store, library: Library) -> None:
        self.spoken: list[int] = []
        self.together = 0
        self.most_together = 0  # reminders that were kept in one transaction
        self.store = store
        self.now = float(AT)
        self.loop = Loop(
            store, library, lambda: self.now, self.owe, self.alarm_set, look_again=lambda: None
        )
        self.clock = Clock(store, self.loop, lambda: self.now)

    def owe(self, row: Row, _: bool) -> None:
        self.spoken.append(row.chat_id)
        self.together += 1

    def alarm_set(self, _: int) -> None:
        """All of a transaction are told by now."""
        self.most_together, self.together = max(self.most_together, self.together), 0


@asynccontextmanager
async def process(url: str, library: Library) -> AsyncIterator[Process]:
    store = Store(open_engine(url), ring())
    await store.open()
    one = Process(store, library)
    turns = asyncio.create_task(one.loop.run())
    yield one
    one.loop.close()
    await turns
    await store.close()


def reminded(at: int) -> Chat:
    """Somebody who is to be reminded every day at the minute of *at*."""
    rule = Rule("Etc/UTC", minute_of(at, "Etc/UTC"), every=1, quiet=(0, 0))
    return Chat(state=State.HOME, now=at - 60, turn=5, reminder=Reminder(rule, at - 60))


async def keep(url: str, chats: Iterable[tuple[int, Chat]]) -> None:
    store = Store(open_engine(url), ring())
    await store.open()
    rows = [Row(chat_id, chat, shown=chat.turn) for chat_id, chat in chats]

    def write(transaction: Transaction) -> None:
        transaction.create([row.chat_id for row in rows])
        transaction.save(rows)
        transaction.set_alarms(Due(r.chat_id, a) for r in rows for a in alarms(r.chat))

    await store.run(write)
    await store.close()


async def forget(url: str, chat_ids: Iterable[int]) -> None:
    store = Store(open_engine(url), ring())
    await store.run(lambda t: t.erase(chat_ids))
    await store.close()


async def test_who_waits_for_a_hold_is_never_behind_reminders(
    database_url: str, library: Library
) -> None:
    people = [(1_000 + n, reminded(AT - 300)) for n in range(PEOPLE)]
    held = [(n, holding(library).but(hold_until=AT)) for n in range(1, HOLDING + 1)]
    await keep(database_url, [*people, *held])
    async with process(database_url, library) as one:
        await one.clock.tick()
    assert sorted(one.spoken[:HOLDING]) == [chat_id for chat_id, _ in held]
    assert sorted(one.spoken[HOLDING:]) == [chat_id for chat_id, _ in people]


async def test_while_people_talk_fewer_reminders_are_taken_at_a_time(
    database_url: str, library: Library
) -> None:
    people = [(1_000 + n, reminded(AT - 300)) for n in range(PEOPLE)]
    await keep(database_url, people)
    async with process(database_url, library) as one:
        await one.loop.put(Heard(1, 1, Event("command", "start", at=AT)))
        await one.clock.tick()
        assert one.spoken[0] == 1
        assert one.most_together == FEW
        one.loop._heard_at -= TALK
        await one.store.run(lambda t: t.erase(chat_id for chat_id, _ in people))
        await keep(database_url, people)
        await one.clock.tick()
        assert one.most_together == MANY


async def test_shortly_before_a_hold_ends_fewer_are_taken_at_a_time(
    database_url: str, library: Library
) -> None:
    people = [(1_000 + n, reminded(AT - 300)) for n in range(PEOPLE)]
    await keep(database_url, [*people, (1, holding(library).but(hold_until=AT + int(SOON)))])
    async with process(database_url, library) as one:
        await one.clock.tick()
        assert one.most_together == FEW
        assert sorted(one.spoken) == [chat_id for chat_id, _ in people]


async def test_what_the_clock_has_said_is_written_down_at_once(
    database_url: str, library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.loop.LAZY", 3_600)
    await keep(database_url, [(1_000, reminded(AT - 300))])
    async with process(database_url, library) as one:
        await one.clock.tick()
        row = (await one.store.run(lambda t: t.lock([1_000])))[1_000]
        assert row.owes
        one.loop.mark(spoken(row, 7, AT))
        async with asyncio.timeout(5):
            while (await one.store.run(lambda t: t.lock([1_000])))[1_000].owes:  # noqa: ASYNC110
                await asyncio.sleep(0.005)
    answer = Row(1, Chat(state=State.HOME, turn=5))
    assert not spoken(answer, 7, AT).at_once, "an answer's waits to ride on another"


async def test_two_processes_say_everything_once(database_url: str, library: Library) -> None:
    people = [(1_000 + n, reminded(AT - 300)) for n in range(PEOPLE)]
    await keep(database_url, people)
    async with process(database_url, library) as one, process(database_url, library) as other:
        await asyncio.gather(one.clock.tick(), other.clock.tick())
    assert sorted([*one.spoken, *other.spoken]) == [chat_id for chat_id, _ in people]


async def test_what_a_process_had_claimed_when_it_died_is_said_by_the_next(
    database_url: str, library: Library
) -> None:
    await keep(database_url, [(1_000, reminded(AT - 300))])
    store = Store(open_engine(database_url), ring())
    await store.open()
    assert await store.run(lambda t: t.claim(1, AT - 60, 9, 30))
    await store.close()
    async with process(database_url, library) as one:
        await one.clock.tick()
    assert one.spoken == [1_000]


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_where_there_is_one_process_the_next_need_not_wait_for_the_lease(
    database_url: str, library: Library
) -> None:
    await keep(database_url, [(1_000, reminded(AT - 300))])
    async with process(database_url, library) as dies:
        assert await dies.store.lease(lambda t: t.claim(PATIENT, AT, 9, 30))
    async with process(database_url, library) as one:
        await one.clock.catch_up()
        await one.clock.tick()
    assert one.spoken == [1_000]


async def test_a_hold_that_ends_while_a_crowd_spreads_is_said_in_time(
    database_url: str, library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.clock.CROWD", 1)
    monkeypatch.setattr("bot.clock.SPREADING", 1_000)
    await keep(database_url, [(chat_id, reminded(AT)) for chat_id in CROWDED])
    await keep(database_url, [(100, holding(library).but(hold_until=AT + 1))])
    async with process(database_url, library) as one:
        clock = asyncio.create_task(one.clock.run())
        await asyncio.sleep(0.2)
        one.now = AT + 1.0
        await until(lambda: 100 in one.spoken, 3)
        clock.cancel()


async def test_an_alarm_of_a_clock_that_was_changed_is_set_anew(
    database_url: str, library: Library
) -> None:
    """The zone's rules are others than when it was set: it comes at the new time."""
    chat = reminded(AT + 3_600)
    await keep(database_url, [(1_000, chat)])
    store = Store(open_engine(database_url), ring())
    await store.open()
    (right,) = alarms(chat)
    await store.run(lambda t: t.drop_alarms([(1_000, right.kind)]))
    wrong = type(right)(right.kind, AT - 5, AT - 5)
    await store.run(lambda t: t.set_alarms([Due(1_000, wrong)]))
    async with process(database_url, library) as one:
        await one.clock.tick()
    assert one.spoken == []
    assert await store.run(lambda t: t.alarms([1_000])) == {Due(1_000, right)}
    await store.close()


async def test_while_nothing_is_due_it_looks_once_and_writes_nothing(
    database_url: str, library: Library
) -> None:
    """Not even when an alarm is set: it knows when that is due."""
    async with process(database_url, library) as one:
        await one.store.run(lambda t: t.forget_updates(0))  # connected
        said: list[str] = []
        event.listen(
            one.store._engine, "before_cursor_execute", lambda *given: said.append(given[2])
        )
        clock = asyncio.create_task(one.clock.run())
        await asyncio.sleep(0.05)
        one.clock.alarm_set(AT + 4)
        await asyncio.sleep(0.05)
        clock.cancel()
    assert len(said) == 3
    assert said[0].startswith("DELETE FROM heard"), "once an hour"
    assert said[1].startswith("DELETE FROM parked"), "what is of nobody known, too"
    assert said[2].startswith("SELECT (SELECT alarms.due_at")


async def test_an_alarm_that_is_set_while_it_sleeps_is_said_in_time(
    database_url: str, library: Library
) -> None:
    async with process(database_url, library) as one:
        clock = asyncio.create_task(one.clock.run())
        await asyncio.sleep(0.05)
        await keep(database_url, [(1, holding(library).but(hold_until=AT))])
        one.clock.alarm_set(AT)
        await until(lambda: one.spoken == [1], 1)
        clock.cancel()


async def times(url: str, library: Library) -> dict[int, int]:
    """How many seconds after it was due each of those is told who are due now."""
    told: dict[int, int] = {}
    async with process(url, library) as one:
        for seconds in range(0, SPREAD * 60 + 60, 30):
            one.now = AT + seconds
            await one.clock.tick()
            told |= {chat_id: seconds for chat_id in one.spoken if chat_id not in told}
    return told


async def test_a_crowd_spreads_over_a_few_minutes_and_always_in_the_same_way(
    database_url: str, library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.clock.CROWD", 1)
    found = []
    for _ in range(2):
        await keep(database_url, [(chat_id, reminded(AT)) for chat_id in CROWDED])
        found.append(await times(database_url, library))
        await forget(database_url, CROWDED)
    first, again = found
    assert [*sorted(first)] == [*CROWDED]
    assert first == again
    assert max(first.values()) <= SPREAD * 60
    by_minute = Counter(seconds // 60 for seconds in first.values())
    assert len(by_minute) >= SPREAD
    assert max(by_minute.values()) < len(CROWDED) / 2


async def test_those_who_are_no_crowd_are_told_in_time(database_url: str, library: Library) -> None:
    await keep(database_url, [(chat_id, reminded(AT)) for chat_id in CROWDED])
    async with process(database_url, library) as one:
        await one.clock.tick()
    assert sorted(one.spoken) == [*CROWDED]


async def test_a_hold_is_over_when_the_clock_on_the_wall_is_set_back(
    database_url: str, library: Library
) -> None:
    await keep(database_url, [(1, holding(library))])
    async with process(database_url, library) as one:
        await one.clock.tick()
        assert one.spoken == [], "it is not over yet"
        one.now -= 3600
        await one.clock.tick()
        assert one.spoken == [1], "nobody presses for an hour"
