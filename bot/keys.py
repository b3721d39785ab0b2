"""The keys that seal what is kept: where the settings have them, and the making of new ones."""

import logging
import os
from pathlib import Path

from sqlalchemy import Engine, inspect, text
from sqlalchemy.exc import DBAPIError

from bot.settings import CannotStart, Settings
from data.engine import open_engine, parse
from data.keys import key_file, make_file, ring_of
from data.seal import BadKey, Ring

LOG = logging.getLogger(__name__)


def open_ring(settings: Settings) -> Ring:
    """The ring that the settings name; a key is made where SQLite has none yet."""
    path = file_of(settings)
    try:
        if path and not settings.data_key_file:
            _make(path, settings.database_url)
        return ring_of(secret_of(settings), path)
    except BadKey as bad:
        name = "DATA_KEY_FILE" if settings.data_key_file else "DATABASE_URL"
        raise CannotStart(f"{name}: {bad}") from None


def _make(path: Path, database_url: str) -> None:
    """Make a key where none was: in place of one that is gone, it would pass for that one."""
    if not is_seen(path) and (known := _known(database_url)):
        gone = f"{path} is not there, and has sealed what is kept (key {min(known)})"
        raise CannotStart(f"DATABASE_URL: {gone}: put it back")
    if make_file(path):
        LOG.warning("a key was made: %s. Without it nothing that is kept can be read.", path)


def _known(database_url: str) -> set[str]:
    if not is_seen(Path(str(parse(database_url).database))):
        return set()
    engine = open_engine(database_url)
    try:
        return sealed_with(engine)
    except DBAPIError as error:
        why = str(error.orig).partition("\n")[0]
        raise CannotStart(f"DATABASE_URL: cannot open the file ({why})") from None
    finally:
        engine.dispose()


def is_seen(path: Path) -> bool:
    return os.path.exists(path)  # noqa: PTH110 - `Path` raises where one may not look


def sealed_with(engine: Engine) -> set[str]:
    """The ids of the keys that have sealed something."""
    with engine.connect() as connection:
        if not inspect(connection).has_table("keys"):
            return set()
        return set(connection.execute(text("SELECT id FROM keys")).scalars())


def file_of(settings: Settings) -> Path | None:
    """The file that has the keys; None: they stand in DATA_KEY."""
    if settings.data_key:
        return None
    return key_file(settings.data_key_file, settings.database_url)


def secret_of(settings: Settings) -> str:
    return settings.data_key.get_secret_value() if settings.data_key else ""
