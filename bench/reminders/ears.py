"""A way out on which all that is spoken is noted, and nothing is sent."""

import asyncio
import time
from collections.abc import Callable

from bot.way import Parts
from flows import Screen


class Ears:
    def __init__(self) -> None:
        self.heard: list[tuple[float, int]] = []  # when, in seconds since 1970, and whose
        self.waiting: dict[int, asyncio.Future[None]] = {}
        self._over = asyncio.Event()

    @property
    def wire(self) -> "Ears":
        return self

    def reaches(self, _: int) -> bool:
        return True

    async def speak(self, chat_id: int, screen: Screen, turn: int, edit_id: int | None) -> int:
        self.heard.append((now(), chat_id))
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


now: Callable[[], float] = time.time  # noqa: TID251 - alarms are due by the clock on the wall
