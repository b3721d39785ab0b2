"""Many rows at once: what comes of them is as if each had come by itself, on both databases."""

from collections.abc import AsyncIterator

import pytest
from sqlalchemy import text

from data.engine import open_engine
from data.store import Store
from data.tables import PATIENT
from data.transaction import Due, Line, Row, Transaction
from flows import Alarm, Chat, Record, State
from tests.keys import ring

pytestmark = pytest.mark.empty_database

AT = 1_800_000_000
# As small and as large as ids are, and a chat on the page.
ANN, BEN, CLEO = PEOPLE = -5, 7, 2**52


@pytest.fixture
async def store(database_url: str) -> AsyncIterator[Store]:
    store = Store(open_engine(database_url), ring())
    await store.open()
    await store.run(lambda transaction: transaction.create(PEOPLE))
    yield store
    await store.close()


async def test_chats_are_kept_each_as_it_is(store: Store) -> None:
    rows = [
        Row(ANN, Chat(State.HOME, turn=AT), shown=AT, message_id=1, notice="sorry"),
        Row(BEN, Chat(State.AREA, turn=3), message_id=2**40, edit_id=9, paused=True),
        Row(CLEO, Chat(State.HOME, turn=1), shown=-1),
    ]
    await store.run(lambda transaction: transaction.save(rows))
    back = await store.run(lambda transaction: transaction.lock([CLEO, ANN, BEN, 99]))
    assert list(back) == sorted(PEOPLE)
    assert list(back.values()) == rows
    assert [row.chat.turn for row in back.values()] == [AT, 3, 1]


async def test_who_is_there_already_stays_as_they_are(store: Store) -> None:
    ann = Row(ANN, Chat(State.AREA, turn=AT), shown=AT)
    await store.run(lambda transaction: transaction.save([ann]))
    created = await store.run(lambda transaction: transaction.create([99, ANN]))
    assert created == {ANN: ann, 99: Row(99, Chat())}


async def test_an_update_is_new_once(store: Store) -> None:
    keys = {(ANN, 1), (BEN, 2), (CLEO, 2**40)}
    await store.run(lambda transaction: transaction.hear([(BEN, 2)], AT))
    assert await store.run(lambda t: t.hear(keys, AT)) == keys - {(BEN, 2)}
    assert await store.run(lambda t: t.hear(keys, AT)) == set()


async def test_lines_are_read_as_they_were_written(store: Store) -> None:
    lines = [
        Line(who, turn, number, AT, Record("rated", rating=number))
        for who in PEOPLE
        for turn, number in ((1, 0), (AT, 0), (AT, 1))
    ]
    await store.run(lambda transaction: transaction.log(lines))
    kept = [await store.read(lambda t, who=who: t.lines(who)) for who in PEOPLE]  # type: ignore[misc]
    assert [line for of_one in kept for line in of_one] == lines


async def test_alarms_are_set_set_anew_and_dropped(store: Store) -> None:
    first = {Due(who, Alarm("remind", AT + who % 9, AT, 60)) for who in PEOPLE}
    first |= {Due(ANN, Alarm("hold_over", AT, 4))}
    await store.run(lambda transaction: transaction.set_alarms(first))
    claimed = await store.lease(lambda t: t.claim(PATIENT, AT + 9, 9, 10))
    assert {due.chat_id for due in claimed} == set(PEOPLE)

    anew = {Due(ANN, Alarm("remind", AT + 1, 8)), Due(BEN, Alarm("remind", AT + 2, 9, 5))}
    await store.run(lambda transaction: transaction.set_alarms(anew))
    again = await store.lease(lambda t: t.claim(PATIENT, AT + 9, 9, 10))
    assert set(again) == anew, "nobody has claimed those"

    dropped = {(ANN, "remind"), (CLEO, "remind"), (BEN, "nudge")}
    await store.run(lambda transaction: transaction.drop_alarms(dropped))
    left = await store.run(lambda transaction: transaction.alarms(PEOPLE))
    assert left == {Due(ANN, Alarm("hold_over", AT, 4)), Due(BEN, Alarm("remind", AT + 2, 9, 5))}


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
async def test_postgresql_is_told_of_all_rows_in_one_statement(store: Store) -> None:
    def write(transaction: Transaction, turn: int) -> None:
        rows = transaction.lock(PEOPLE).values()
        transaction.hear([(who, turn) for who in PEOPLE], AT)
        transaction.set_alarms(Due(who, Alarm("remind", AT, turn)) for who in PEOPLE)
        transaction.log(Line(who, turn, 0, AT, Record("rated")) for who in PEOPLE)
        transaction.save(rows)
        transaction.alarms(PEOPLE)
        transaction.drop_alarms([(who, "remind") for who in PEOPLE])

    for turn in range(7):  # the driver has a statement prepared that it was given six times
        await store.run(lambda t, turn=turn: write(t, turn))  # type: ignore[misc]
    asked = text("SELECT statement FROM pg_prepared_statements WHERE statement LIKE '%$1%'")
    prepared = await store.run(lambda t: list(t._connection.execute(asked).scalars()))
    assert len([one for one in prepared if "[]" in one]) == 7
    by_itself = [one for one in prepared if "[]" not in one]
    assert by_itself == []
