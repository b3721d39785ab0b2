"""The PostgreSQL of a day: a real one, whose clock and whose lines are the world's."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import psycopg
from sqlalchemy import Engine, event

from data.engine import open_engine
from data.migrate import upgrade
from tests.keys import ring
from tests.shell.postgres import Postgres

Clock = Callable[[], float]


class Database:
    """A server that all days share; each has a database of its own, as migrated."""

    def __init__(self, folder: Path) -> None:
        self._server = Postgres(folder)
        self._server.set("autovacuum", "off")  # rows stay where they were written
        self._template = self._server.create()
        engine = open_engine(self._template)
        upgrade(engine, ring())
        engine.dispose()

    @contextmanager
    def day(self) -> Iterator[str]:
        """The URL of a new database, which goes at the end."""
        url = self._server.copy(self._template)
        try:
            yield url
        finally:
            self._server.throw_away(url)

    def stop(self) -> None:
        self._server.stop()


def join(engine: Engine, clock: Clock) -> None:
    """Have *engine* see the world's time where it asks the database, and be gone when it goes."""

    def timed(*given: Any) -> tuple[str, Any]:  # noqa: ANN401 - as the driver takes them
        _, _, statement, parameters, *_ = given
        return statement.replace("clock_timestamp()", f"to_timestamp({clock():.6f})"), parameters

    def left(connection: psycopg.Connection[Any], _: object) -> None:
        """The server takes its time to notice that a line is closed: here nobody waits for that."""
        process = connection.info.backend_pid
        connection.close()
        while Path(f"/proc/{process}").exists():
            time.sleep(0.0005)

    event.listen(engine, "before_cursor_execute", timed, retval=True)
    event.listen(engine, "close", left)


@contextmanager
def database() -> Iterator[Callable[[], Database]]:
    """What starts the server when somebody first asks for it."""
    found: list[Database] = []
    with TemporaryDirectory(prefix="sim-postgres-") as folder:

        def get() -> Database:
            if not found:
                found.append(Database(Path(folder)))
            return found[0]

        try:
            yield get
        finally:
            for one in found:
                one.stop()
