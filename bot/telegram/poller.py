"""Which process fetches a bot's updates, where several are on one database: one, by a lease.

1. A row in the database says whose the updates are and until when, on the database's clock.
2. Whoever has the lease renews it in time.  Who has not looks again, and takes one that ran out.
3. By its own clock a process has the lease no longer than the database gave it.  So while the
   database is away nobody fetches, and nobody has to be told.
"""

import asyncio
import logging
from collections.abc import Callable

from bot import metrics
from bot.ticks import ticks
from data.store import Store, StoreAway

LOG = logging.getLogger(__name__)

LEASE = 5.0  # seconds; a process that is killed is followed within them and one look more
LOOK = 1.0  # seconds between two looks
PATIENCE = 1.0  # seconds to give the lease back in, when the process stops


class Poller:
    """Whether this process is the one that fetches the updates of *bot_id*."""

    def __init__(self, store: Store, bot_id: int, lost: Callable[[], None]) -> None:
        """*lost* is called when the lease could not be renewed."""
        self._store = store
        self._bot_id = bot_id
        self._lost = lost
        self._until = 0.0  # on the clock of the event loop
        self._is_mine = asyncio.Event()
        if not store.is_shared:  # no other process is there
            self._tell(is_mine=True)

    @property
    def is_mine(self) -> bool:
        return self._is_mine.is_set()

    async def wait(self) -> None:
        """Until the updates are this process's to fetch."""
        await self._is_mine.wait()

    async def run(self) -> None:
        """Take the lease and keep it, for ever."""
        if not self._store.is_shared:
            return
        while True:
            await self._look()
            await asyncio.sleep(LOOK)

    async def give_back(self) -> None:
        """Let another process begin at once."""
        if not self._store.is_shared or not self.is_mine:
            return
        try:
            given = self._store.lease(lambda t: t.give_poll_back(self._bot_id))
            await asyncio.wait_for(given, PATIENCE)
        except (StoreAway, TimeoutError):
            LOG.debug("the lease runs out by itself")

    async def _look(self) -> None:
        began = ticks()
        left = self._until - began if self.is_mine else LEASE
        try:
            taken = self._store.lease(lambda t: t.take_poll(self._bot_id, LEASE))
            is_mine = await asyncio.wait_for(taken, max(left, 0.0))
        except StoreAway:
            is_mine = self.is_mine and ticks() < self._until - LOOK
        except TimeoutError:
            is_mine = False
        else:
            self._until = began + LEASE
        self._tell(is_mine=is_mine)

    def _tell(self, *, is_mine: bool) -> None:
        if is_mine and not self.is_mine:
            metrics.FETCHES.set(1)
            LOG.info("this process fetches the updates now")
            self._is_mine.set()
        elif self.is_mine and not is_mine:
            metrics.FETCHES.set(0)
            LOG.warning("this process fetches no updates until it has the lease again")
            self._is_mine.clear()
            self._lost()
