"""How much there is of everything, for an operator.  It reads whole tables: beside all others."""

from dataclasses import dataclass

from sqlalchemy import Connection, bindparam, distinct, func, select

from data.statements import OWES
from data.tables import alarms, chats, heard, parked

_DAY = 24 * 3600
_SINCE = heard.c.at >= bindparam("since")
_COUNTS = select(
    select(func.count()).select_from(chats).scalar_subquery(),
    select(func.count()).select_from(heard).where(_SINCE).scalar_subquery(),
    select(func.count(distinct(heard.c.chat_id))).where(_SINCE).scalar_subquery(),
    select(func.count()).select_from(alarms).scalar_subquery(),
    select(func.count()).select_from(chats).where(*OWES).scalar_subquery(),
    select(func.count()).select_from(parked).scalar_subquery(),
)


@dataclass(frozen=True, slots=True)
class Counts:
    chats: int
    updates: int  # heard in the last 24 hours
    active: int  # people they came from
    alarms: int
    owed: int  # screens
    parked: int


def count(connection: Connection, now: int) -> Counts:
    return Counts(*connection.execute(_COUNTS, {"since": now - _DAY}).one())
