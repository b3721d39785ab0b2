"""Walks all chats, a few in a transaction, while the bot goes on."""

from collections.abc import Callable
from dataclasses import dataclass, field

from data.store import Store
from data.transaction import LOWEST, Transaction

BATCH = 200  # chats in a transaction: so long, at the most, everybody else waits

# One batch, of chats above the one given: how much was done, what could not be, and the last chat;
# None: no more.
Step = Callable[[Transaction, int], tuple[int, set[int], int | None]]


@dataclass(slots=True)
class Walked:
    """What came of it."""

    done: int = 0
    left: set[int] = field(default_factory=set)  # chats of which something could not be opened


async def walk(store: Store, step: Step) -> Walked:
    """Take *step* after *step* until there is no chat any more."""
    walked, after = Walked(), LOWEST
    while True:
        done, left, last = await store.run(lambda transaction: step(transaction, after))  # noqa: B023
        walked.done += done
        walked.left |= left
        if last is None:
            return walked
        after = last
