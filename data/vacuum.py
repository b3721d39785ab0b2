"""Takes what was erased out of the files of PostgreSQL, which keeps dead rows until somebody does.

Beside all others, on a connection of its own.  What stays is for docs/privacy.md to say: the log
that PostgreSQL writes ahead, until it is written over, and copies that others have made.
"""

from collections.abc import Callable
from typing import Any

from sqlalchemy import Engine, text

TABLES = "chats, log, alarms, heard, parked, page_clocks"
# Written anew in about a second (20 MB: 1.4 s on two busy cores): so long, once an hour at most,
# nobody is answered.  Larger tables are only cleaned: the bytes stay until they are written over.
SMALL = 16 * 2**20  # bytes
PATIENCE = "1s"  # for what another process does just now
GIVEN_UP = 2.0  # seconds to have it given up when the process stops

_SIZE = text(
    "SELECT sum(pg_total_relation_size(to_regclass(name)))::bigint"
    " FROM unnest(string_to_array(:tables, ', ')) AS name"
)


def vacuum(engine: Engine, began: Callable[[Any], None]) -> None:
    """Clean the tables, or write them anew where they are small.

    *began* is given the driver's connection, by which `stop` can end it at any moment.
    """
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        began(connection.connection.driver_connection)
        connection.exec_driver_sql("SET statement_timeout = 0")
        connection.exec_driver_sql(f"SET lock_timeout = '{PATIENCE}'")
        size = connection.execute(_SIZE, {"tables": TABLES}).scalar_one()
        how = "FULL, ANALYZE" if size <= SMALL else "ANALYZE"
        connection.exec_driver_sql(f"VACUUM ({how}) {TABLES}")


def stop(driver: Any) -> None:  # noqa: ANN401 - a connection of psycopg, which SQLite does without
    """Have the server give up what it does on this connection."""
    driver.cancel_safe(timeout=GIVEN_UP)
