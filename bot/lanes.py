"""Whose turn it is to be spoken to.

Two lanes: those who wait for an answer, and all others.  A chat leaves its lane when it,
and the bot as a whole, may send again.
"""

import asyncio
from collections import deque
from collections.abc import Callable

from bot.rates import Pace, Window

_PERSON = (1.0, 3)  # one a second, three at once: what Telegram bears in a private chat
_GROUP = (3.0, 1)  # twenty a minute


class Lanes:
    def __init__(self, rate: int, go: Callable[[int], None]) -> None:
        self._go = go
        self._paced = rate > 0  # a rate of 0 is for a stand-in that bears everything
        self._loop = asyncio.get_running_loop()
        self._window = Window(rate, self._loop.time())
        self._people = Pace(*_PERSON)
        self._groups = Pace(*_GROUP)
        self._first: deque[int] = deque()
        self._others: deque[int] = deque()
        self._lane: dict[int, deque[int]] = {}  # where each chat that waits belongs
        self._held: dict[int, float] = {}  # chats that may not go before a time
        self._held_all = 0.0
        self._timer: asyncio.TimerHandle | None = None
        self._open = False

    def open(self) -> None:
        self._open = True
        self._pump()

    def close(self) -> None:
        self._open = False

    def add(self, chat_id: int, first: bool, after: float = 0.0) -> None:
        """Have the chat go, *after* seconds from now at the earliest, whatever was said before."""
        lane = self._lane[chat_id] = self._first if first else self._others
        self._held[chat_id] = self._loop.time() + after
        lane.append(chat_id)
        self._pump()

    def drop(self, chat_id: int) -> None:
        self._lane.pop(chat_id, None)
        self._held.pop(chat_id, None)

    def hold(self, seconds: float) -> None:
        """Let nobody go for a while."""
        self._held_all = max(self._held_all, self._loop.time() + seconds)

    def _pump(self) -> None:
        """Let go whoever may."""
        while self._open and (lane := self._first or self._others):
            now = self._loop.time()
            wait = max(self._window.wait(now), self._held_all - now)
            if wait > 0:
                self._pump_after(wait)
                return
            chat_id = lane.popleft()
            if self._lane.get(chat_id) is lane:
                self._let_go(chat_id, now)

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
        self._go(chat_id)

    def _return(self, chat_id: int) -> None:
        """Put a chat that had to wait for itself in its lane again, before the others."""
        lane = self._lane.get(chat_id)
        if lane is not None:
            lane.appendleft(chat_id)
            self._pump()

    def _pump_after(self, seconds: float) -> None:
        if self._timer:
            self._timer.cancel()
        self._timer = self._loop.call_later(seconds, self._pump)
