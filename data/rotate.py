"""Seals everything with the newest key, a few chats at a time, while the bot goes on.

What can not be opened is left as it is, and so is the key that may have sealed it.
"""

from data.store import Store
from data.transaction import Transaction
from data.walk import BATCH, Walked, walk


async def rotate(store: Store) -> Walked:
    """How many rows were sealed anew.  None is left under an older key that can be opened."""
    await store.run(lambda transaction: transaction.note_key())
    return await walk(store, step)


def step(transaction: Transaction, after: int) -> tuple[int, set[int], int | None]:
    """One batch, of chats above *after*: how many rows were sealed anew, whose were left, and the
    last chat; None: no more.
    """
    chats = transaction.chats_above(after, BATCH)
    if not chats:
        transaction.drop_unused_keys()
        return 0, set(), None
    return *transaction.seal_anew(chats), chats[-1]
