"""Other processes on the same database: what they send counts, and what the dead owe is spoken."""

import asyncio
from collections.abc import Callable
from contextlib import suppress

from data.store import Store, StoreAway
from data.transaction import Row

GLANCE = 2.0  # seconds between two looks at who lives


class Others:
    def __init__(self, store: Store) -> None:
        self._store = store

    async def take_sends(self, seconds: float) -> float:
        """Take *seconds*' worth of sends: in how many seconds the first of them is free."""
        return await self._store.lease(lambda transaction: transaction.take_sends(seconds))

    async def still_owed(self, chat_id: int) -> Row | None:
        """The chat as it is now, if this process has to speak its screen."""
        return await self._store.read(lambda transaction: transaction.still_owed(chat_id))

    async def watch(self, when_one_is_gone: Callable[[], None]) -> None:
        """Call *when_one_is_gone* each time one is.  Runs for ever."""
        known: set[int] = set()
        while True:
            with suppress(StoreAway):
                alive = await self._store.read(lambda transaction: transaction.others())
                if known - alive:
                    when_one_is_gone()
                known = alive
            await asyncio.sleep(GLANCE)
