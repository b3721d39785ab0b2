"""The moments of a rule: one function says which comes next, and all else follows from it.

1. Days are counted on the calendar, never in hours from the last reminder.
2. A wall time is the first moment at which the clock shows it, or later.  So a time that is
   left out in spring comes at the jump, and one that is shown twice in autumn comes once.
3. What would fall in quiet hours comes when they end.
4. When very many are due at once, one may come a little later, but never in quiet hours.
5. After a move to another zone at least half a period lies between two reminders.
"""

from collections.abc import Iterator
from functools import lru_cache
from itertools import islice

from flows.reminders.rule import Rule, days, is_quiet, period
from flows.reminders.zones import DAY, day_of, is_on_the_calendar, minute_of, moment

SPREAD = 5  # minutes by which a reminder may come later, at the most.  Ours
BEFORE = 2  # days: quiet hours may carry a reminder over midnight


def occurrence(day: int, rule: Rule) -> int:
    """The moment at which *rule* reminds for *day*."""
    return awake(moment(day, rule.minute, rule.zone), rule)


def awake(at: int, rule: Rule) -> int:
    """The first moment from *at* on that is not in the quiet hours of *rule*."""
    while is_quiet(minute_of(at, rule.zone), rule.quiet):
        day, ends = day_of(at, rule.zone), rule.quiet[1]
        if minute_of(at, rule.zone) >= ends:
            day += 1
        end = moment(day, ends, rule.zone)
        at = end if end > at else moment(day, ends, rule.zone, again=True)
    return at


@lru_cache(maxsize=10_000)
def slack(at: int, rule: Rule) -> int:
    """By how many seconds what is due at *at* may come later: the same day, and not when quiet."""
    day = day_of(at, rule.zone)
    for minutes in range(1, SPREAD + 1):
        later = at + minutes * 60
        quiet = is_quiet(minute_of(later, rule.zone), rule.quiet)
        if quiet or day_of(later, rule.zone) != day:
            return (minutes - 1) * 60
    return SPREAD * 60


def occurrences(rule: Rule, after: int, last: int = 0) -> Iterator[int]:
    """The moments of *rule* later than *after*, in order, without end.

    *last* is when a reminder last came, 0 when none has: half a period is kept from it.
    """
    return (at for _, at in dated(rule, after, last))


def dated(rule: Rule, after: int, last: int = 0) -> Iterator[tuple[int, int]]:
    """The occurrences of *rule*: for which day, and the moment.

    A day has none of its own if all of it that is not quiet is left out in spring: the next has.
    """
    earliest = max(after + 1, last + period(rule) * DAY // 2 if last else 0)
    for day in days(rule, day_of(after, rule.zone) - BEFORE):
        at = occurrence(day, rule)
        if at >= earliest and is_on_the_calendar(day, rule.zone):
            yield day, at
            earliest = at + 1


@lru_cache(maxsize=10_000)
def following(rule: Rule, after: int, last: int = 0) -> int | None:
    """The next moment of *rule* later than *after*; None when it is off."""
    return next(occurrences(rule, after, last)) if rule.on else None


def coming(rule: Rule, after: int, last: int = 0, many: int = 2) -> tuple[int, ...]:
    """The next few moments of *rule*."""
    return tuple(islice(occurrences(rule, after, last), many)) if rule.on else ()
