"""Walks all chats after a copy was put back, a few at a time: `flows/restored.py` says why."""

from dataclasses import dataclass, field, replace

from data.rotate import BATCH
from data.seal import Unreadable
from data.store import Store
from data.transaction import LOWEST, Due, Row, Transaction
from flows import alarms
from flows.restored import restored


@dataclass(slots=True)
class Walked:
    """What came of it."""

    chats: int = 0  # that go on
    left: set[int] = field(default_factory=set)  # that could not be opened, and are as they were


async def restore(store: Store, now: int) -> Walked:
    """Done when no chat is left as the copy has it, but for what can not be opened."""
    walked, after = Walked(), LOWEST
    while True:
        chats, left, last = await store.run(lambda transaction: step(transaction, after, now))  # noqa: B023
        walked.chats += chats
        walked.left |= left
        if last is None:
            return walked
        after = last


def step(transaction: Transaction, after: int, now: int) -> tuple[int, set[int], int | None]:
    """One batch, of chats above *after*: how many went on, which could not, and the last chat."""
    ids = transaction.chats_above(after, BATCH)
    rows, left = opened(transaction, ids)
    ahead = transaction.ahead(ids) if ids else {}
    for row in rows:
        go_on(transaction, row, now, ahead.get(row.chat_id, 0))
    transaction.save(rows)
    return len(rows), left, ids[-1] if ids else None


def opened(transaction: Transaction, ids: list[int]) -> tuple[list[Row], set[int]]:
    """The chats that can be read, nobody else's until the transaction ends; and all others."""
    rows: list[Row] = []
    left: set[int] = set()
    for id in ids:
        try:
            rows += transaction.lock([id]).values()
        except Unreadable:
            left.add(id)
    return rows, left


def go_on(transaction: Transaction, row: Row, now: int, ahead: int) -> None:
    """Change *row*, and its alarms, which our clock keeps though the chat's may be *ahead*."""
    before = row.chat
    row.chat = restored(before, now + ahead)
    if row.shown >= before.turn:  # the message that is there shows what was: a tap on it is old
        row.shown, row.message_id, row.edit_id = row.chat.turn, None, None
    old, new = set(alarms(before)), set(alarms(row.chat))
    transaction.drop_alarms([(row.chat_id, alarm.kind) for alarm in old - new])
    transaction.set_alarms(
        [Due(row.chat_id, replace(alarm, due=alarm.due - ahead)) for alarm in new - old]
    )
