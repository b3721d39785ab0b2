"""How words about when go together: lines of kinds of words, and what each line asks for.

The first line that fits is taken, so that longer ones stand before those they begin with.  `v` are
the values of the words, and behind them the day that it is today.
"""

from collections.abc import Callable, Iterator
from datetime import date

from flows.reminders.rule import A_DAY, AN_HOUR, WEEK

NOON, HOURS = 12, 24
MONDAY, SUNDAY = 0, 6
WORKDAYS, WEEKEND = (0, 1, 2, 3, 4), (5, 6)
WEEKENDS = ("weekends", "weekend")  # how it is said: each of them, or it may be one
RAREST = 14  # the most days between two reminders
LONGEST_PAUSE = 365  # days
FARTHEST = 183  # days until a date said without its year; one farther off may be just over.  Ours
MOST_OUT = 14  # days that can be left out one by one; a pause is for more
LONGEST_WAIT = A_DAY  # minutes that a reminder can be put off
EVENING = 6  # the first hour that "at night" puts after noon: "9 at night", and not "4 at night"
SMALL_HOURS = 4  # the last that it leaves before noon
UNSAID, NIGHT = -1, -2  # which half of the day: not told, or the hours of the night
HALF_AN_HOUR = 30
HUNDRED = 100
NUMBERS = ("number", "count")  # in digits, or as a word
AT = (("at",), ())  # what may stand before a time
EACH = ((), ("count",), ("in",), ("in", "count"), ("every",))  # "twice week", "twice a week"
OFF = ("halt", "never", "skip")  # what leaves reminders out
EXCEPT = (*OFF, "except")  # what leaves weekdays out of each week

Parts = dict[str, object]  # of a wish, by name
Use = Callable[[list[int]], Parts]
Line = tuple[tuple[str, ...], Use]


# What a line asks for; nothing where its numbers make no sense.


def oclock(hour: int, half: int) -> Parts:
    """A time on the hour; *half* is 0 before noon, 12 after it, or NIGHT, or UNSAID."""
    if hour >= HUNDRED:  # "1930"
        hours, minutes = divmod(hour, HUNDRED)
        is_time = hours < HOURS and minutes < AN_HOUR
        return clock(hours * AN_HOUR + minutes, half) if is_time else {}
    if half == NIGHT:
        return at_night(hour * AN_HOUR)
    if half >= 0:
        return {"minute": (hour % NOON + half) * AN_HOUR} if 1 <= hour <= NOON else {}
    return {"minute": hour % HOURS * AN_HOUR} if 0 <= hour <= HOURS else {}


def clock(minute: int, half: int) -> Parts:
    if half == NIGHT:
        return at_night(minute)
    if half == NOON and minute < NOON * AN_HOUR:
        return {"minute": minute + NOON * AN_HOUR}
    if half == 0 and minute >= NOON * AN_HOUR:
        return {"minute": minute - NOON * AN_HOUR} if minute < (NOON + 1) * AN_HOUR else {}
    return {"minute": minute}


def at_night(minute: int) -> Parts:
    """The time that *minute* of a clock is "at night": 21:00, 0:00, or 3:00."""
    hour = minute // AN_HOUR
    if EVENING <= hour < NOON:
        return {"minute": minute + NOON * AN_HOUR}
    if hour == NOON:
        return {"minute": minute - NOON * AN_HOUR}
    is_night = hour <= SMALL_HOURS or EVENING + NOON <= hour < HOURS
    return {"minute": minute} if is_night else {}


def half_of(minute: int) -> int:
    """The half of the day that a word such as "evening" is in."""
    return NOON if minute >= NOON * AN_HOUR else 0


def past(minutes: int, hour: Parts) -> Parts:
    """So many *minutes* past an *hour*; before it, where they are less than none."""
    return {name: (int(str(value)) + minutes) % A_DAY for name, value in hour.items()}


def every(days: int) -> Parts:
    return {"every": days} if 1 <= days <= RAREST else {}


def often(times: int, unit: int) -> Parts:
    """So many *times* a week."""
    return {"often": times} if unit == WEEK and 1 <= times <= WEEK else {}


def later(days: int, name: str = "pause") -> Parts:
    return {name: days} if 1 <= days <= LONGEST_PAUSE else {}


def waiting(minutes: int) -> Parts:
    return {"wait": minutes} if 0 < minutes <= LONGEST_WAIT else {}


def next_one(weekday: int, today: int) -> int:
    """How many days until the next *weekday* that is not today."""
    return (weekday - today) % WEEK + 1


def days_of(days: int) -> tuple[int, ...]:
    """The weekdays of a range, which is 7 times its first one and its last one."""
    first, last = divmod(days, WEEK)
    return tuple(sorted({(first + n) % WEEK for n in range((last - first) % WEEK + 1)}))


def in_a_row(days: int, today: int) -> tuple[int, ...]:
    """How many days until each day of a range of weekdays that begins after today."""
    begins = next_one(days // WEEK, today)
    return tuple(begins + n for n in range(len(days_of(days))))


def stretch(days: int, today: int) -> tuple[int, ...]:
    """How many days until each of those from a day to a weekday: 7 times the one and the other."""
    first, last = divmod(days, WEEK)
    return tuple(range(first, next_one(last, today) + 1))


def this_week(unit: int, today: int) -> Parts:
    """Nothing in the rest of this week."""
    return later(next_one(MONDAY, today)) if unit == WEEK else {}


def next_week(unit: int, today: int) -> Parts:
    """Nothing in the week that begins on Monday."""
    return {"leave": in_a_row(SUNDAY, today)} if unit == WEEK else {}


def until_date(day: int, month: int, today: int) -> Parts:
    """Nothing before such a date."""
    return {"pause": days} if (days := days_until(day, month, today)) else {}


def on_date(day: int, month: int, today: int) -> Parts:
    """Nothing on such a date."""
    return {"leave": (days,)} if (days := days_until(day, month, today)) else {}


def days_until(day: int, month: int, today: int) -> int:
    """How many days until the next such *day* of a *month*, or of any if that is 0; 0 if far."""
    for days in range(1, FARTHEST + 1):
        found = date.fromordinal(today + days)
        if found.day == day and month in (0, found.month):
            return days
    return 0


def fewer(times: int) -> Parts:
    """So many of the next ones left out."""
    return {"fewer": times} if 1 <= times <= MOST_OUT else {}


# Times: what may stand before an hour, the hour, and what says which half of the day it is in.

HALVES: tuple[tuple[tuple[str, ...], Callable[[list[int]], int]], ...] = (
    (("in", "clock"), lambda v: half_of(v[1])),
    (("at", "night"), lambda _: NIGHT),
    (("in", "night"), lambda _: NIGHT),
    (("half",), lambda v: v[0]),
    (("hour",), lambda _: UNSAID),
    ((), lambda _: UNSAID),
)
LEADS = (("part", "past"), ("part", "to"), ("part",), ())  # "half past", "quarter to", "half"


def times() -> Iterator[Line]:
    for at in AT:
        for behind, half in HALVES:
            yield (*at, "clock", *behind), on_the_clock(len(at), half)
        for lead in LEADS:
            for hour in NUMBERS:
                for behind, half in HALVES:
                    if hour == "number" or at or lead or behind:  # "one" alone is no time
                        yield (*at, *lead, hour, *behind), on_the_hour(len(at), lead, half)


def on_the_clock(at: int, half: Callable[[list[int]], int]) -> Use:
    return lambda v: clock(v[at], half(v[at + 1 :]))


def on_the_hour(before: int, lead: tuple[str, ...], half: Callable[[list[int]], int]) -> Use:
    at = before + len(lead)

    def parts(v: list[int]) -> Parts:
        hour = oclock(v[at], half(v[at + 1 :]))
        if not lead:
            return hour
        minutes = -v[before] if lead[-1] == "to" else v[before]
        said_in_full = len(lead) > 1 or minutes == HALF_AN_HOUR
        return past(minutes, hour) if said_in_full else {}

    return parts


def pauses() -> Iterator[Line]:
    """For how long nothing is to come; the word that leaves it out may be missing."""
    for off in (*((kind,) for kind in OFF), ()):
        yield (*off, "until", "weekday"), lambda v: later(next_one(v[-2], v[-1]))
        yield (*off, "until", "next", "unit"), lambda v: this_week(v[-2], v[-1])
        yield (*off, "until", "number", "nth", "month"), lambda v: until_date(v[-4], v[-2], v[-1])
        yield (*off, "until", "number", "nth"), lambda v: until_date(v[-3], 0, v[-1])
        yield (*off, "until", "number", "month"), lambda v: until_date(v[-3], v[-2], v[-1])
        yield (*off, "until", "month", "number", "nth"), lambda v: until_date(v[-3], v[-4], v[-1])
        yield (*off, "until", "month", "number"), lambda v: until_date(v[-2], v[-3], v[-1])
        yield (*off, "until", "month"), lambda v: until_date(1, v[-2], v[-1])
        yield (*off, "until", "day"), lambda v: later(v[-2])
        yield (*off, "for", "number", "unit"), lambda v: later(v[-3] * v[-2])
        yield (*off, "for", "count", "unit"), lambda v: later(v[-3] * v[-2])
        yield (*off, "for", "unit"), lambda v: later(v[-2])
    for kind in OFF:
        for number in NUMBERS:
            for following in ((), ("next",)):
                yield (kind, *following, number, "unit"), lambda v: later(v[-3] * v[-2])
        yield (kind, "this", "unit"), lambda v: this_week(v[2], v[-1])
        for weekend in WEEKENDS:
            yield (kind, "this", weekend), lambda v: this_week(WEEK, v[-1])


def left_out() -> Iterator[Line]:
    """Days that are left out, or weekdays from now on."""
    for kind in OFF:
        yield (kind, "day"), lambda v: {"leave": (v[1],)}
        yield (kind, "weekday"), lambda v: {"leave": (next_one(v[1], v[-1]),)}
        for number in NUMBERS:
            yield (kind, "next", number, "session"), lambda v: fewer(v[2])
            yield (kind, "next", number), lambda v: fewer(v[2])
            yield (kind, number, "session"), lambda v: fewer(v[1])
        yield (kind, "next", "session"), lambda _: fewer(1)
        for nth in (("nth",), ()):
            yield (kind, "number", *nth, "month"), lambda v: on_date(v[1], v[-2], v[-1])
            yield (kind, "month", "number", *nth), lambda v: on_date(v[2], v[1], v[-1])
        yield (kind, "number", "nth"), lambda v: on_date(v[1], 0, v[-1])
        yield (kind, "next", "unit"), lambda v: next_week(v[2], v[-1])
        yield (kind, "this", "weekday"), lambda v: {"leave": (next_one(v[2], v[-1]),)}
        yield (kind, "range"), lambda v: {"leave": in_a_row(v[1], v[-1])}
        yield (kind, "stretch"), lambda v: {"leave": stretch(v[1], v[-1])}
    for kind in EXCEPT:
        yield (kind, "each"), lambda v: {"without": (v[1],)}
        for weekend in WEEKENDS:
            yield (kind, weekend), lambda _: {"without": WEEKEND}
        yield (kind, "workdays"), lambda _: {"without": WORKDAYS}
    yield ("except", "weekday"), lambda v: {"without": (v[1],)}
    yield ("except", "range"), lambda v: {"without": days_of(v[1])}


GRAMMAR: tuple[Line, ...] = (
    (("every", "other", "unit"), lambda v: every(2 * v[2])),
    (("every", "number", "nth", "unit"), lambda v: every(v[1] * v[3])),
    (("every", "number", "unit"), lambda v: every(v[1] * v[2])),
    (("every", "count", "unit"), lambda v: every(v[1] * v[2])),
    (("every", "unit"), lambda v: every(v[1])),
    (("every", "weekday"), lambda v: {"weekdays": (v[1],)}),
    *((("often", *a, "unit"), lambda v: often(v[0], v[-2])) for a in EACH),
    *(
        ((count, "rate", *a, "unit"), lambda v: often(v[0], v[-2]))
        for count in NUMBERS
        for a in EACH
    ),
    *(
        (("every", "clock", "at", hour), lambda v: {**every(1), **oclock(v[3], half_of(v[1]))})
        for hour in NUMBERS
    ),
    (("daily",), lambda _: every(1)),
    (("weekday",), lambda v: {"weekdays": (v[0],)}),
    (("each",), lambda v: {"weekdays": (v[0],)}),
    (("range",), lambda v: {"weekdays": days_of(v[0])}),
    (("workdays",), lambda _: {"weekdays": WORKDAYS}),
    (("weekends",), lambda _: {"weekdays": WEEKEND}),
    (("weekend",), lambda _: {"weekdays": WEEKEND}),
    (("every", "weekend"), lambda _: {"weekdays": WEEKEND}),
    (("this", "weekend"), lambda v: {"start": next_one(WEEKEND[0], v[-1])}),
    *pauses(),
    *left_out(),
    (("in", "number", "unit"), lambda v: later(v[1] * v[2], "start")),
    (("in", "count", "unit"), lambda v: later(v[1] * v[2], "start")),
    (("in", "number", "hour"), lambda v: waiting(v[1] * AN_HOUR)),
    *((("in", count, "span"), lambda v: waiting(v[1] * AN_HOUR)) for count in NUMBERS),
    (("in", "part", "count", "span"), lambda v: waiting(v[1] * v[2])),  # "in half an hour"
    (("part", "count", "span"), lambda v: waiting(v[0] * v[1])),
    *((("after", count, "span"), lambda v: waiting(v[1] * AN_HOUR)) for count in NUMBERS),
    *((("in", count, "minute"), lambda v: waiting(v[1])) for count in NUMBERS),
    *(((count, "span"), lambda v: waiting(v[0] * AN_HOUR)) for count in NUMBERS),
    *(((count, "minute"), lambda v: waiting(v[0])) for count in NUMBERS),
    (("day",), lambda v: {"start": v[0]}),
    (("this", "weekday"), lambda v: {"start": next_one(v[1], v[-1])}),
    (("clock", "at", "number"), lambda v: oclock(v[2], half_of(v[0]))),  # "evening at 8"
    *times(),
    (("in", "clock"), lambda v: clock(v[1], UNSAID)),
    (("half",), lambda v: {"half": v[0]}),
)
