"""Brings the tables up to date at every start, one process at a time."""

from pathlib import Path

from sqlalchemy import Connection, Engine, inspect, text

from data.engine import begin
from data.seal import Ring

_HERE = Path(__file__).parent / "migrations"
_STEPS = {path.stem[:4] for path in _HERE.glob("versions/0*.py")}
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
    return version(connection)[0] == max(_STEPS)


def version(connection: Connection) -> tuple[str | None, bool]:
    """The version of the tables, None if there are none; and whether this program knows it."""
    kept = inspect(connection).has_table("alembic_version")
    current = connection.scalar(text("SELECT version_num FROM alembic_version")) if kept else None
    return current, current in _STEPS


def _upgrade(connection: Connection, ring: Ring) -> str | None:
    """The version that the tables had."""
    current, is_known = version(connection)
    if current == max(_STEPS):
        return current
    if current is not None and not is_known:
        raise NewerSchema(
            f"DATABASE_URL: its tables are of version {current}, which this bot does not know. "
            "Start the newer bot that wrote them."
        )
    _take_steps(connection, ring)
    return current


def _take_steps(connection: Connection, ring: Ring) -> None:
    # It takes a tenth of the start to import, and there are steps to take once in a while only.
    from alembic import command  # noqa: PLC0415
    from alembic.config import Config  # noqa: PLC0415

    config = Config()
    config.set_main_option("script_location", str(_HERE).replace("%", "%%"))
    config.attributes["connection"] = connection
    config.attributes["ring"] = ring
    command.upgrade(config, "head")


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
