"""Opens the database that DATABASE_URL names: SQLite or PostgreSQL."""

import sqlite3

from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url
from sqlalchemy.exc import ArgumentError, OperationalError
from sqlalchemy.pool import NullPool

_DRIVERS = {"sqlite": "sqlite+pysqlite", "postgresql": "postgresql+psycopg"}

_BEGIN = "BEGIN IMMEDIATE"  # no other process comes between reading a chat and writing it
_SQLITE = (
    "PRAGMA journal_mode=WAL",
    "PRAGMA synchronous=FULL",  # a turn that was kept outlives a power cut
    "PRAGMA busy_timeout=5000",
    "PRAGMA foreign_keys=ON",
    "PRAGMA secure_delete=ON",  # what was erased is overwritten in the file
)
_POSTGRESQL = {
    "connect_timeout": 5,
    "tcp_user_timeout": 10_000,  # a server that has vanished is noticed, in milliseconds
    "options": "-c statement_timeout=10000 -c idle_in_transaction_session_timeout=30000",
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
        connect_args={"check_same_thread": False} if sqlite else _POSTGRESQL,
    )
    if sqlite:
        event.listen(engine, "connect", _prepare)
        event.listen(engine, "begin", _begin)
    return engine


def _prepare(connection: sqlite3.Connection, _: object) -> None:
    connection.isolation_level = None  # BEGIN is ours
    for pragma in _SQLITE:
        connection.execute(pragma)


def _begin(connection: Connection) -> None:
    driver = connection.connection.driver_connection
    assert driver, "a connection that begins is open"
    try:
        driver.execute(_BEGIN)  # past SQLAlchemy, which would make a result of it
    except sqlite3.OperationalError as error:
        raise OperationalError(_BEGIN, None, error) from error
