"""Fills a database with chats, and with alarms that sleep or are due."""

from collections.abc import Iterable, Iterator

from sqlalchemy import text

from data.engine import open_engine
from data.keys import read_keys
from data.seal import Ring
from data.store import Store
from data.transaction import Due, Row, Transaction
from flows import Chat, State, alarms
from flows.reminders.reminder import Reminder
from flows.reminders.rule import Rule
from flows.reminders.zones import minute_of

FIRST_ASLEEP = 10_000_000  # ids of chats from here on sleep
AT_A_TIME, MANY_AT_A_TIME = 1_000, 50_000
KEY = "A" * 43  # what is here is nobody's
HOUR, MONTH = 3_600, 30 * 86_400


def reminded(at: int) -> Chat:
    """Somebody at home who is to be reminded in the minute of *at*."""
    rule = Rule("Etc/UTC", minute_of(at, "Etc/UTC"), every=1, quiet=(0, 0))
    return Chat(state=State.HOME, now=at - 60, turn=5, reminder=Reminder(rule, at - 60))


def asked(at: int) -> Chat:
    """Somebody who is to be asked at the moment *at* how the day after was."""
    return Chat(state=State.HOME, now=at - 60, turn=5, check_at=at)


def held(n: int, at: int, edition: str) -> tuple[int, Chat]:
    """Somebody in a session whose hold is over at *at*."""
    chat = Chat(
        state=State.HOLDING, now=at - 30, turn=5, edition=edition, screened_at=at - HOUR,
        gated_until=at + HOUR, area="glutes", tool="hands", technique="glutes_hands_chair",
        place=3, hold_until=at, hold_turn=5,
    )  # fmt: skip
    return n, chat


async def put_in(url: str, chats: Iterable[tuple[int, Chat]], asleep: int, now: int) -> None:
    """Have *chats*, whose screens were all spoken, and so many more that sleep for a month."""
    store = Store(open_engine(url), Ring(lambda: read_keys(KEY)))
    await store.open()
    rows = [Row(chat_id, chat, shown=chat.turn) for chat_id, chat in chats]
    for start in range(0, len(rows), AT_A_TIME):
        part = rows[start : start + AT_A_TIME]
        await store.run(lambda t, part=part: _write(t, part))  # type: ignore[misc]
    for statement in _asleep(url, asleep, now) if asleep else ():
        await store.run(lambda t, s=statement: t._connection.execute(text(s)))  # type: ignore[misc]
    if store.is_shared:  # PostgreSQL's own round would come in the middle of what is measured
        await store.sweep()
    await store.close()


def _write(transaction: Transaction, rows: list[Row]) -> None:
    transaction.create([row.chat_id for row in rows])
    transaction.save(rows)
    transaction.set_alarms(Due(row.chat_id, a) for row in rows for a in alarms(row.chat))


def _asleep(url: str, many: int, now: int) -> Iterator[str]:
    """A few statements for each table, since a million turns would take half an hour.

    PostgreSQL need not look up a million times that the chat of an alarm is there: it was just
    written.  All else is as the bot would leave it, indexes and their order included.
    """
    is_shared = url.startswith("postgresql")
    nothing = "CAST('' AS BYTEA)" if is_shared else "x''"
    due = f"{now + HOUR} + (n % 100000) * 7919 % {MONTH}"
    if is_shared:
        yield "SET session_replication_role = replica"
    for first in range(FIRST_ASLEEP, FIRST_ASLEEP + many, MANY_AT_A_TIME):
        last = min(first + MANY_AT_A_TIME, FIRST_ASLEEP + many) - 1
        if is_shared:
            numbers = f"generate_series({first}, {last}) AS s(n)"
        else:
            more = f"SELECT n + 1 FROM s WHERE n < {last}"
            numbers = f"(WITH RECURSIVE s(n) AS (VALUES({first}) UNION ALL {more}) SELECT n FROM s)"
        yield (
            "INSERT INTO chats (chat_id, turn, shown, paused, body)"
            f" SELECT n, 5, 5, false, {nothing} FROM {numbers}"
        )
        yield (
            "INSERT INTO alarms (chat_id, kind, due_at, turn, lane)"
            f" SELECT n, 'remind', {due}, 5, 1 FROM {numbers}"
        )
    if is_shared:
        yield "SET session_replication_role = DEFAULT"
