"""Hands a statement that SQLAlchemy has written once straight to the driver.

What SQLAlchemy does anew each time, to find what it has written and to make a result of what
comes, is a third of what a transaction of one turn takes.  So the statements of every turn go
this way, and all others by SQLAlchemy, in the same transaction.

What goes this way has values that the driver knows by itself: numbers, texts, bytes, truths, and
lists of these on PostgreSQL (`data/many.py`).  What comes back is as the driver has it: SQLite has
no truths, but 0 and 1.
"""

from collections.abc import Callable, Mapping, Sequence
from operator import attrgetter
from typing import Any, TypeVar

from sqlalchemy import Connection, Select, UpdateBase
from sqlalchemy.exc import DBAPIError
from sqlalchemy.sql import ClauseElement

from data.many import as_arrays, many_of

Given = Mapping[str, Any]
GivesRows = Select[Any] | UpdateBase
T = TypeVar("T")
Written = tuple[str, Given]  # as the driver takes it, and the values that are always the same

_changed: Callable[[Any], int] = attrgetter("rowcount")


class Straight:
    def __init__(self, connection: Connection) -> None:
        driver, dbapi = connection.connection.driver_connection, connection.dialect.dbapi
        assert driver, "the connection is open"
        assert dbapi, "and so its driver is there"
        self._connection = connection
        self._driver = driver
        self._dialect = connection.dialect
        self._error = dbapi.Error
        self._written: dict[ClauseElement, Written] = {}
        self._many = many_of(connection)

    def ask(self, statement: ClauseElement, given: Given) -> list[Any]:
        """The rows that *statement* gives."""
        return self._run(statement, given, list)

    def count(self, statement: ClauseElement, given: Given) -> int:
        """How many rows *statement* has changed.  It costs half of asking which."""
        return self._run(statement, given, _changed)

    def ask_of(self, statement: GivesRows, name: str, values: Sequence[Any]) -> list[Any]:
        """The rows that *statement* gives for these *values* of what it calls *name*."""
        many = self._many.get(statement)
        if many is not None:
            return self.ask(many, {name: list(values)})
        return list(self._connection.execute(statement, {name: values}))

    def ask_each(self, statement: GivesRows, given: Sequence[Given]) -> list[Any]:
        """The rows that *statement* gives with each of *given*."""
        if len(given) == 1:
            return self.ask(statement, given[0])
        many = self._many.get(statement)
        if many is not None:
            return self.ask(many, as_arrays(given))
        return list(self._connection.execute(statement, given))

    def do(self, statement: ClauseElement, given: Sequence[Given]) -> None:
        """Do *statement* with each of *given*, which all name the same values."""
        if not given:
            return
        many = self._many.get(statement) if len(given) > 1 else None
        if many is not None:
            statement, given = many, [as_arrays(given)]
        if len(given) == 1:  # one by itself costs less
            self._run(statement, given[0], _changed)
            return
        sql, same = self._find(statement, given[0])
        try:
            self._driver.cursor().executemany(sql, [{**same, **one} for one in given])
        except self._error as error:
            raise self._told(sql, error) from error

    def commit(self) -> None:
        """Keep all of the transaction, whoever has done a part of it."""
        try:
            if self._connection.in_transaction():  # by SQLAlchemy, which is to know
                self._connection.commit()
            else:
                self._driver.commit()
        except self._error as error:
            raise self._told("COMMIT", error) from error

    def roll_back(self) -> None:
        """Keep nothing of it."""
        try:
            if self._connection.in_transaction():
                self._connection.rollback()
            else:
                self._driver.rollback()
        except self._error as error:
            raise self._told("ROLLBACK", error) from error

    def _run(self, statement: ClauseElement, given: Given, take: Callable[[Any], T]) -> T:
        """What *take* makes of the cursor, once *statement* is done."""
        sql, same = self._find(statement, given)
        try:
            return take(self._driver.execute(sql, {**same, **given} if same else given))
        except self._error as error:
            raise self._told(sql, error) from error

    def _find(self, statement: ClauseElement, given: Given) -> Written:
        written = self._written.get(statement)
        if written is None:
            written = self._written[statement] = self._write(statement, given)
        return written

    def _write(self, statement: ClauseElement, given: Given) -> Written:
        compiled = statement.compile(dialect=self._dialect, column_keys=list(given))
        same = {
            name: value
            for name, value in compiled.params.items()
            if name not in given and value is not None
        }
        return str(compiled), same

    def _told(self, sql: str, error: Exception) -> Exception:
        """*error* as SQLAlchemy tells it: nobody else need know the driver's own."""
        return DBAPIError.instance(sql, None, error, self._error, dialect=self._dialect)
