"""Seals everything with the newest key, a few chats at a time, while the bot goes on."""

from data.store import Store
from data.transaction import Transaction

BATCH = 200  # chats in a transaction: so long, at the most, everybody else waits
LOWEST = -(2**63)  # below every id of a chat


async def rotate(store: Store) -> int:
    """How many rows were sealed anew.  Done when none is left under an older key."""
    await store.run(lambda transaction: transaction.note_key())
    sealed, after = 0, LOWEST
    while True:
        done, last = await store.run(lambda transaction: step(transaction, after))  # noqa: B023
        sealed += done
        if last is None:
            return sealed
        after = last


def step(transaction: Transaction, after: int) -> tuple[int, int | None]:
    """One batch, of chats above *after*: the rows sealed anew, and the last chat; None: no more."""
    chats = transaction.chats_above(after, BATCH)
    if not chats:
        transaction.drop_unused_keys()
        return 0, None
    return transaction.seal_anew(chats), chats[-1]
