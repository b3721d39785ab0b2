"""Walks all chats after a copy was put back, a few at a time: `flows/restored.py` says why."""

from functools import partial

from data.rows import changed_alarms
from data.seal import Unreadable
from data.store import Store
from data.transaction import Row, Transaction
from data.walk import BATCH, Walked, walk
from flows.restored import restored


async def restore(store: Store, now: int) -> Walked:
    """How many chats go on.  None is left as the copy has it, but what can not be opened."""
    return await walk(store, partial(step, now=now))


def step(transaction: Transaction, after: int, *, now: int) -> tuple[int, set[int], int | None]:
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
    over, new = changed_alarms(row.chat_id, before, row.chat, ahead)
    transaction.drop_alarms(over)
    transaction.set_alarms(new)
