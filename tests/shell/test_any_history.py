"""Whatever is kept of somebody: their copy holds all of it, and after erasing nothing is left."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, fields
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot import schema
from bot.export import plain, whole
from data import statements as do
from data.engine import open_engine
from data.library import read_library
from data.migrate import upgrade
from data.rows import columns_of
from data.store import Store
from data.transaction import Due, Line, Row, Transaction
from flows import Alarm, Chat, Record, State
from flows.chat import Course, Disposition, Lock, Side
from flows.events import CLOCK
from flows.plan import Plan
from flows.reminders.reminder import Reminder
from flows.reminders.rule import Rule
from printing.export import zipped
from tests.keys import ring
from tests.shell.test_export import unzipped
from tests.shell.test_vault import raw, traces

BOOK = read_library().book("en")
FIRST = 0x0123_4567_0000  # ids that can be looked for in a file
OTHER = 0x0765_4321_0000

numbers = st.integers(0, 2**31)
words = st.text(max_size=8)
SIMPLE: dict[Any, st.SearchStrategy[Any]] = {
    int: numbers,
    str: words,
    bool: st.booleans(),
    tuple[str, ...]: st.lists(words, max_size=3).map(tuple),
    tuple[int, ...]: st.lists(numbers, max_size=3).map(tuple),
    tuple[int, int]: st.tuples(numbers, numbers),
    tuple[int, int, int]: st.tuples(numbers, numbers, numbers),
    State: st.sampled_from(State),
    Course: st.sampled_from(Course),
    Disposition: st.sampled_from(Disposition),
    Side: st.sampled_from(Side),
    int | None: st.none() | numbers,
}


def anything(kind: type) -> st.SearchStrategy[Any]:
    """Any value of a dataclass of ours, with every field of it given."""
    given = {field.name: SIMPLE[field.type] for field in fields(kind)}
    return st.builds(kind, **given)


SIMPLE[Rule] = anything(Rule)
for kind in (Lock, Plan, Reminder):
    SIMPLE[kind | None] = st.none() | anything(kind)


@dataclass
class History:
    """All that may be kept of one chat."""

    row: Row
    log: list[Record]
    alarms: dict[str, tuple[int, int]]  # when each kind is due, and the turn it answers
    heard: set[int]
    parked: set[int]
    ahead: int


rows = st.builds(
    Row, st.just(0), anything(Chat), numbers, st.none() | numbers, st.none() | numbers, words,
    st.booleans(),
)  # fmt: skip
histories = st.builds(
    History,
    rows,
    st.lists(anything(Record), max_size=5),
    st.dictionaries(st.sampled_from(sorted(CLOCK)), st.tuples(numbers, numbers), max_size=3),
    st.sets(numbers, min_size=1, max_size=5),
    st.sets(numbers, max_size=5),
    numbers,
)


def keep(transaction: Transaction, id: int, history: History) -> None:
    history.row.chat_id = id
    turn = history.row.chat.turn
    transaction.create([id])
    transaction.save([history.row])
    transaction.log(Line(id, turn, n, n, record) for n, record in enumerate(history.log))
    transaction.set_alarms(Due(id, Alarm(kind, *at)) for kind, at in history.alarms.items())
    transaction.hear({(id, update) for update in history.heard}, 5)
    for update in history.parked:
        transaction.park(id, update, 5, "KeyError")
    transaction.move_clock(id, 0)
    transaction.move_clock(id, history.ahead)


@pytest.fixture(scope="module")
def folder() -> Iterator[Path]:
    with TemporaryDirectory() as name:
        yield Path(name)


@pytest.fixture(scope="module")
def store(folder: Path) -> Store:
    """One database for all histories, as it is in life; nothing of it must outlive the test."""
    engine = open_engine(f"sqlite:///{folder}/bot.db")
    upgrade(engine, ring())
    return Store(engine, ring())


ids = count(FIRST)


@settings(max_examples=15, deadline=None)
@given(mine=histories, theirs=histories)
def test_a_copy_holds_all_of_it_and_erasing_leaves_nothing(
    store: Store, folder: Path, mine: History, theirs: History
) -> None:
    me = next(ids)
    them = me - FIRST + OTHER
    store._run(lambda t: keep(t, me, mine))
    store._run(lambda t: keep(t, them, theirs))
    files = unzipped(zipped(whole(store._run(lambda t: t.everything(me)), 0, BOOK)))
    assert str(them) not in "".join(files.values())
    holds_all(json.loads(files["my-record.json"]), mine)

    [sealed] = [row[-1] for row in store._run(lambda t: rows_of(t, me))]
    assert sealed in raw(folder)
    store._run(lambda t: t.erase([me]))
    left = raw(folder)
    assert [trace for trace in (*traces(me), sealed[:60], sealed[-60:]) if trace in left] == []
    assert store._run(lambda t: t.lock([them]))[them] == theirs.row, "and nobody else's is gone"


def holds_all(found: dict[str, Any], mine: History) -> None:
    """Every field of every row."""
    from jsonschema import Draft202012Validator

    Draft202012Validator(schema.schema()).validate(found)
    tables = found["tables"]
    [chat] = tables["chats"]
    assert chat.pop("body") == {"notice": mine.row.notice, "chat": plain(mine.row.chat)}
    columns = columns_of(mine.row, ring())
    del chat["speaker"]  # the process that speaks to them, whichever that is
    assert chat == {"chat_id": columns.pop("key")} | {k: columns[k] for k in chat if k in columns}
    assert [line["body"] for line in tables["log"]] == [plain(record) for record in mine.log]
    due = {
        alarm["kind"]: (alarm["due_at"] + mine.ahead, alarm["turn"]) for alarm in tables["alarms"]
    }
    assert due == mine.alarms
    assert {row["update_id"] for row in tables["heard"]} == mine.heard
    assert {row["update_id"] for row in tables["parked"]} == mine.parked
    assert [row["ahead"] for row in tables["page_clocks"]] == [mine.ahead]


def rows_of(transaction: Transaction, id: int) -> list[Any]:
    return list(transaction._connection.execute(do.LOCK_ONE, {"key": id}))
