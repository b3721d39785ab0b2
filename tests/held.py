"""Each transcript is held once on each way; those that go on from it begin where it ended.

Of all that is said in transcripts, three quarters are said in those that others go on from.  What
is there at an end is what outlives the bot: the database, and what the person has before them.
With that a bot begins anew, so a restart comes between, which nobody is to notice.
"""

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from pathlib import Path
from typing import Any, Generic, Protocol, TypeVar

from sqlalchemy import Engine

from data.tables import metadata
from tests.players import CorePlayer
from tests.transcript import TRANSCRIPTS, Player, before, go_on

CONTINUED = {before(transcript) for transcript in TRANSCRIPTS}

P = TypeVar("P", bound=Player)
C = TypeVar("C", bound=CorePlayer)
E = TypeVar("E")
Kept = bytes | dict[str, list[dict[str, Any]]]  # the file; or rows, by table


class Stage(Protocol[P, E]):
    """Where conversations are held, one after the other."""

    def begin(self, end: E | None) -> AbstractAsyncContextManager[P]:
        """Somebody who has come as far as *end*; with None, who has never been here."""

    def end(self, player: P) -> E:
        """What is there when *player* has left."""


async def hold(transcript: Path, stage: Stage[P, E], ends: dict[Path, E]) -> P:
    """Hold *transcript*, and first what it goes on from, if that is not among *ends* yet."""
    first = before(transcript)
    if first and first not in ends:
        await hold(first, stage, ends)
    async with stage.begin(ends[first] if first else None) as player:
        await go_on(transcript, player)
    if transcript in CONTINUED:
        ends[transcript] = stage.end(player)
    return player


class Core(Generic[C]):
    """The bare core, to which *stranger* is somebody who has never been here."""

    def __init__(self, stranger: Callable[[], C]) -> None:
        self.stranger = stranger

    @asynccontextmanager
    async def begin(self, end: C | None) -> AsyncIterator[C]:
        yield end.again() if end else self.stranger()

    def end(self, player: C) -> C:
        return player


async def hold_all(stage: Stage[P, E]) -> None:
    """Hold every transcript."""
    ends: dict[Path, E] = {}
    for transcript in TRANSCRIPTS:
        await hold(transcript, stage, ends)


def take_out(engine: Engine) -> Kept:
    """All that a database holds which nobody uses just now."""
    if engine.dialect.name == "sqlite":
        path = _file(engine)
        assert list(path.parent.glob(f"{path.name}?*")) == [], "all of it is in this one file"
        return path.read_bytes()
    with engine.begin() as connection:
        return {
            table.name: [dict(row) for row in connection.execute(table.select()).mappings()]
            for table in metadata.sorted_tables
        }


def put_in(engine: Engine, kept: Kept) -> None:
    """Have a database, whose tables are there and which nobody uses just now, hold just that."""
    if isinstance(kept, bytes):
        _file(engine).write_bytes(kept)
        return
    with engine.begin() as connection:
        connection.exec_driver_sql(EMPTY)
        for table in metadata.sorted_tables:
            if rows := kept[table.name]:
                connection.execute(table.insert(), rows)


EMPTY = ";".join(f"DELETE FROM {table.name}" for table in reversed(metadata.sorted_tables))


def _file(engine: Engine) -> Path:
    assert engine.url.database, "it is in a file"
    return Path(engine.url.database)
