"""What processes on one PostgreSQL know of each other: who lives, who fetches, what they send.

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
_NOW = "(extract(epoch FROM clock_timestamp()) * 1000000)::bigint"
# Further ahead than this, in microseconds, nothing was ever meant to be: the clock of the database
# was set back since, and what was written by it does not count.
_FAR = 60 * 1_000_000
_TAKE_SENDS = text(
    "UPDATE send_rate SET used_until = :many + CASE"  # noqa: S608 - all of it stands here
    f" WHEN used_until BETWEEN now.at AND now.at + {_FAR} THEN used_until ELSE now.at END"
    f" FROM (SELECT {_NOW} AS at) AS now"
    " RETURNING used_until - :many - now.at"
)
_TAKE_POLL = text(
    "INSERT INTO pollers (bot_id, process, until)"  # noqa: S608 - all of it stands here
    f" VALUES (:bot, :me, {_NOW} + :lease)"
    " ON CONFLICT (bot_id) DO UPDATE SET process = excluded.process, until = excluded.until"
    " WHERE pollers.process = excluded.process"
    f" OR pollers.until NOT BETWEEN {_NOW} AND {_NOW} + {_FAR}"
    " RETURNING process"
)
_GIVE_POLL_BACK = text("DELETE FROM pollers WHERE bot_id = :bot AND process = :me")


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


def take_poll(connection: Connection, me: int, bot: int, seconds: float) -> bool:
    """Have, or go on having, the updates of *bot* to fetch; whether it is *me* who has them."""
    lease = {"bot": bot, "me": me, "lease": round(seconds * 1e6)}
    return connection.execute(_TAKE_POLL, lease).first() is not None


def give_poll_back(connection: Connection, me: int, bot: int) -> None:
    """Have them no more."""
    connection.execute(_GIVE_POLL_BACK, {"bot": bot, "me": me})
