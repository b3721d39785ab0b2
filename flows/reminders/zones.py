"""The clocks of the world, as the pinned `tzdata` has them.

What the machine has is never asked: it may be years old.  Whoever needs a clock takes it from here.
A moment is in seconds since 1970; a day is an ordinal of the calendar, 1 January of year 1 being 1;
a minute is counted from midnight, as the wall clock shows it.
"""

import zoneinfo
from datetime import date, datetime, timedelta
from functools import cache, lru_cache
from zoneinfo import ZoneInfo

from flows.reminders.rule import AN_HOUR

zoneinfo.reset_tzpath(to=())
ZoneInfo.clear_cache()

IDS = frozenset(zoneinfo.available_timezones())
DAY = 86_400
EPOCH = date(1970, 1, 1).toordinal()
_SECOND = timedelta(seconds=1)


@cache
def clock(zone: str) -> ZoneInfo:
    """The clock of *zone*; left to itself, ZoneInfo keeps eight and reads the others anew."""
    return ZoneInfo(zone)


def wall(at: int, zone: str) -> datetime:
    """What the wall clock of *zone* shows at the moment *at*."""
    return datetime.fromtimestamp(at, clock(zone))


def day_of(at: int, zone: str) -> int:
    """The local day of the moment *at*."""
    return wall(at, zone).toordinal()


def calendar(day: int) -> date:
    return date.fromordinal(day)


def minute_of(at: int, zone: str) -> int:
    """The local minute of the moment *at*."""
    shown = wall(at, zone)
    return shown.hour * AN_HOUR + shown.minute


def offset(at: int, zone: str) -> int:
    """How far the clock of *zone* is ahead of UTC at the moment *at*, in seconds."""
    ahead = wall(at, zone).utcoffset()
    assert ahead is not None, "a wall clock has an offset"
    return ahead // _SECOND


def moment(day: int, minute: int, zone: str, *, again: bool = False) -> int:
    """The first moment at which the clock of *zone* shows *minute* of *day*, or later.

    So a time that the clock jumps over is the moment of the jump, and a time that it
    shows twice is the first of the two; with *again* it is the second.
    """
    plain = datetime.fromordinal(day) + timedelta(minutes=minute)
    shown = plain.replace(tzinfo=clock(zone))
    first, second = shown.utcoffset(), shown.replace(fold=1).utcoffset()
    assert first is not None
    assert second is not None
    seconds = (day - EPOCH) * DAY + minute * 60
    early, late = seconds - first // _SECOND, seconds - second // _SECOND
    if early > late:  # the clock never shows it: it jumped somewhere between the two
        return jump(late, early, zone)
    return late if again else early


def jump(before: int, after: int, zone: str) -> int:
    """The moment between these two from which the clock of *zone* goes by another offset."""
    old = offset(before, zone)
    while after - before > 1:
        middle = (before + after) // 2
        if offset(middle, zone) == old:
            before = middle
        else:
            after = middle
    return after


@lru_cache(maxsize=10_000)
def is_on_the_calendar(day: int, zone: str) -> bool:
    """Whether *zone* has that day at all: one that moves over the date line may leave one out."""
    return day_of(moment(day, 0, zone), zone) == day
