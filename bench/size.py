"""`python -m bench.size [people]`: bytes a person, once everybody has walked into the first hold.

Through the turn loop's own `take` into the real tables, a batch of all people for each tap; on
PostgreSQL after VACUUM FULL.  Indexes count.
"""

import asyncio
import sys
import tempfile
from pathlib import Path

from sqlalchemy import create_engine, text

from bench.reminders.fill import KEY
from bench.reminders.now import now
from bench.server import Server
from bench.walk import Move, moves
from bot.heard import Heard, Mark
from bot.turns import take
from data.engine import open_engine, parse
from data.keys import read_keys
from data.library import Library, read_library
from data.seal import Ring
from data.store import Store
from data.transaction import Row
from flows import Event, screen

TABLES = ("chats", "log", "alarms", "heard")
AT_ONCE = 250


async def walk(url: str, people: int, library: Library) -> int:
    """All of them, through the store; how many updates each said."""
    store = Store(open_engine(url), Ring(lambda: read_keys(KEY)))
    await store.open()
    script = moves(library.book("en"))
    holds = next(
        n for n, move in enumerate(script) if move.what == library.book("en").labels["hold"]
    )
    for first in range(1, people + 1, AT_ONCE):
        rows: dict[int, Row] = {}
        ids = range(first, min(first + AT_ONCE, people + 1))
        for number, move in enumerate(script[: holds + 1]):
            at = int(now())
            items = [Heard(id, number, event(move, rows.get(id), library, at), 1, "") for id in ids]
            marks = [Mark(id, row.chat.turn, row.notice, 1) for id, row in rows.items()]
            turns = await store.run(
                lambda t, i=items, m=marks, at=at: take(t, i, m, library, at)  # type: ignore[misc]
            )
            rows |= turns.changed
    await store.close()
    return holds + 1


def event(move: Move, row: Row | None, library: Library, at: int) -> Event:
    """What *move* says to whoever stands at *row*."""
    if move.what.startswith("/"):
        return Event("command", move.what[1:], at=at)
    if move.how == "type" or row is None:
        return Event("text", move.what, at=at)
    shown = screen(row.chat, library.book("en"), row.notice)
    button = next(b for line in shown.rows for b in line if b.label == move.what)
    return Event(button.event, button.value, row.chat.turn, at)


def sizes(url: str) -> dict[str, tuple[int, int]]:
    """Of each table its bytes and its rows."""
    engine = create_engine(parse(url), isolation_level="AUTOCOMMIT")
    found = {}
    with engine.connect() as connection:
        connection.execute(text("VACUUM FULL"))
        for table in TABLES:
            size = text(f"SELECT pg_total_relation_size('{table}'), count(*) FROM {table}")
            bytes_, rows = connection.execute(size).one()
            found[table] = bytes_, rows
    engine.dispose()
    return found


def main() -> None:
    people = int(sys.argv[1]) if len(sys.argv) > 1 else 500
    library = read_library()
    with tempfile.TemporaryDirectory(prefix="bench-") as home:
        server = Server(Path(home) / "postgres")
        url = server.create()
        updates = asyncio.run(walk(url, people, library))
        print(f"{people} people, {updates} updates each; PostgreSQL, packed")
        for table, (size, rows) in sizes(url).items():
            print(f"  {table:8} {size / rows:7.0f} bytes a row  {rows / people:6.1f} rows a person")
        server.stop()
        path = Path(home) / "bot.db"
        asyncio.run(walk(f"sqlite:///{path}", people, library))
        print(f"SQLite, the whole file: {path.stat().st_size / people:.0f} bytes a person")


if __name__ == "__main__":
    main()
