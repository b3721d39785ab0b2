"""What PostgreSQL is told of many rows at once: one statement, and an array for each column.

With a statement for each row, every row is bound, sent, planned and answered by itself, on both
sides.  SQLite is in this process, and has none of that to save.
"""

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

from sqlalchemy import (
    ARRAY,
    BigInteger,
    Connection,
    Insert,
    Table,
    TableValuedAlias,
    any_,
    bindparam,
    column,
    delete,
    func,
    select,
    update,
)
from sqlalchemy.sql import ClauseElement
from sqlalchemy.types import TypeEngine

from data import statements as do
from data.tables import alarms, chats, heard, log

Many = Mapping[ClauseElement, ClauseElement]  # by the statement that stands for one row


def many_of(connection: Connection) -> Many:
    """The statements for many rows, where *connection* has any."""
    if connection.dialect.name != "postgresql":
        return {}
    from psycopg.types.array import ListBinaryDumper  # noqa: PLC0415 - SQLite needs nothing of it

    driver = connection.connection.driver_connection
    assert driver, "the connection is open"
    # As text, a sealed byte would be three letters, which the server reads one by one.
    driver.adapters.register_dumper(list, ListBinaryDumper)
    return _many()


def as_arrays(given: Sequence[Mapping[str, Any]]) -> dict[str, list[Any]]:
    """The values of each column, of rows that all name the same ones."""
    return {name: [one[name] for one in given] for name in given[0]}


@cache
def _many() -> Many:
    ids = any_(bindparam("chat_ids", type_=ARRAY(BigInteger)))
    create, hear, set_alarm = (made["postgresql"] for made in (do.CREATE, do.HEAR, do.SET_ALARM))
    return {
        do.LOCK: do.lock(chats.c.chat_id == ids),
        create: _insert(create, chats, _names(chats, "speaker")),
        do.SAVE: _save(),
        hear: _insert(hear, heard, _names(heard)),
        do.LOG: _insert(do.LOG, log, _names(log)),
        do.ALARMS: do.alarms_of(alarms.c.chat_id == ids),
        set_alarm: _insert(set_alarm, alarms, _names(alarms, "leased_until")),
        do.DROP_ALARM: _drop_alarm(),
    }


def _insert(one: Insert, table: Table, names: Sequence[str]) -> ClauseElement:
    given = _rows({name: table.c[name].type for name in names})
    return one.from_select(names, select(*given.c))


def _names(table: Table, left_out: str = "") -> list[str]:
    return [column.name for column in table.c if column.name != left_out]


def _save() -> ClauseElement:
    kept = {column.name: column.type for column in chats.c if not column.primary_key}
    given = _rows({"key": chats.c.chat_id.type, **kept})
    return (
        update(chats)
        .where(chats.c.chat_id == given.c.key)
        .values({name: given.c[name] for name in kept})
    )


def _drop_alarm() -> ClauseElement:
    given = _rows({"key": alarms.c.chat_id.type, "of_kind": alarms.c.kind.type})
    return delete(alarms).where(alarms.c.chat_id == given.c.key, alarms.c.kind == given.c.of_kind)


def _rows(types: Mapping[str, TypeEngine[Any]]) -> TableValuedAlias:
    """What is given, as a table with these columns."""
    arrays = [bindparam(name, type_=ARRAY(kind)) for name, kind in types.items()]
    columns = [column(name, kind) for name, kind in types.items()]
    return func.unnest(*arrays).table_valued(*columns).render_derived(name="given")
