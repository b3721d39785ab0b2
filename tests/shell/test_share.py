"""What a process may send of the rate of all."""

import asyncio
import math

import pytest

from bot.share import AHEAD, PART, Share
from data.store import StoreAway

RATE = 50
SPACING = 1 / RATE


class Row:
    """The row that all processes share, on a clock of its own."""

    def __init__(self) -> None:
        self.used_until = 0.0
        self.taken: list[float] = []
        self.away = False

    async def take(self, seconds: float) -> float:
        if self.away:
            raise StoreAway
        now = asyncio.get_running_loop().time()
        self.taken.append(seconds)
        first = max(self.used_until, now)
        self.used_until = first + seconds
        return first - now


async def test_others_ask_for_a_few_and_get_them_one_after_the_other() -> None:
    row, granted = Row(), asyncio.Event()
    share, now = Share(RATE, row.take), asyncio.get_running_loop().time()
    share.open(granted.set)
    assert share.wait(now, 100) == math.inf
    await granted.wait()
    assert row.taken == [RATE // PART * SPACING]
    waits = []
    for _ in range(RATE // PART):
        waits.append(share.wait(now, 100))
        share.count(now)
    assert waits == sorted(waits)
    assert waits[-1] - waits[0] > (RATE // PART - 2) * SPACING
    assert share.wait(now, 100) == math.inf, "no more than was taken"
    share.close()


async def test_an_answer_waits_for_no_database_until_too_many_went_ahead() -> None:
    row = Row()
    row.away = True
    share, now = Share(RATE, row.take), asyncio.get_running_loop().time()
    gone = 0
    while share.wait(now, 0) == 0 and gone < 1_000:
        share.count(now)
        gone += 1
    assert gone == pytest.approx(AHEAD * RATE, abs=1)
    share.close()


async def test_what_went_ahead_is_counted_for_all() -> None:
    row, granted = Row(), asyncio.Event()
    share, now = Share(RATE, row.take), asyncio.get_running_loop().time()
    share.open(granted.set)
    for _ in range(3):
        share.count(now)
    await asyncio.wait_for(granted.wait(), 1)
    assert row.taken == [3 * SPACING]
    share.close()
