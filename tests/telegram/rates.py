"""How often a bot may send before Telegram says 429."""

import math
from collections.abc import Callable
from dataclasses import dataclass

from tests.telegram.refusals import too_many

ENOUGH = 1 - 1e-6  # one, but for what is lost in rounding


@dataclass(frozen=True, slots=True)
class Rate:
    per_second: float
    burst: int


@dataclass(frozen=True, slots=True)
class Limits:
    """None is no limit."""

    private: Rate | None = Rate(1, 5)
    group: Rate | None = Rate(20 / 60, 20)
    overall: Rate | None = Rate(30, 30)


UNLIMITED = Limits(None, None, None)


class Bucket:
    """Fills with time, drains with sends.  Once it was empty, it is shut until the time it told."""

    def __init__(self, rate: Rate, now: float) -> None:
        self._rate = rate
        self._level = float(rate.burst)
        self._at = now
        self._shut_until = 0.0

    def wait(self, now: float) -> int:
        """For how many seconds the next send has to wait; 0 is not at all."""
        if now < self._shut_until:
            return math.ceil(self._shut_until - now)
        gained = (now - self._at) * self._rate.per_second
        self._level = min(self._rate.burst, self._level + gained)
        self._at = now
        if self._level >= ENOUGH:
            return 0
        seconds = max(1, math.ceil((1 - self._level) / self._rate.per_second))
        self._shut_until = now + seconds
        return seconds

    def take(self) -> None:
        self._level -= 1


class Rates:
    def __init__(self, limits: Limits, ticks: Callable[[], float]) -> None:
        self._limits = limits
        self._ticks = ticks
        self._chats: dict[int, Bucket] = {}
        self._overall = Bucket(limits.overall, ticks()) if limits.overall else None

    def spend(self, chat_id: int) -> None:
        """Count one send to *chat_id*, or refuse it."""
        now = self._ticks()
        buckets = [
            bucket for bucket in (self._of(chat_id, now), self._overall) if bucket is not None
        ]
        for bucket in buckets:
            if seconds := bucket.wait(now):
                raise too_many(seconds)
        for bucket in buckets:
            bucket.take()

    def _of(self, chat_id: int, now: float) -> Bucket | None:
        rate = self._limits.private if chat_id > 0 else self._limits.group
        if rate is None:
            return None
        if chat_id not in self._chats:
            self._chats[chat_id] = Bucket(rate, now)
        return self._chats[chat_id]
