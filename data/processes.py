"""What processes on one PostgreSQL know of each other: who lives, and what they send together.

On SQLite there is one process, and none of this is needed.
"""

from sqlalchemy import Connection, text

# Each process holds a lock of this class in its session for as long as it lives.  The database
# lets go of it at once when the process is killed, and needs no clock for that.
_PRESENT = 0x5C1A71CB  # any number, as long as nothing else in the database takes it

_ARRIVE = text("SELECT pg_advisory_lock_shared(:present, :me)")
_OTHERS = text(
    "SELECT objid::bigint FROM pg_locks JOIN pg_database ON pg_database.oid = database"
    " WHERE locktype = 'advisory' AND classid = :present AND objid <> :me"
    " AND datname = current_database()"
)
_TAKE_SENDS = text(
    "UPDATE send_rate SET used_until = greatest(used_until, now.at) + :many"
    " FROM (SELECT (extract(epoch FROM clock_timestamp()) * 1000000)::bigint AS at) AS now"
    " RETURNING used_until - :many - now.at"
)


def arrive(connection: Connection, me: int) -> None:
    """From now on, and while *connection* lasts, the process *me* is known to live."""
    with connection.begin():
        connection.execute(_ARRIVE, {"present": _PRESENT, "me": me})


def others(connection: Connection, me: int) -> set[int]:
    """Which other processes live."""
    if connection.dialect.name == "sqlite":
        return set()
    return set(connection.execute(_OTHERS, {"present": _PRESENT, "me": me}).scalars())


def take_sends(connection: Connection, seconds: float) -> float:
    """Take *seconds*' worth of sends: in how many seconds the first of them is free."""
    many = round(seconds * 1e6)
    wait = connection.execute(_TAKE_SENDS, {"many": many}).scalar_one()
    return max(0.0, int(wait) / 1e6)
