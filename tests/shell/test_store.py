"""What is kept, in SQLite and in PostgreSQL."""

import asyncio
import sqlite3
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractContextManager
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, Select, event, inspect, text
from sqlalchemy.exc import IntegrityError

from data import statements as do
from data.engine import open_engine
from data.migrate import NewerSchema, upgrade
from data.store import Store, StoreAway
from data.tables import PATIENT, PROMPT, metadata
from data.transaction import Due, Line, Row, Transaction
from flows import Alarm, Chat, Record, State
from tests.keys import ring
from tests.shell.postgres import Postgres

pytestmark = pytest.mark.empty_database

AT = 1_800_000_000


@pytest.fixture
async def store(database_url: str) -> AsyncIterator[Store]:
    store = Store(open_engine(database_url), ring())
    await store.open()
    yield store
    await store.close()


ANN = Row(1001, Chat(state=State.AREA, area="glutes", turn=AT))


async def test_a_chat_comes_back_as_it_was_kept(store: Store) -> None:
    row = replace(ANN, shown=AT - 1, message_id=5, edit_id=6, notice="sorry", paused=True)

    def keep(transaction: Transaction) -> None:
        transaction.create([row.chat_id])
        transaction.save([row])

    await store.run(keep)
    [back] = (await store.look(lambda t: t.lock([row.chat_id]))).values()  # by who has sealed none
    assert back == row
    assert back.chat.turn == AT


async def test_a_file_that_is_no_database_is_called_damaged(tmp_path: Path) -> None:
    (tmp_path / "bot.db").write_text("no table is in here\n" * 99)
    store = Store(open_engine(f"sqlite:///{tmp_path}/bot.db"), ring())
    with pytest.raises(StoreAway, match="the file is damaged"):
        await store.open()
    await store.close()


async def test_a_transaction_that_fails_keeps_nothing(
    store: Store, count_rows: Callable[[str], int]
) -> None:
    def fail(transaction: Transaction) -> None:
        transaction.create([1001])
        raise KeyError

    with pytest.raises(KeyError):
        await store.run(fail)
    assert count_rows("chats") == 0
    assert await store.run(lambda t: t.lock([1001])) == {}


async def test_an_update_is_heard_once(store: Store) -> None:
    def hear(transaction: Transaction) -> set[tuple[int, int]]:
        return transaction.hear({(1001, 1), (1001, 2), (1002, 1)}, AT)

    await store.run(lambda t: t.create([1001, 1002]))
    await store.run(lambda t: t.hear({(1001, 2)}, AT))
    assert await store.run(hear) == {(1001, 1), (1002, 1)}
    assert await store.run(hear) == set()
    await store.run(lambda t: t.forget_updates(AT + 1))
    assert len(await store.run(hear)) == 3


async def test_an_alarm_is_one_of_its_kind(store: Store) -> None:
    def set_them(transaction: Transaction) -> None:
        transaction.create([1001, 1002])
        transaction.set_alarms([Due(1001, Alarm("hold_over", AT + 9, 1))])
        transaction.set_alarms(
            [Due(1001, Alarm("hold_over", AT + 5, 2)), Due(1002, Alarm("time_out", AT + 7, 3))]
        )

    await store.run(set_them)
    assert await store.run(lambda t: t.soonest(AT)) == AT + 5
    assert await store.run(lambda t: t.claim(PROMPT, AT + 4, 9, 1)) == []
    hold = Due(1001, Alarm("hold_over", AT + 5, 2))
    assert await store.run(lambda t: t.claim(PROMPT, AT + 5, 9, 1)) == [hold]
    assert await store.run(lambda t: t.claim(PATIENT, AT + 6, 9, 1)) == []
    end = Due(1002, Alarm("time_out", AT + 7, 3))
    assert await store.run(lambda t: t.claim(PATIENT, AT + 7, 9, 1)) == [end]
    await store.run(lambda t: t.drop_alarms([(1001, "hold_over"), (1002, "hold_over")]))
    assert await store.run(lambda t: t.alarms([1001, 1002])) == {
        Due(1002, Alarm("time_out", AT + 7, 3))
    }


async def test_what_is_claimed_is_nobody_elses_until_its_lease_is_over(store: Store) -> None:
    rings = [Due(1000 + n, Alarm("remind", AT + n, AT + n)) for n in range(5)]

    def claim(at: int, most: int) -> Callable[[Transaction], list[Due]]:
        return lambda transaction: transaction.claim(PATIENT, at, most, 30)

    await store.run(lambda t: t.create([due.chat_id for due in rings]))
    await store.run(lambda t: t.set_alarms(rings))
    assert await store.run(claim(AT + 9, 2)) == rings[:2], "the oldest first"
    assert await store.run(claim(AT + 9, 9)) == rings[2:]
    assert await store.run(claim(AT + 38, 9)) == []
    assert await store.run(lambda t: t.soonest(AT + 38)) is None
    assert await store.run(claim(AT + 39, 9)) == rings, "whoever had claimed them has died"
    later = replace(rings[0], alarm=Alarm("remind", AT + 41, AT + 41))
    await store.run(lambda t: t.set_alarms([later]))
    assert await store.run(claim(AT + 41, 9)) == [later], "what is set anew is nobody's"


async def test_an_alarm_is_only_ever_delayed_and_for_the_same_turn(store: Store) -> None:
    alarm = Alarm("hold_over", AT + 9, 2)
    await store.run(lambda t: t.create([1001]))
    await store.run(lambda t: t.set_alarms([Due(1001, alarm)]))
    for other in (Alarm("hold_over", AT + 8, 2), Alarm("hold_over", AT + 20, 3)):
        others = [Due(1001, other)]
        await store.run(lambda t: t.delay_alarms(others))  # noqa: B023 - it is run at once
        assert await store.run(lambda t: t.soonest(AT)) == AT + 9
    await store.run(lambda t: t.delay_alarms([Due(1001, replace(alarm, due=AT + 11))]))
    assert await store.run(lambda t: t.soonest(AT)) == AT + 11


async def test_what_is_owed_is_read_in_pages(store: Store) -> None:
    rows = [replace(ANN, chat_id=chat_id, shown=AT - 1) for chat_id in range(1, 8)]
    rows[2].shown, rows[3].paused = AT, True

    def keep(transaction: Transaction) -> None:
        transaction.create([row.chat_id for row in rows])
        transaction.save(rows)

    await store.run(keep)
    for after, ids, last in ((0, [1, 2, 5], 5), (5, [6, 7], 7), (7, [], None)):
        owed, up_to = await store.run(lambda t: t.owed(after, 3))  # noqa: B023 - at once
        assert ([row.chat_id for row in owed], up_to) == (ids, last)


async def test_erasing_leaves_nothing_of_a_chat_and_all_of_the_others(
    store: Store, count_rows: Callable[[str], int]
) -> None:
    def fill(transaction: Transaction) -> None:
        transaction.create([1001, 1002])
        transaction.hear({(1001, 1), (1002, 2)}, AT)
        transaction.set_alarms([Due(n, Alarm("hold_over", AT, 1)) for n in (1001, 1002)])
        transaction.log([Line(n, 1, 0, AT, Record("started", "glutes")) for n in (1001, 1002)])
        transaction.park(1001, 3, AT, "KeyError")
        transaction.park(1002, 4, AT, "KeyError")

    await store.run(fill)
    tables = ("chats", "heard", "alarms", "log", "parked")
    assert [count_rows(table) for table in tables] == [2] * 5
    await store.run(lambda t: t.erase([1001]))
    assert [count_rows(table) for table in tables] == [1] * 5


async def test_the_log_of_a_chat_comes_back_as_it_was_in_its_order(store: Store) -> None:
    lines = [
        Line(1001, turn, number, AT + turn, Record("rated", "glutes", "", "edition", number))
        for turn, number in ((2, 0), (10, 0), (10, 1))
    ]

    def fill(transaction: Transaction) -> None:
        transaction.create([1001, 1002])
        transaction.log([*reversed(lines), replace(lines[0], chat_id=1002)])

    await store.run(fill)
    assert await store.run(lambda t: t.lines(1001)) == lines


async def test_nothing_is_kept_of_a_chat_that_is_not_there(store: Store) -> None:
    with pytest.raises(IntegrityError):
        await store.run(lambda t: t.set_alarms([Due(1001, Alarm("hold_over", AT, 1))]))


async def test_a_database_that_comes_back_is_used_again(
    store: Store,
    database_away: Callable[[], AbstractContextManager[None]],
    caplog: pytest.LogCaptureFixture,
) -> None:
    await store.run(lambda t: t.create([1001]))
    await store.run(_be_impatient)
    with database_away(), pytest.raises(StoreAway):
        await store.run(lambda t: t.create([1002]))
    assert not caplog.records  # who asked says that it is away, and nobody else
    await store.run(lambda t: t.create([1003]))
    assert set(await store.run(lambda t: t.lock([1001, 1002, 1003]))) == {1001, 1003}


async def test_a_postgresql_that_was_made_where_no_language_was_set_keeps_as_any(
    postgres: Postgres,
) -> None:
    store = Store(open_engine(postgres.create_without_language()), ring())
    await store.open()
    await store.run(lambda t: t.create([1001]))
    await store.run(lambda t: t.keep_file(7, "hash", "a file, für Zoë"))
    assert await store.run(lambda t: t.files(7)) == {"hash": "a file, für Zoë"}
    assert (await store.run(lambda t: t.lock([1001])))[1001].chat == Chat()
    await store.close()


def _be_impatient(transaction: Transaction) -> None:
    """SQLite waits for another writer; not for long in a test."""
    if transaction._dialect == "sqlite":
        transaction._connection.exec_driver_sql("PRAGMA busy_timeout=50")


async def test_two_processes_take_turns_with_one_chat(store: Store, database_url: str) -> None:
    other = Store(open_engine(database_url), ring())
    await other.open()

    def count_up(transaction: Transaction) -> None:
        row = transaction.lock([1001])[1001]
        row.chat = row.chat.but(turn=row.chat.turn + 1)
        transaction.save([row])

    await store.run(lambda t: t.create([1001]))
    await asyncio.gather(*(one.run(count_up) for one in (store, other) * 20))
    await other.close()
    assert (await store.run(lambda t: t.lock([1001])))[1001].chat.turn == 40


class TestMigrations:
    def test_they_make_the_tables_that_the_code_knows(self, engine: Engine) -> None:
        upgrade(engine, ring())
        there = inspect(engine)
        for table in metadata.sorted_tables:
            columns = {column["name"]: column for column in there.get_columns(table.name)}
            assert set(columns) == set(table.columns.keys())
            for column in table.columns:
                assert columns[column.name]["nullable"] == column.nullable
            key = there.get_pk_constraint(table.name)["constrained_columns"]
            assert key == [column.name for column in table.primary_key]
            indexes = {index["name"] for index in there.get_indexes(table.name)}
            assert indexes == {index.name for index in table.indexes}
            keys = there.get_foreign_keys(table.name)
            assert len(keys) == len(table.foreign_keys)
            assert all(key["options"] == {"ondelete": "CASCADE"} for key in keys)

    @pytest.mark.parametrize("asked", [do.OWED, do.LEFT_BEHIND, do.COUNT_OWED])
    def test_who_is_owed_a_screen_is_found_without_all_others(
        self, engine: Engine, asked: Select[Any]
    ) -> None:
        upgrade(engine, ring())
        said: list[Any] = []
        event.listen(engine, "before_cursor_execute", lambda _, __, *given: said.append(given[:2]))
        with engine.connect() as connection:
            connection.execute(asked, {"after": 0, "most": 9, "others": [1], "me": 2, "least": 0})
            statement, values = said[-1]
            word = "EXPLAIN QUERY PLAN"
            if connection.dialect.name == "postgresql":
                word = "EXPLAIN"
                connection.execute(text("SET enable_seqscan = off"))  # the table is empty
            plan = connection.exec_driver_sql(f"{word} {statement}", values)
            assert "chats_owed" in str(plan.all())

    def test_a_second_time_they_do_nothing(self, engine: Engine) -> None:
        upgrade(engine, ring())
        upgrade(engine, ring())

    def test_a_database_of_a_newer_bot_is_left_alone(self, engine: Engine) -> None:
        upgrade(engine, ring())
        with engine.begin() as connection:
            connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
        with pytest.raises(NewerSchema, match="9999"):
            upgrade(engine, ring())

    def test_processes_that_start_together_do_not_meet(self, database_url: str) -> None:
        async def start() -> None:
            stores = [Store(open_engine(database_url), ring()) for _ in range(4)]
            await asyncio.gather(*(store.open() for store in stores))
            await asyncio.gather(*(store.close() for store in stores))

        asyncio.run(start())


def test_sqlite_keeps_what_is_committed_through_a_power_cut(tmp_path: Path) -> None:
    engine = open_engine(f"sqlite:///{tmp_path}/bot.db")
    with engine.connect() as connection:
        pragmas = ("journal_mode", "synchronous", "foreign_keys", "busy_timeout")
        values = [connection.exec_driver_sql(f"PRAGMA {name}").scalar() for name in pragmas]
    assert values == ["wal", 2, 1, 5000]
    assert sqlite3.sqlite_version_info >= (3, 35)  # RETURNING


MOVED, STILL = -(2**60), -(2**60) - 1  # two chats on the page


async def test_a_clock_that_moves_takes_the_alarms_of_its_chat_along(store: Store) -> None:
    due = [Due(chat_id, Alarm("hold_over", 1000, 1)) for chat_id in (MOVED, STILL)]
    await store.run(lambda t: t.create([MOVED, STILL]))
    await store.run(lambda t: t.set_alarms(due))
    await store.run(lambda t: t.move_clock(MOVED, 60))
    await store.run(lambda t: t.move_clock(MOVED, 40))
    assert await store.run(lambda t: t.ahead([MOVED, STILL])) == {MOVED: 100}
    found = await store.run(lambda t: t.alarms([MOVED, STILL]))
    assert {(one.chat_id, one.alarm.due) for one in found} == {(MOVED, 900), (STILL, 1000)}


async def test_a_clock_goes_with_its_chat(store: Store, count_rows: Callable[[str], int]) -> None:
    await store.run(lambda t: t.create([MOVED]))
    await store.run(lambda t: t.move_clock(MOVED, 60))
    await store.run(lambda t: t.erase([MOVED]))
    assert count_rows("page_clocks") == 0


async def test_whoever_asks_for_what_is_not_there_does_not_wait_for_ever(store: Store) -> None:
    nothing: list[int] = []
    with pytest.raises(RuntimeError, match="StopIteration"):
        await asyncio.wait_for(store.run(lambda _: next(iter(nothing))), 5)
