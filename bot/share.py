"""What one process may send of the rate that all processes on one database keep together.

1. A row in the database says when the next send is free.  Whoever wants some takes a few at a
   time, one after the other on the database's clock; clocks of machines need not agree.
2. Who waits for an answer does not wait for the database: it is sent, and counted a little later.
3. What is sent ahead is paid back by all others, of every process.
"""

import asyncio
import math
from collections.abc import Awaitable, Callable

from bot.backoff import backoff
from bot.ticks import ticks
from data.store import StoreAway

AHEAD = 0.9  # seconds' worth that answers may be ahead; Telegram bears one second's
PART = 10  # a share is a tenth of what goes out in a second, at the most
TELL = 0.2  # seconds after which what was sent ahead is counted in the database
FRESH = 1.0  # seconds; what was taken and not used until then is lost

# Takes sends from the rate: for so many seconds' worth, how long until the first of them.
Take = Callable[[float], Awaitable[float]]


class Share:
    def __init__(self, rate: int, take: Take) -> None:
        self._take = take
        self._spacing = 1 / rate if rate else 0.0
        self._most = max(1, rate // PART)
        self._left = 0  # sends taken and not used
        self._at = 0.0  # when the next of them is free
        self._ahead = 0  # sends not counted yet in the database
        self._used_until = 0.0  # as far as we know
        self._asking: asyncio.Task[None] | None = None
        self._telling: asyncio.TimerHandle | None = None
        self._granted: Callable[[], None] = lambda: None

    def open(self, granted: Callable[[], None]) -> None:
        """*granted* is called when what was asked for is there."""
        self._granted = granted

    def close(self) -> None:
        for pending in (self._asking, self._telling):
            if pending:
                pending.cancel()

    def wait(self, now: float, wanted: int) -> float:
        """How long until one more may be sent; for ever, when it has to be asked for first.

        *wanted* is how many would be sent; 0 for somebody who waits for an answer.
        """
        if not wanted:
            used = self._used_until + self._ahead * self._spacing
            return max(0.0, used - AHEAD - now)
        if not self._has_left(now):
            self._ask(min(wanted, self._most))
            return math.inf
        return max(0.0, self._at - now)

    def count(self, now: float) -> None:
        """One is sent now."""
        if self._has_left(now):
            self._left -= 1
            self._at = max(self._at, now - self._spacing) + self._spacing  # late ones do not crowd
            return
        if not self._ahead:
            self._used_until = max(self._used_until, now)
        self._ahead += 1
        if self._telling is None:
            self._telling = asyncio.get_running_loop().call_later(TELL, self._ask, 0)

    def _has_left(self, now: float) -> bool:
        return self._left > 0 and self._at > now - FRESH

    def _ask(self, many: int) -> None:
        if self._telling:
            self._telling.cancel()
            self._telling = None
        if self._asking is None:
            self._asking = asyncio.create_task(self._get(many))

    async def _get(self, many: int) -> None:
        """Count what was sent ahead, and take *many* more."""
        counted = self._ahead
        try:
            wait = await self._take((counted + many) * self._spacing)
        except StoreAway:
            await asyncio.sleep(backoff(0, 1, 1))
        else:
            first = ticks() + wait + counted * self._spacing
            self._ahead -= counted
            self._used_until = first + many * self._spacing
            if many:
                self._left, self._at = many, first
        finally:
            self._asking = None
        self._granted()
