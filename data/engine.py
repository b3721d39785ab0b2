"""Opens the database that DATABASE_URL names: SQLite or PostgreSQL."""

import sqlite3
import time

from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url
from sqlalchemy.exc import ArgumentError, OperationalError
from sqlalchemy.pool import NullPool

_DRIVERS = {
    "sqlite": "sqlite+pysqlite",
    "postgresql": "postgresql+psycopg",
    "postgres": "postgresql+psycopg",  # as some who rent databases call it
}

# What a transaction is for: to keep something for good, only to read, or to lease something,
# which a power cut may undo.
KEEPS, READS, LEASES = "keeps", "reads", "leases"

_AT_FIRST = "FULL"
_SYNCHRONOUS = "synchronous"  # what it was last set to, as SQLAlchemy notes it by the connection
_BEGIN = "BEGIN IMMEDIATE"  # no other process comes between reading a chat and writing it
_SQLITE_BEGINS = {
    KEEPS: ("FULL", _BEGIN),  # a turn that was kept outlives a power cut
    READS: ("", "BEGIN"),  # keeps nobody from writing
    LEASES: ("NORMAL", _BEGIN),
}
_SQLITE = (
    "PRAGMA journal_mode=WAL",
    f"PRAGMA synchronous={_AT_FIRST}",
    "PRAGMA busy_timeout=5000",
    "PRAGMA foreign_keys=ON",
    "PRAGMA secure_delete=ON",  # what was erased is overwritten in the file
)
_WAITS = (0.01, 0.03, 0.1, 0.3, 1.0, 2.0)  # seconds between two tries
_POSTGRESQL = {
    "client_encoding": "utf8",  # one made where LANG is C would give bytes for text
    "connect_timeout": 5,
    "tcp_user_timeout": 10_000,  # a server that has vanished is noticed, in milliseconds
    "options": "-c statement_timeout=10000 -c idle_in_transaction_session_timeout=30000"
    # A machine that has vanished is noticed by the server, too, so that others take over from it.
    " -c tcp_keepalives_idle=10 -c tcp_keepalives_interval=5 -c tcp_keepalives_count=3",
}


def parse(url: str) -> URL:
    """*url* with the driver we use.  Raises ValueError saying what is wrong."""
    try:
        parsed = make_url(url)
    except ArgumentError:
        raise ValueError("is not a database URL, such as sqlite:///bot.db") from None
    if parsed.drivername not in _DRIVERS:
        raise ValueError("must begin with sqlite:/// or postgresql://")
    if parsed.drivername == "sqlite" and parsed.database in (None, "", ":memory:"):
        raise ValueError("must name a file, such as sqlite:///bot.db")
    return parsed.set(drivername=_DRIVERS[parsed.drivername])


def open_engine(url: str) -> Engine:
    parsed = parse(url)
    sqlite = parsed.get_backend_name() == "sqlite"
    engine = create_engine(
        parsed,
        poolclass=NullPool,  # the store holds its one connection for itself
        hide_parameters=True,  # an error must not carry what was stored into a log
        paramstyle="named" if sqlite else None,  # as psycopg has it, too: see `data/straight.py`
        connect_args={"check_same_thread": False} if sqlite else _POSTGRESQL,
    )
    if sqlite:
        event.listen(engine, "connect", _prepare)
    return engine


def _prepare(connection: sqlite3.Connection, _: object) -> None:
    connection.isolation_level = None  # BEGIN is ours: see `begin`
    for pragma in _SQLITE:
        patiently(connection, pragma)


def patiently(connection: sqlite3.Connection, pragma: str) -> None:
    """SQLite does not wait by itself while another process makes the same file a WAL one."""
    for wait in _WAITS:
        try:
            connection.execute(pragma)
        except sqlite3.OperationalError as error:
            if error.sqlite_errorname != "SQLITE_BUSY":
                raise
            time.sleep(wait)
        else:
            return
    connection.execute(pragma)


def begin(connection: Connection, intent: str = KEEPS) -> None:
    """Begin what SQLAlchemy has begun on *connection*, for what *intent* says.

    No event of the engine does it: where there is one, SQLAlchemy tells four of each statement.
    """
    if connection.dialect.name == "sqlite":
        _begin_on_sqlite(connection, intent)
    elif intent == LEASES:
        connection.exec_driver_sql("SET LOCAL synchronous_commit = off")


def _begin_on_sqlite(connection: Connection, intent: str) -> None:
    driver = connection.connection.driver_connection
    assert driver, "a connection that begins is open"
    synchronous, statement = _SQLITE_BEGINS[intent]
    info = connection.info
    try:
        if synchronous not in ("", info.get(_SYNCHRONOUS, _AT_FIRST)):
            driver.execute(f"PRAGMA synchronous={synchronous}")
            info[_SYNCHRONOUS] = synchronous
        driver.execute(statement)  # past SQLAlchemy, which would make a result of it
    except sqlite3.OperationalError as error:
        raise OperationalError(statement, None, error) from error
