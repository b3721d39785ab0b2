"""The clock is a person too: what is due is said to the turn loop, as everything else is."""

import asyncio
import math
import time
from collections.abc import Callable, Sequence
from contextlib import suppress

from bot.heard import Rang
from bot.loop import Loop
from data.store import Store, StoreAway

now = time.time  # noqa: TID251 - the one place that knows the time

MOST = 256  # alarms at a time
GLANCE = 5.0  # the longest, in seconds, between two looks at the alarms
REMEMBERED = 2 * 24 * 3600  # seconds; Telegram keeps an update for one day
TIDY = 3600  # seconds between two rounds of forgetting


class Clock:
    def __init__(self, store: Store, loop: Loop, now: Callable[[], float]) -> None:
        self._store = store
        self._loop = loop
        self._now = now
        self._wake = asyncio.Event()
        self._next = math.inf  # when it means to look again
        self._tidied = 0
        self._said: Sequence[object] = ()

    def alarm_set(self, due_at: int) -> None:
        """An alarm was set: look again in time for it."""
        if due_at < self._next:
            self._wake.set()

    async def run(self) -> None:
        """Say what is due, for ever."""
        while True:
            self._wake.clear()
            self._next = math.inf  # whatever is set from here on is seen now, or wakes it
            wait = GLANCE
            with suppress(StoreAway):
                await self.tick()
                wait = await self._until_next()
            with suppress(TimeoutError):
                await asyncio.wait_for(self._wake.wait(), wait)

    async def tick(self) -> None:
        """Say all that is due now, and wait until it is kept."""
        at = int(self._now())
        await self._tidy(at)
        while due := await self._store.run(lambda transaction: transaction.due(at, MOST)):
            if due == self._said:
                return  # a bug kept them from being heard: not again at once
            await asyncio.gather(*(self._loop.put(Rang(one, at)) for one in due))
            self._said = due
        self._said = ()

    async def _until_next(self) -> float:
        soonest = await self._store.run(lambda transaction: transaction.soonest())
        now = self._now()
        self._next = now + GLANCE
        if soonest is None or self._said:
            return GLANCE
        self._next = min(self._next, soonest)
        return max(0.0, self._next - now)

    async def _tidy(self, at: int) -> None:
        if at - self._tidied < TIDY:
            return
        self._tidied = at
        before = at - REMEMBERED
        await self._store.run(lambda transaction: transaction.forget_updates(before))
