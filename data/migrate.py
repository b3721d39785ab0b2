"""Brings the tables up to date at every start, one process at a time."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, text

_HERE = Path(__file__).parent / "migrations"
_LOCK = 0x5C1A71CA  # any number, as long as nothing else in the database takes it


class NewerSchema(Exception):
    """The database was written by a newer version of the bot."""


def upgrade(engine: Engine) -> None:
    """Run the steps that are missing, all or none, while no other process does."""
    with engine.begin() as connection:  # SQLite: BEGIN IMMEDIATE, which locks by itself
        if connection.dialect.name == "postgresql":
            connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _LOCK})
        _upgrade(connection)


def _upgrade(connection: Connection) -> None:
    config = Config()
    config.set_main_option("script_location", str(_HERE).replace("%", "%%"))
    config.attributes["connection"] = connection
    scripts = ScriptDirectory.from_config(config)
    current = MigrationContext.configure(connection).get_current_revision()
    if current == scripts.get_current_head():
        return
    if current is not None and current not in {step.revision for step in scripts.walk_revisions()}:
        raise NewerSchema(
            f"DATABASE_URL: its tables are of version {current}, which this bot does not know. "
            "Start the newer bot that wrote them."
        )
    command.upgrade(config, "head")
