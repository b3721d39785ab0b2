"""A way out on which all that is spoken is noted, and nothing is sent."""

import asyncio
from collections.abc import Callable
from time import monotonic

from bot.way import Parts
from bot.wire import Broken, CannotEdit
from flows import Screen

Heardlist = list[tuple[float, int]]  # when, and whose


class Ears:
    def __init__(self, now: Callable[[], float] = monotonic) -> None:
        self.heard: Heardlist = []  # when, by *now*, and whose
        self.waiting: dict[int, asyncio.Future[None]] = {}  # by chat: done when it is spoken to
        self.speaks = asyncio.Event()
        self.speaks.set()
        self.edits = True
        self.is_cut = False  # nobody knows what came of what is spoken
        self._now = now
        self._over = asyncio.Event()

    @property
    def wire(self) -> "Ears":
        return self

    def reaches(self, _: int) -> bool:
        return True

    async def speak(self, chat_id: int, screen: Screen, turn: int, edit_id: int | None) -> int:
        await self.speaks.wait()
        if edit_id and not self.edits:
            raise CannotEdit
        self.heard.append((self._now(), chat_id))
        if self.is_cut:
            raise Broken("the line is cut")
        waits = self.waiting.pop(chat_id, None)
        if waits and not waits.done():
            waits.set_result(None)
        return 1

    async def say(self, chat_id: int, text: str) -> None: ...

    async def open(self, parts: Parts) -> None: ...

    async def run(self) -> None:
        await self._over.wait()

    def stop(self) -> None:
        self._over.set()

    async def close(self) -> None: ...
