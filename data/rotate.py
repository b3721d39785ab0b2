"""Seals everything with the newest key, a few chats at a time, while the bot goes on.

What can not be opened is left as it is, and so is the key that may have sealed it.
"""

from dataclasses import dataclass, field

from data.store import Store
from data.transaction import LOWEST, Transaction

BATCH = 200  # chats in a transaction: so long, at the most, everybody else waits


@dataclass(slots=True)
class Sealed:
    """What came of it."""

    rows: int = 0  # that were sealed anew
    left: set[int] = field(default_factory=set)  # chats of which something could not be opened


async def rotate(store: Store) -> Sealed:
    """Done when none is left under an older key, but for what can not be opened."""
    await store.run(lambda transaction: transaction.note_key())
    sealed, after = Sealed(), LOWEST
    while True:
        rows, left, last = await store.run(lambda transaction: step(transaction, after))  # noqa: B023
        sealed.rows += rows
        sealed.left |= left
        if last is None:
            return sealed
        after = last


def step(transaction: Transaction, after: int) -> tuple[int, set[int], int | None]:
    """One batch, of chats above *after*: how many rows were sealed anew, whose were left, and the
    last chat; None: no more.
    """
    chats = transaction.chats_above(after, BATCH)
    if not chats:
        transaction.drop_unused_keys()
        return 0, set(), None
    return *transaction.seal_anew(chats), chats[-1]
