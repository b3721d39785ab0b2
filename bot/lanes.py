"""Whose turn it is to be spoken to.

Four lanes: those who are to be told to get care now; those at the end of a hold, who are not made
to press any longer; those who wait for an answer; and all others.  A chat leaves its lane when it
may be sent to again, and, but for the first two, when the bot as a whole may.
"""

import asyncio
import math
from collections import deque
from collections.abc import Callable

from bot.rates import Pace, Window
from bot.share import Share

EMERGENCIES, AT_ONCE, ANSWERS, OTHERS = range(4)

# How many seconds' worth may go before its time.  While others use the rate up, answers still go
# at once; others leave one by one, but for what makes up for a process that wakes late.
AHEAD, CATCH_UP = 0.4, 0.1

_PERSON = (1.0, 3)  # one a second, three at once: what Telegram bears in a private chat
_GROUP = (3.0, 1)  # twenty a minute


class Lanes:
    def __init__(self, rate: int, go: Callable[[int], None], share: Share | None = None) -> None:
        """*share* is this process's part of *rate*; None when no other process has any."""
        self._go = go
        self._paced = rate > 0  # a rate of 0 is for a stand-in that bears everything
        self._share = share if self._paced else None
        self._loop = asyncio.get_running_loop()
        self._window = Window(rate, self._loop.time())
        self._people = Pace(*_PERSON)
        self._groups = Pace(*_GROUP)
        self._lanes: tuple[deque[int], ...] = (deque(), deque(), deque(), deque())
        self._lane: dict[int, int] = {}  # where each chat that waits belongs
        self._held: dict[int, float] = {}  # chats that may not go before a time
        self._held_all = 0.0
        self._timer: asyncio.TimerHandle | None = None
        self._is_to_pump = False
        self._open = False

    def open(self) -> None:
        self._open = True
        if self._share:
            self._share.open(self._pump_soon)
        self._pump_soon()

    def close(self) -> None:
        self._open = False
        if self._share:
            self._share.close()

    def add(self, chat_id: int, lane: int, after: float = 0.0) -> None:
        """Have the chat go, *after* seconds from now at the earliest, whatever was said before."""
        self._lane[chat_id] = lane
        self._held[chat_id] = self._loop.time() + after
        self._lanes[lane].append(chat_id)
        self._pump_soon()

    def move(self, chat_id: int, lane: int) -> None:
        """Have the chat wait in *lane* from now on; it may go no earlier for that."""
        if self._lane.get(chat_id, lane) != lane:
            self._lane[chat_id] = lane
            self._lanes[lane].append(chat_id)
            self._pump_soon()

    def drop(self, chat_id: int) -> None:
        self._lane.pop(chat_id, None)
        self._held.pop(chat_id, None)

    def hold(self, seconds: float) -> None:
        """Let nobody go for a while."""
        self._held_all = max(self._held_all, self._loop.time() + seconds)

    def _pump_soon(self) -> None:
        if self._open and not self._is_to_pump:
            self._is_to_pump = True
            self._loop.call_soon(self._pump)

    def _pump(self) -> None:
        """Let go the first who may.  The next comes after what this one writes, and after what came
        in meanwhile: nobody waits until the screens of all who are spoken to at once are made.
        """
        self._is_to_pump = False
        while self._open and (lane := self._next_lane()) is not None:
            now = self._loop.time()
            wait = self._wait(lane, now)
            if wait > 0:
                self._pump_after(wait)
                return
            chat_id = self._lanes[lane].popleft()
            if self._lane.get(chat_id) == lane:
                self._let_go(chat_id, now)
                self._pump_soon()
                return

    def _next_lane(self) -> int | None:
        return next((number for number, lane in enumerate(self._lanes) if lane), None)

    def _wait(self, lane: int, now: float) -> float:
        """How long the first of *lane* waits for the bot as a whole."""
        held = self._held_all - now
        if lane <= AT_ONCE:
            return held
        if lane == ANSWERS:
            rate = min(self._window.wait(now), self._window.wait_evenly(now, AHEAD))
        else:
            rate = max(self._window.wait(now), self._window.wait_evenly(now, CATCH_UP))
        wait = max(held, rate)
        if wait > 0 or self._share is None:
            return wait
        return self._share.wait(now, 0 if lane == ANSWERS else len(self._lanes[OTHERS]))

    def _let_go(self, chat_id: int, now: float) -> None:
        pace = self._people if chat_id > 0 else self._groups
        wait = self._held.get(chat_id, 0.0) - now
        if self._paced:
            wait = max(wait, pace.wait(chat_id, now))
        if wait > 0:
            self._loop.call_later(wait, self._return, chat_id)
            return
        self.drop(chat_id)
        if self._paced:
            pace.count(chat_id, now)
            self._window.count(now)
        if self._share:
            self._share.count(now)
        self._go(chat_id)

    def _return(self, chat_id: int) -> None:
        """Put a chat that had to wait for itself in its lane again, before the others."""
        lane = self._lane.get(chat_id)
        if lane is not None:
            self._lanes[lane].appendleft(chat_id)
            self._pump_soon()

    def _pump_after(self, seconds: float) -> None:
        if self._timer:
            self._timer.cancel()
        if seconds == math.inf:
            return  # the share says when
        self._timer = self._loop.call_later(seconds, self._pump_soon)
