"""Takes what was erased out of the files of PostgreSQL, which keeps dead rows until somebody does.

Beside all others, on a connection of its own.  What stays is for docs/privacy.md to say: the log
that PostgreSQL writes ahead, until it is written over, and copies that others have made.
"""

from sqlalchemy import Engine, text

TABLES = "chats, log, alarms, heard, parked, page_clocks"
# Written anew in well under a second: so long, once an hour, nobody is answered.  The tables of
# more people are only cleaned: then the bytes are there until others are written over them.
SMALL = 32 * 2**20  # bytes
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
