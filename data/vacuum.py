"""Takes what was erased out of the files of PostgreSQL, which keeps dead rows until somebody does.

Beside all others, on a connection of its own.  What stays is for docs/privacy.md to say: the log
that PostgreSQL writes ahead, until it is written over, and copies that others have made.
"""

from sqlalchemy import Engine, text

TABLES = "chats, log, alarms, heard, parked, page_clocks"
# Written anew in about a second (20 MB: 1.4 s on two busy cores): so long, once an hour at most,
# nobody is answered.  Larger tables are only cleaned: the bytes stay until they are written over.
SMALL = 16 * 2**20  # bytes
PATIENCE = "1s"  # for what another process does just now

_SIZE = text(
    "SELECT sum(pg_total_relation_size(to_regclass(name)))::bigint"
    " FROM unnest(string_to_array(:tables, ', ')) AS name"
)


def vacuum(engine: Engine) -> None:
    """Clean the tables, or write them anew where they are small."""
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.exec_driver_sql("SET statement_timeout = 0")
        connection.exec_driver_sql(f"SET lock_timeout = '{PATIENCE}'")
        size = connection.execute(_SIZE, {"tables": TABLES}).scalar_one()
        how = "FULL, ANALYZE" if size <= SMALL else "ANALYZE"
        connection.exec_driver_sql(f"VACUUM ({how}) {TABLES}")
