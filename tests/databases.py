"""SQLite databases that a bot has started on before: their tables are made once, and copied.

To make them costs as much as many a test.  That a bot starts where nothing is there yet is tried
where `empty_database` marks it, and wherever the program itself is started.
"""

from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from data.engine import open_engine
from data.migrate import upgrade
from tests.keys import ring


def with_tables(folder: Path) -> str:
    """The URL of the database in *folder*, which is sealed with the key of `tests/keys.py`."""
    path = folder / "bot.db"
    if not path.exists():
        path.write_bytes(_tables())
    return f"sqlite:///{path}"


@cache
def _tables() -> bytes:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "bot.db"
        engine = open_engine(f"sqlite:///{path}")
        upgrade(engine, ring())
        engine.dispose()
        assert list(path.parent.iterdir()) == [path], "all of it is in this one file"
        return path.read_bytes()
