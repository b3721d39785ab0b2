"""Being woken when something has happened."""

import asyncio
from collections.abc import Callable
from contextlib import suppress


class Bell:
    """Wakes all who wait for it.  It costs next to nothing while nobody does."""

    def __init__(self) -> None:
        self._waiting: set[asyncio.Future[None]] = set()

    def ring(self) -> None:
        for waiter in self._waiting:
            if not waiter.done():
                waiter.set_result(None)

    async def until(self, happened: Callable[[], object], within: float) -> bool:
        """Whether *happened* came true within *within* seconds; asked again at each ring."""
        loop = asyncio.get_running_loop()
        deadline = loop.time() + within
        while not happened():
            left = deadline - loop.time()
            if left <= 0:
                return False
            await self._ring(left)
        return True

    async def _ring(self, within: float) -> None:
        waiter: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._waiting.add(waiter)
        try:
            with suppress(TimeoutError):
                async with asyncio.timeout(within):
                    await waiter
        finally:
            self._waiting.discard(waiter)
