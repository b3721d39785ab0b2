"""Other processes on the same database: what they send counts, and what the dead owe is spoken."""

import asyncio
import logging
from collections.abc import Callable
from contextlib import suppress

from data.store import Store, StoreAway
from data.transaction import Row

LOG = logging.getLogger(__name__)

GLANCE = 2.0  # seconds between two looks at who lives
SWEEP = 3600.0  # seconds between two rounds of taking out what was erased


class Others:
    def __init__(self, store: Store) -> None:
        self._store = store

    async def take_sends(self, seconds: float) -> float:
        """Take *seconds*' worth of sends: in how many seconds the first of them is free."""
        return await self._store.lease(lambda transaction: transaction.take_sends(seconds))

    async def still_owed(self, chat_id: int) -> Row | None:
        """The chat as it is now, if this process has to speak its screen."""
        return await self._store.read(lambda transaction: transaction.still_owed(chat_id))

    async def watch(self, take_over: Callable[[], None]) -> None:
        """Call *take_over* when one that is gone has left anything to be spoken.  Runs for ever.

        It is looked for what they have left, and not for them: one may come and go between two
        looks.
        """
        while True:
            with suppress(StoreAway):
                if await self._store.read(lambda transaction: transaction.is_any_left_behind()):
                    take_over()
            await asyncio.sleep(GLANCE)

    async def sweep(self) -> None:
        """Take out what was erased, every hour.  Runs for ever."""
        while True:
            await asyncio.sleep(SWEEP)
            try:
                await self._store.sweep()
            except StoreAway as away:
                LOG.warning("what was erased stays in the files for another hour (%s)", away)
