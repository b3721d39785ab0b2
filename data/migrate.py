"""Brings the tables up to date at every start, one process at a time."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, text

from data.engine import begin
from data.seal import Ring

_HERE = Path(__file__).parent / "migrations"
_LOCK = 0x5C1A71CA  # any number, as long as nothing else in the database takes it
_SEALED = "0006"  # before it, what is about a person's health lay open


class NewerSchema(Exception):
    """The database was written by a newer version of the bot."""


def upgrade(engine: Engine, ring: Ring) -> None:
    """Run the steps that are missing, all or none, while no other process does."""
    with engine.begin() as connection:
        begin(connection)  # on SQLite that locks by itself
        if connection.dialect.name == "postgresql":
            connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _LOCK})
        before = _upgrade(connection, ring)
    if before is not None and before < _SEALED:
        _scrub(engine)


def is_current(connection: Connection) -> bool:
    """Whether the tables are of the version that this program knows."""
    current = MigrationContext.configure(connection).get_current_revision()
    return current == ScriptDirectory.from_config(_config()).get_current_head()


def version(connection: Connection) -> tuple[str | None, bool]:
    """The version of the tables, None if there are none; and whether this program knows it."""
    current = MigrationContext.configure(connection).get_current_revision()
    return current, current in _known(ScriptDirectory.from_config(_config()))


def _known(scripts: ScriptDirectory) -> set[str]:
    return {step.revision for step in scripts.walk_revisions()}


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(_HERE).replace("%", "%%"))
    return config


def _upgrade(connection: Connection, ring: Ring) -> str | None:
    """The version that the tables had."""
    config = _config()
    config.attributes["connection"] = connection
    config.attributes["ring"] = ring
    scripts = ScriptDirectory.from_config(config)
    current = MigrationContext.configure(connection).get_current_revision()
    if current == scripts.get_current_head():
        return current
    if current is not None and current not in _known(scripts):
        raise NewerSchema(
            f"DATABASE_URL: its tables are of version {current}, which this bot does not know. "
            "Start the newer bot that wrote them."
        )
    command.upgrade(config, "head")
    return current


def _scrub(engine: Engine) -> None:
    """Write the tables anew, so that nothing of what lay open before is left in the files."""
    sqlite = engine.dialect.name == "sqlite"
    rounds = (
        ("VACUUM", "PRAGMA wal_checkpoint(TRUNCATE)")
        if sqlite
        else ("SET statement_timeout = 0", "VACUUM FULL chats, log, alarms")
    )
    with engine.connect() as connection:
        driver = connection.connection.driver_connection
        assert driver, "a connection that was just opened"
        if not sqlite:
            driver.autocommit = True
        for statement in rounds:
            driver.execute(statement)
