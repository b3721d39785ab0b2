"""The clock is a person too: what is due is said to the turn loop, as everything else is.

1. Two lanes: what a person waits for, as the end of a hold, is never behind anything else.
2. What is claimed is leased: another process lets it be, and takes it if this one dies.
3. When very many are due at once, those that may come later spread over the next minutes.
4. When the clock on the wall is set back, nobody presses for as much longer: holds are over.
5. An alarm goes in the transaction of the turn that hears it.  So it is said once, whoever
   else has claimed it, and is not lost.
"""

import asyncio
import math
import time
from collections.abc import Callable
from contextlib import suppress
from itertools import count

from bot import metrics
from bot.backoff import backoff
from bot.heard import Rang
from bot.loop import PAUSE, Loop
from bot.ticks import ticks
from data.rows import lane_of
from data.store import Store, StoreAway
from data.tables import LANES, PATIENT, PROMPT
from data.transaction import Due

now = time.time  # noqa: TID251 - the one place that knows the time

MOST = 256  # alarms at a time that somebody waits for
MANY, FEW = 96, 32  # of the others: so long everybody else waits; few while people do
TALK = 2.0  # seconds after which nobody talks any more
SOON = 1.0  # seconds before something that somebody waits for, from when on they wait for it
LEASE = 10  # seconds; a batch takes a small part of one
CROWD = 1000  # alarms due at once that may come later: half a minute of sends, and they spread
SPREADING = 1.0  # seconds between two looks at a crowd
ELSEWHERE = 0.1  # seconds to let another process be that claims the same
BACK = 60.0  # seconds by which the clock on the wall is set back, to be a matter
FAR = 300  # seconds; no hold is as long
GLANCE = 5.0  # the longest, in seconds, between two looks at the alarms
REMEMBERED = 2 * 24 * 3600  # seconds; Telegram keeps an update for one day
TIDY = 3600  # seconds between two rounds of forgetting


class Clock:
    def __init__(self, store: Store, loop: Loop, now: Callable[[], float]) -> None:
        self._store = store
        self._loop = loop
        self._now = now
        self._wake = asyncio.Event()
        self._next = math.inf  # when it looks again
        # When the first is due that somebody waits for, or that was set since the last look.
        self._soon = math.inf
        self._tidied = 0
        self._ahead = -math.inf  # by how much the wall was ahead of a clock that never jumps

    def alarm_set(self, due_at: int) -> None:
        """An alarm was set: look again when it is due."""
        self._soon = min(self._soon, due_at)
        if due_at < self._next:
            self._next = due_at
            self._wake.set()  # it sleeps too long

    async def run(self) -> None:
        """Say what is due, for ever."""
        while True:
            self._next = self._now() + GLANCE
            with suppress(StoreAway):
                await self.tick()
            await self._sleep()

    async def catch_up(self) -> None:
        """At the start: say what somebody waits for, before their screens are shown again."""
        for tries in count():
            with suppress(StoreAway):
                await self._catch_up()
                return
            await asyncio.sleep(backoff(tries, 0.1, PAUSE))

    async def _catch_up(self) -> None:
        if not self._store.is_shared:  # whoever had claimed anything is dead
            at = int(self._now())
            await self._store.lease(lambda transaction: transaction.free_alarms(at))
        self._ahead = math.inf  # it may have been set back while nobody looked
        await self._end_what_is_far()
        while due := await self._claim(PROMPT, MOST):
            await self._say(due)

    async def tick(self) -> None:
        """Say all that is due now, and wait until it is kept."""
        await self._tidy(int(self._now()))
        await self._end_what_is_far()
        crowd = None
        while (lane := await self._look()) is not None:
            if lane == PATIENT and crowd is None:
                crowd = await self._is_crowd()
            most = MOST if lane == PROMPT else self._room()
            due = await self._claim(lane, most, spread=bool(crowd))
            if not due:
                pause = SPREADING if crowd else ELSEWHERE
                self._next = min(self._now() + pause, self._soon)
                return
            await self._say(due)

    async def _end_what_is_far(self) -> None:
        """At the start, and when the wall was set back: end the holds that would take as long."""
        now = self._now()
        ahead = now - ticks()
        if ahead < self._ahead - BACK:
            at = int(now)
            await self._store.lease(lambda transaction: transaction.hasten(at, at + FAR))
        self._ahead = ahead

    def _room(self) -> int:
        """How many that nobody waits for may be claimed at a time."""
        is_talk = self._loop.quiet_for() < TALK
        return FEW if is_talk or self._soon - self._now() <= SOON else MANY

    async def _look(self) -> int | None:
        """The lane of which something is due now; None: nothing is, and we know for how long."""
        now = self._now()
        self._soon = math.inf
        soonest = await self._store.read(lambda transaction: transaction.soonest_by_lane(int(now)))
        self._soon = min(self._soon, soonest.get(PROMPT, math.inf))
        self._next = min(now + GLANCE, self._soon, soonest.get(PATIENT, math.inf))
        return next((lane for lane in LANES if soonest.get(lane, math.inf) <= now), None)

    async def _sleep(self) -> None:
        """Until it is time for the next look, by a clock that may be set back meanwhile."""
        latest = ticks() + GLANCE
        while (wait := min(self._next - self._now(), latest - ticks())) > 0:
            self._wake.clear()
            with suppress(TimeoutError):  # `wait_for` may swallow a stop on Python 3.11
                async with asyncio.timeout(wait):
                    await self._wake.wait()

    async def _claim(self, lane: int, most: int, *, spread: bool = False) -> list[Due]:
        at = int(self._now())
        return await self._store.lease(lambda t: t.claim(lane, at, most, LEASE, spread=spread))

    async def _is_crowd(self) -> bool:
        at = int(self._now())
        return await self._store.read(lambda t: t.due_with_slack(at, CROWD)) == CROWD

    async def _say(self, due: list[Due]) -> None:
        at = int(self._now())
        for one in due:
            lane = ("hold", "other")[lane_of(one.alarm.kind)]
            metrics.child(metrics.LATE_SECONDS, lane).observe(max(0, at - one.alarm.due))
        await asyncio.gather(*(self._loop.put(Rang(one, at)) for one in due))

    async def _tidy(self, at: int) -> None:
        if 0 <= at - self._tidied < TIDY:  # a clock that was set back begins anew
            return
        self._tidied = at
        before = at - REMEMBERED
        await self._store.run(lambda transaction: transaction.forget_updates(before))
