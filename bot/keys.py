"""The keys that seal what is kept: where the settings have them, and the making of new ones."""

import logging
from pathlib import Path

from bot.settings import CannotStart, Settings
from data.keys import key_file, make_file, ring_of
from data.seal import BadKey, Ring

LOG = logging.getLogger(__name__)


def open_ring(settings: Settings) -> Ring:
    """The ring that the settings name; a key is made where SQLite has none yet."""
    path = file_of(settings)
    try:
        if path and not settings.data_key_file and make_file(path):
            LOG.warning("a key was made: %s. Without it nothing that is kept can be read.", path)
        return ring_of(secret_of(settings), path)
    except BadKey as bad:
        name = "DATA_KEY_FILE" if settings.data_key_file else "DATABASE_URL"
        raise CannotStart(f"{name}: {bad}") from None


def file_of(settings: Settings) -> Path | None:
    """The file that has the keys; None: they stand in DATA_KEY."""
    if settings.data_key:
        return None
    return key_file(settings.data_key_file, settings.database_url)


def secret_of(settings: Settings) -> str:
    return settings.data_key.get_secret_value() if settings.data_key else ""
