"""Keeps the chats: one thread, one connection, one transaction at a time.

What a transaction can do is in `data/transaction.py`; this is who carries it out.
"""

import asyncio
import secrets
import sqlite3
from collections.abc import Callable
from contextlib import suppress
from typing import Any, TypeVar

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import (
    DatabaseError,
    DBAPIError,
    InterfaceError,
    InternalError,
    OperationalError,
)

from data.engine import KEEPS, LEASES, READS, begin
from data.lately import Lately
from data.migrate import upgrade
from data.processes import arrive
from data.seal import BadKey, Ring
from data.straight import Straight
from data.thread import Worker, apart
from data.transaction import LOWEST, Transaction
from data.vacuum import stop, vacuum

T = TypeVar("T")


# What does not pass by itself, as the drivers call it.
_LASTING = {
    "SQLITE_FULL": "the disk is full",
    "DiskFull": "the disk of the database is full",
    "SQLITE_READONLY": "the file may only be read",
    "SQLITE_CORRUPT": "the file is damaged",
    "SQLITE_NOTADB": "the file is damaged",
}


class StoreAway(Exception):
    """The database cannot be reached, or cannot write.  Nothing of the transaction was kept."""

    @property
    def needs_somebody(self) -> bool:
        """Whether it does not pass by itself."""
        return str(self) in _LASTING.values()


class Store:
    def __init__(self, engine: Engine, ring: Ring, least: int = LOWEST) -> None:
        """What is owed to chats below *least* is left to other processes."""
        self._engine = engine
        self._least = least
        self._ring = ring
        self._lately = Lately(ring)
        self._me = 1 + secrets.randbelow(2**31 - 1)  # this process, among those on the database
        self._thread = Worker("store")
        self._connection: tuple[Connection, Straight] | None = None
        self._has_new_key = False  # that the database does not know of yet
        self._is_to_sweep = True  # whoever erased before may not have come to it

    @property
    def is_shared(self) -> bool:
        """Whether other processes may be on the same database."""
        return self._engine.dialect.name == "postgresql"

    async def open(self) -> None:
        """Connect, and bring the tables up to date.  Raises WrongKey where a key is missing."""
        await self._thread.do(self._guard, lambda: upgrade(self._engine, self._ring))
        await self.run(lambda transaction: transaction.note_key())

    async def run(self, work: Callable[[Transaction], T]) -> T:
        """Do *work* as one transaction: all of it is kept when this returns, or none of it."""
        return await self._thread.do(self._run, work, KEEPS)

    async def read(self, work: Callable[[Transaction], T]) -> T:
        """Do *work*, which only reads, as one transaction that is in nobody's way."""
        return await self._thread.do(self._run, work, READS)

    async def lease(self, work: Callable[[Transaction], T]) -> T:
        """Do *work* as one transaction that a power cut may undo: nobody waits for the disk."""
        return await self._thread.do(self._run, work, LEASES)

    async def look(self, work: Callable[[Transaction], T]) -> T:
        """Do *work*, which only reads, beside all others: it may take long."""
        return await apart(self._guard_apart, work)

    async def sweep(self) -> None:
        """Take what was erased out of the files of a shared database, beside all others."""
        if not self._is_to_sweep:
            return
        self._is_to_sweep = False
        running: list[Any] = []
        try:
            await apart(vacuum, self._engine, running.append)
        except DBAPIError as error:
            self._is_to_sweep = True
            raise StoreAway(_name(error)) from error
        except asyncio.CancelledError:  # the process stops: it may take minutes
            self._is_to_sweep = True
            for driver in running:
                with suppress(driver.Error):  # then it goes on there, without us
                    await apart(stop, driver)
            raise

    async def close(self) -> None:
        await self._thread.do(self._drop)
        self._thread.close()
        self._engine.dispose()

    def _guard_apart(self, work: Callable[[Transaction], T]) -> T:
        try:
            with self._engine.connect() as connection:
                begin(connection, READS)
                return work(Transaction(connection, self._ring, self._me, least=self._least))
        except DBAPIError as error:
            if _is_trouble(error):
                raise StoreAway(_name(error)) from error
            raise

    def _run(self, work: Callable[[Transaction], T], intent: str = KEEPS) -> T:
        return self._guard(lambda: self._transact(work, intent))

    def _transact(self, work: Callable[[Transaction], T], intent: str) -> T:
        if self._connection is None:
            self._connection = self._connect()
        connection, straight = self._connection
        if intent == KEEPS:
            with suppress(BadKey):  # then it goes on with those that it has
                self._has_new_key |= self._ring.look_again()
        self._lately.let_age()
        transaction = Transaction(
            connection, self._ring, self._me, straight, self._lately, least=self._least
        )
        try:
            begin(connection, intent)
            if self._has_new_key and intent == KEEPS:
                transaction.note_key()
            done = work(transaction)
            straight.commit()
            self._has_new_key &= intent != KEEPS
        except BaseException:
            straight.roll_back()
            raise
        if transaction.has_erased:
            self._is_to_sweep = True
            scrub(connection)
        return done

    def _connect(self) -> tuple[Connection, Straight]:
        connection = self._engine.connect()
        if self.is_shared:
            arrive(connection, self._me)
        return connection, Straight(connection)

    def _guard(self, work: Callable[[], T]) -> T:
        try:
            return work()
        except DBAPIError as error:
            self._drop()  # the next transaction starts on a fresh connection
            if _is_trouble(error) and not _is_our_mistake(error):
                raise StoreAway(_LASTING.get(_name(error), _name(error))) from error
            raise

    def _drop(self) -> None:
        held, self._connection = self._connection, None
        if held is None:
            return
        connection, _ = held
        with suppress(DBAPIError):
            connection.invalidate()  # as it is: to roll back what is broken is an error in the log
            connection.close()


def scrub(connection: Connection) -> None:
    """Take what was erased out of the log that SQLite keeps beside its file; as far as can be now.

    While another process reads there, the rest goes with the next erasure or checkpoint.  What was
    kept is kept, whatever comes of this.
    """
    driver = connection.connection.driver_connection
    if driver and connection.dialect.name == "sqlite":
        with suppress(sqlite3.Error):
            (patience,) = driver.execute("PRAGMA busy_timeout").fetchone()
            driver.execute("PRAGMA busy_timeout = 0")  # nobody's turn waits for who reads there
            try:
                driver.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            finally:
                driver.execute(f"PRAGMA busy_timeout = {int(patience)}")


def _name(error: DBAPIError) -> str:
    """What the driver calls it; its message may hold the password, or what was stored."""
    return getattr(error.orig, "sqlite_errorname", type(error.orig).__name__)


def _is_trouble(error: DBAPIError) -> bool:
    """Whether it is the database's: a damaged file is a plain DatabaseError, as no mistake is."""
    kinds = (OperationalError, InterfaceError, InternalError)
    return isinstance(error, kinds) or type(error) is DatabaseError


def _is_our_mistake(error: DBAPIError) -> bool:
    """Whether it would fail again on a database in good health: SQLite names few of those."""
    return _name(error) in ("SQLITE_ERROR", "SQLITE_MISUSE", "SQLITE_TOOBIG")
