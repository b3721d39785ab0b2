"""The statements, built once; SQLAlchemy compiles each of them once and keeps it.

Where SQLite and PostgreSQL need different ones, there is one for each, by name of dialect.  What
PostgreSQL is told of many rows at once is in `data/many.py`.
"""

from collections.abc import Callable
from importlib import import_module
from typing import Any

from sqlalchemy import (
    BigInteger,
    BindParameter,
    ColumnElement,
    Executable,
    Insert,
    LargeBinary,
    Select,
    Table,
    bindparam,
    delete,
    exists,
    func,
    select,
    text,
    tuple_,
    update,
)

from data.seal import HEAD
from data.tables import (
    LANES,
    PATIENT,
    PROMPT,
    alarms,
    chats,
    heard,
    keys,
    log,
    media,
    metadata,
    page_clocks,
    parked,
)

Make = Callable[[Callable[[Table], Any]], Insert]


class Inserts(dict[str, Insert]):
    """What *make* makes of a dialect's `insert`, by the name of the dialect.

    Each when it is asked for: to import PostgreSQL's takes a twentieth of the start.
    """

    def __init__(self, make: Make) -> None:
        super().__init__()
        self._make = make

    def __missing__(self, dialect: str) -> Insert:
        self[dialect] = self._make(import_module(f"sqlalchemy.dialects.{dialect}").insert)
        return self[dialect]


_IDS: BindParameter[int] = bindparam("chat_ids", expanding=True)
# A chat's id, where `chat_id` would name the column to be set.
_KEY: BindParameter[int] = bindparam("key")

# Chats.  Locked in order of id, so that two processes never wait for each other.
_ROW = [column for column in chats.c if column is not chats.c.speaker]
LOCK_ONE = select(*_ROW).where(chats.c.chat_id == _KEY).with_for_update()


def lock(*which: ColumnElement[bool]) -> Select[Any]:
    return select(*_ROW).where(*which).order_by(chats.c.chat_id).with_for_update()


LOCK = lock(chats.c.chat_id.in_(_IDS))
CREATE = Inserts(lambda insert: insert(chats).on_conflict_do_nothing())
SAVE = (
    update(chats)
    .where(chats.c.chat_id == _KEY)
    .values({column.name: bindparam(column.name) for column in chats.c if not column.primary_key})
)
ERASE = delete(chats).where(chats.c.chat_id == _KEY)
ERASE_PARKED = delete(parked).where(parked.c.chat_id == _KEY)
OWES = (chats.c.shown < chats.c.turn, ~chats.c.paused)
_IS_NOT_THEIRS = chats.c.speaker.not_in(bindparam("others", expanding=True))
OWED = (
    select(*_ROW, chats.c.speaker)
    .where(*OWES, chats.c.chat_id > bindparam("after"), _IS_NOT_THEIRS)
    .order_by(chats.c.chat_id)
    .limit(bindparam("most"))
    .with_for_update()
)
LEFT_BEHIND = (
    select(chats.c.chat_id)
    .where(
        *OWES,
        _IS_NOT_THEIRS,
        chats.c.speaker != bindparam("me"),
        chats.c.chat_id >= bindparam("least"),
    )
    .limit(1)
)
COUNT_OWED = select(func.count()).select_from(
    select(chats.c.chat_id).where(*OWES).limit(bindparam("most")).subquery()
)
STILL_OWED = select(*_ROW).where(chats.c.chat_id == _KEY, *OWES, chats.c.speaker == bindparam("me"))
TAKE_OVER = update(chats).where(chats.c.chat_id.in_(_IDS)).values(speaker=bindparam("me"))

# Updates
HEAR_ONE = Inserts(lambda insert: insert(heard).on_conflict_do_nothing())
HEAR = Inserts(
    lambda insert: (
        insert(heard).on_conflict_do_nothing().returning(heard.c.chat_id, heard.c.update_id)
    )
)
FORGET_UPDATES = delete(heard).where(heard.c.at < bindparam("before"))
# What was said to nobody knows whom: no erasing reaches it.
FORGET_PARKED = delete(parked).where(parked.c.chat_id == 0, parked.c.at < bindparam("before"))
PARK = Inserts(lambda insert: insert(parked).on_conflict_do_nothing())

# Log
LOG = log.insert()
LINES = select(log).where(log.c.chat_id == _KEY).order_by(log.c.turn, log.c.number)
FORGET_LOG = delete(log).where(log.c.chat_id == _KEY)

# Keys.  What the newest has sealed begins with `head`.
KEYS = select(keys.c.id, keys.c.names)
NOTE_KEY = Inserts(lambda insert: insert(keys).on_conflict_do_nothing())
_HEAD = bindparam("head", type_=LargeBinary)


def _is_old(table: Table) -> ColumnElement[bool]:
    return func.substr(table.c.body, 1, HEAD) != _HEAD


CHATS_ABOVE = (
    select(chats.c.chat_id)
    .where(chats.c.chat_id > bindparam("after"))
    .order_by(chats.c.chat_id)
    .limit(bindparam("most"))
)
OLD_CHATS = LOCK.where(_is_old(chats))
OLD_LINES = select(log).where(log.c.chat_id.in_(_IDS), _is_old(log))
SEAL_CHAT = update(chats).where(chats.c.chat_id == _KEY).values(body=bindparam("body"))
SEAL_LINE = (
    update(log)
    .where(
        log.c.chat_id == _KEY,
        log.c.turn == bindparam("of_turn"),
        log.c.number == bindparam("of_number"),
    )
    .values(body=bindparam("body"))
)
DROP_KEYS = delete(keys).where(
    keys.c.id != bindparam("id"),
    ~exists().where(_is_old(chats)),
    ~exists().where(_is_old(log)),
)

# Everything about one chat, in whichever table there is
ALL_OF = {
    table.name: select(table).where(table.c.chat_id == _KEY).order_by(*table.primary_key)
    for table in metadata.sorted_tables
    if "chat_id" in table.c
}

COUNTS = {table.name: select(func.count()).select_from(table) for table in metadata.sorted_tables}

# Media
FILES = select(media.c.hash, media.c.file_id).where(media.c.bot_id == bindparam("bot"))
KEEP_FILE = Inserts(
    lambda insert: insert(media).on_conflict_do_update(
        index_elements=("bot_id", "hash"), set_={"file_id": text("excluded.file_id")}
    )
)

# Alarms
_ALARM = (alarms.c.chat_id, alarms.c.kind, alarms.c.due_at, alarms.c.turn, alarms.c.slack)
_UNCLAIMED = alarms.c.leased_until <= bindparam("now")


def alarms_of(which: ColumnElement[bool]) -> Select[Any]:
    return select(*_ALARM).where(which)


ALARMS = alarms_of(alarms.c.chat_id.in_(_IDS))
_IS_DUE = alarms.c.due_at <= bindparam("now")
# Where in its slack an alarm comes: by chat and turn, so that it is the same after a restart.
_SPREAD = (func.abs(alarms.c.chat_id % 65537) * 31 + alarms.c.turn // 60) % (alarms.c.slack + 1)


def _claim(*is_due: ColumnElement[bool]) -> Executable:
    claimed = (
        select(alarms.c.chat_id, alarms.c.kind)
        .where(alarms.c.lane == bindparam("of_lane"), _UNCLAIMED, *is_due)
        .order_by(alarms.c.due_at)
        .limit(bindparam("most"))
        .with_for_update(skip_locked=True)  # SQLite has one writer, and needs none of this
        .cte("claimed")
    )
    return (
        update(alarms)
        .where(tuple_(alarms.c.chat_id, alarms.c.kind).in_(select(claimed)))
        .values(leased_until=bindparam("until"))
        .returning(*_ALARM)
    )


CLAIM = _claim(_IS_DUE)
CLAIM_SPREAD = _claim(_IS_DUE, alarms.c.due_at + _SPREAD <= bindparam("now"))
# No hold is as long: the clock on the wall was set back since.
HASTEN = (
    update(alarms)
    .where(alarms.c.lane == PROMPT, alarms.c.due_at > bindparam("far"))
    .values(due_at=bindparam("at"), leased_until=0)
)
FREE_ALARMS = (
    update(alarms)
    .where(alarms.c.lane.in_(LANES), _IS_DUE, alarms.c.leased_until > bindparam("now"))
    .values(leased_until=0)
)
_WITH_SLACK = (
    select(alarms.c.chat_id)
    .where(
        alarms.c.lane == PATIENT,
        _IS_DUE,
        alarms.c.due_at > bindparam("since"),
        alarms.c.slack > 0,
    )
    .limit(bindparam("most"))
    .subquery()
)
CROWD = select(func.count()).select_from(_WITH_SLACK)
SOONEST = select(
    *(
        select(alarms.c.due_at)
        .where(alarms.c.lane == lane, _UNCLAIMED)
        .order_by(alarms.c.due_at)
        .limit(1)
        .scalar_subquery()
        for lane in LANES
    )
)
SET_ALARM = Inserts(
    lambda insert: insert(alarms).on_conflict_do_update(
        index_elements=("chat_id", "kind"),
        set_={
            "due_at": text("excluded.due_at"),
            "turn": text("excluded.turn"),
            "slack": text("excluded.slack"),
            "leased_until": 0,
        },
    )
)
DROP_ALARM = delete(alarms).where(alarms.c.chat_id == _KEY, alarms.c.kind == bindparam("of_kind"))
DELAY_ALARM = (
    update(alarms)
    .where(
        alarms.c.chat_id == _KEY,
        alarms.c.kind == bindparam("of_kind"),
        alarms.c.turn == bindparam("at_turn"),
        alarms.c.due_at < bindparam("due"),
    )
    .values(due_at=bindparam("due"), leased_until=0)
)

# The clocks of chats on the page
AHEAD = select(page_clocks).where(page_clocks.c.chat_id.in_(_IDS))
_THERE = select(chats.c.chat_id, bindparam("ahead", type_=BigInteger)).where(
    chats.c.chat_id == _KEY
)
MOVE_CLOCK = Inserts(
    lambda insert: (
        insert(page_clocks)
        .from_select(["chat_id", "ahead"], _THERE)
        .on_conflict_do_update(
            index_elements=("chat_id",), set_={"ahead": text("page_clocks.ahead + excluded.ahead")}
        )
    )
)
MOVE_ALARMS = (
    update(alarms)
    .where(alarms.c.chat_id == _KEY)
    .values(due_at=alarms.c.due_at - bindparam("seconds", type_=BigInteger))
)
