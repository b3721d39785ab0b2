"""Reads when somebody wants to be reminded, as they type it: "every other day at 8", "19h".

The words are content; here is only their grammar.  Every word must fit into it: half a
sentence understood is a reminder at the wrong time.
"""

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from flows.reminders.rule import WEEK, Rule

NOON, HOURS = 12, 24
HOUR = ("number", "count")  # in digits, or as a word
AT = ((), ("at",))  # what may stand before a time
ALONE = (("number",), ("half",))  # kinds that mean a time only where nothing else is said
LISTS = ("weekdays", "without")  # parts of a wish of which more than one can be said
SLIPPING = 3  # tokens; what is taken back is said at the beginning
OFF = ("halt", "never", "skip")  # what leaves reminders out
EVENING = 5  # the first hour that "at night" puts after noon: "9 at night", and not "4 at night"
HALF_AN_HOUR = 30
RAREST = 14  # the most days between two reminders
LONGEST_PAUSE = 365  # days
LONGEST_WAIT = 24 * 60  # minutes that a reminder can be put off

_CLOCK = r"(?:[01]?\d|2[0-3])(?:[:.][0-5]\d|h[0-5]\d)"
_TOKEN = re.compile(rf"{_CLOCK}(?!\d)|\d+|[^\W\d_]+")


@dataclass(frozen=True, slots=True)
class Wish:
    """What was said, as far as it was said.  Days are counted from today."""

    minute: int | None = None  # of the day
    every: int = 0  # days
    weekdays: tuple[int, ...] = ()
    start: int | None = None  # not on a day before this one
    pause: int | None = None  # nothing before this day
    without: tuple[int, ...] = ()  # weekdays that are left out from now on
    half: int = -1  # of the day, for the time that was agreed: 0 before noon, 12 after it
    leave: int | None = None  # this one day is left out
    wait: int = 0  # minutes from now, for the reminder that has just come
    quiet: tuple[int, int] | None = None  # quiet hours, as a rule has them


@dataclass(frozen=True, slots=True)
class Token:
    kind: str  # "number", "clock", or what a word of the content means: "every", "weekday"
    value: int = 0


Meaning = Mapping[str, Token]
Use = Callable[[list[int]], dict[str, object]]  # values -> parts of a wish


def vocabulary(words: Mapping[str, Iterable[str]], times: Mapping[str, Iterable[str]]) -> Meaning:
    """What each word means: *words* by meaning, as "weekday 0" or "every", *times* by clock."""
    known: dict[str, Token] = {}
    for meaning, said in words.items():
        kind, _, value = meaning.partition(" ")
        known |= {word: Token(kind, int(value or 0)) for word in said}
    for shown, said in times.items():
        hours, minutes = shown.split(":")
        known |= {word: Token("clock", int(hours) * 60 + int(minutes)) for word in said}
    return known


def wish(said: str, known: Meaning, weekday: int) -> Wish | None:
    """What *said* asks for on a *weekday* (Monday is 0); None when it is anything else."""
    tokens = [token for token in tokens_of(said, known) if token.kind != "filler"]
    tokens = without_slip(tokens)
    found, at = Wish(), 0
    while at < len(tokens):
        size, parts = match(tokens[at:], weekday, alone=len(tokens) == 1)
        if not size:
            return None
        for name, value in parts.items():
            listed = name in LISTS
            if not listed and getattr(found, name) != getattr(Wish(), name):
                return None  # said twice
            both = {*getattr(found, name), *value} if listed else value  # type: ignore[misc]
            parts[name] = tuple(sorted(both)) if isinstance(both, set) else value
        found = replace(found, **parts)  # type: ignore[arg-type]
        at += size
    return found if makes_sense(found) else None


def without_slip(tokens: list[Token]) -> list[Token]:
    """*tokens* behind what takes back something that was said before."""
    slips = [number for number, token in enumerate(tokens[:SLIPPING]) if token.kind == "slip"]
    return tokens[slips[-1] + 1 :] if slips else tokens


def makes_sense(found: Wish) -> bool:
    on_days = [bool(found.every), bool(found.weekdays), bool(found.without)]
    timed = found.minute is not None or found.half >= 0 or found.start is not None
    plans = timed or any(on_days)
    kinds = [plans, found.pause is not None, found.leave is not None, found.wait > 0]
    return sum(kinds) == 1 and sum(on_days) <= 1


def tokens_of(said: str, known: Meaning) -> Iterable[Token]:
    folded = unicodedata.normalize("NFKC", said).lower().replace("\u2019", "'").replace("'", "")
    for word in _TOKEN.findall(folded):
        if word.isdecimal():
            yield Token("number", int(word[:6]))
        elif word[0].isdecimal():
            hours, minutes = re.split("[:.h]", word)
            yield Token("clock", int(hours) * 60 + int(minutes))
        else:
            yield known.get(word, Token("unknown"))


def match(tokens: list[Token], weekday: int, *, alone: bool) -> tuple[int, dict[str, object]]:
    """How many of *tokens* the first fitting line of the grammar takes, and what they say."""
    for kinds, use in GRAMMAR:
        size = len(kinds)
        if tuple(token.kind for token in tokens[:size]) != kinds:
            continue
        if kinds in ALONE and not alone:
            continue
        parts = use([*(token.value for token in tokens[:size]), weekday])
        if parts:
            return size, parts
    return 0, {}


def oclock(hour: int, half: int = -1) -> dict[str, object]:
    """A time on the hour; *half* is 0 before noon, 12 after it, -1 not said."""
    if half >= 0:
        return {"minute": (hour % NOON + half) * 60} if 1 <= hour <= NOON else {}
    return {"minute": hour % HOURS * 60} if 0 <= hour <= HOURS else {}


def clock(minute: int, half: int) -> dict[str, object]:
    if half == NOON and minute < NOON * 60:
        return {"minute": minute + NOON * 60}
    if half == 0 and minute >= NOON * 60:
        return {"minute": minute - NOON * 60} if minute < (NOON + 1) * 60 else {}
    return {"minute": minute}


def every(days: int) -> dict[str, object]:
    return {"every": days} if 1 <= days <= RAREST else {}


def later(days: int, name: str = "pause") -> dict[str, object]:
    return {name: days} if 1 <= days <= LONGEST_PAUSE else {}


def waiting(minutes: int) -> dict[str, object]:
    return {"wait": minutes} if 0 < minutes <= LONGEST_WAIT else {}


def next_one(weekday: int, today: int) -> int:
    """How many days until the next *weekday* that is not today."""
    return (weekday - today - 1) % WEEK + 1


def half_of(minute: int) -> int:
    """The half of the day that a word such as "evening" is in."""
    return NOON if minute >= NOON * 60 else 0


def at_night(minute: int) -> dict[str, object]:
    """The time of day that *minute* of a clock is "at night": 21:00, 0:00, or 3:00."""
    if minute >= (NOON + 1) * 60:
        return {"minute": minute}
    late = EVENING * 60 <= minute < NOON * 60
    return {"minute": (minute + NOON * 60 if late else minute % (NOON * 60))}


def half_past(minutes: int, hour: dict[str, object]) -> dict[str, object]:
    """Half past an *hour*, where no "past" is said: "half 8"."""
    return past(minutes, hour) if minutes == HALF_AN_HOUR else {}


def this(unit: int, weekday: int) -> dict[str, object]:
    """Nothing in the rest of this week."""
    return later(next_one(0, weekday)) if unit == WEEK else {}


def past(minutes: int, hour: dict[str, object]) -> dict[str, object]:
    """So many *minutes* past an *hour*."""
    return {name: (int(str(value)) + minutes) for name, value in hour.items()}


# From the top; the first line that fits is taken.  `v` are the values, and today's weekday.
GRAMMAR: tuple[tuple[tuple[str, ...], Use], ...] = (
    (("every", "other", "unit"), lambda v: every(2 * v[2])),
    (("every", "number", "unit"), lambda v: every(v[1] * v[2])),
    (("every", "count", "unit"), lambda v: every(v[1] * v[2])),
    (("every", "unit"), lambda v: every(v[1])),
    (("every", "weekday"), lambda v: {"weekdays": (v[1],)}),
    (("daily",), lambda _: every(1)),
    (("weekday",), lambda v: {"weekdays": (v[0],)}),
    (("workdays",), lambda _: {"weekdays": (0, 1, 2, 3, 4)}),
    (("weekends",), lambda _: {"weekdays": (5, 6)}),
    *(row for off in ((), *((kind,) for kind in OFF)) for row in (
        ((*off, "until", "weekday"), lambda v: later(next_one(v[-2], v[-1]))),
        ((*off, "until", "day"), lambda v: later(v[-2])),
        ((*off, "for", "number", "unit"), lambda v: later(v[-3] * v[-2])),
        ((*off, "for", "count", "unit"), lambda v: later(v[-3] * v[-2])),
        ((*off, "for", "unit"), lambda v: later(v[-2])),
    )),
    *(row for off in OFF for row in (
        ((off, "day"), lambda v: {"leave": v[1]}),
        ((off, "number", "unit"), lambda v: later(v[1] * v[2])),
        ((off, "count", "unit"), lambda v: later(v[1] * v[2])),
        ((off, "unit"), lambda v: this(v[1], v[-1])),
    )),
    (("skip", "weekday"), lambda v: {"leave": next_one(v[1], v[-1])}),
    (("never", "weekday"), lambda v: {"without": (v[1],)}),
    (("never", "weekends"), lambda _: {"without": (5, 6)}),
    (("never", "workdays"), lambda _: {"without": (0, 1, 2, 3, 4)}),
    (("in", "number", "unit"), lambda v: later(v[1] * v[2], "start")),
    (("in", "count", "unit"), lambda v: later(v[1] * v[2], "start")),
    (("in", "number", "hour"), lambda v: waiting(v[1] * 60)),
    (("in", "count", "hour"), lambda v: waiting(v[1] * 60)),
    (("in", "number", "minute"), lambda v: waiting(v[1])),
    (("day",), lambda v: {"start": v[0]}),
    (("clock", "half"), lambda v: clock(v[0], v[1])),
    (("clock", "in", "clock"), lambda v: clock(v[0], half_of(v[2]))),
    *(((*at, hour, "in", "clock"), lambda v: oclock(v[-4], half_of(v[-2])))
      for at in AT for hour in HOUR),
    *(((*at, hour, "at", "night"), lambda v: at_night(v[-4] % HOURS * 60))
      for at in AT for hour in HOUR),
    *(((*at, "clock", "at", "night"), lambda v: at_night(v[-4])) for at in AT),
    (("in", "clock"), lambda v: clock(v[1], -1)),
    (("half",), lambda v: {"half": v[0]}),
    (("clock", "hour"), lambda v: clock(v[0], -1)),
    (("clock",), lambda v: clock(v[0], -1)),
    (("at", "clock", "half"), lambda v: clock(v[1], v[2])),
    (("at", "clock"), lambda v: clock(v[1], -1)),
    (("at", "number", "half"), lambda v: oclock(v[1], v[2])),
    (("at", "number", "hour"), lambda v: oclock(v[1])),
    (("at", "number"), lambda v: oclock(v[1])),
    (("number", "half"), lambda v: oclock(v[0], v[1])),
    (("count", "half"), lambda v: oclock(v[0], v[1])),
    (("at", "count", "half"), lambda v: oclock(v[1], v[2])),
    (("at", "count"), lambda v: oclock(v[1])),
    (("number", "hour"), lambda v: oclock(v[0])),
    (("number",), lambda v: oclock(v[0])),
    *(((*at, "part", "past", hour, "half"), lambda v: past(v[-5], oclock(v[-3], v[-2])))
      for at in AT for hour in HOUR),
    *(((*at, "part", "past", hour, "in", "clock"),
       lambda v: past(v[-6], oclock(v[-4], half_of(v[-2])))) for at in AT for hour in HOUR),
    *(((*at, "part", "past", hour), lambda v: past(v[-4], oclock(v[-2])))
      for at in AT for hour in HOUR),
    *(((*at, "part", hour, "half"), lambda v: half_past(v[-4], oclock(v[-3], v[-2])))
      for at in AT for hour in HOUR),
    *(((*at, "part", hour, "in", "clock"),
       lambda v: half_past(v[-5], oclock(v[-4], half_of(v[-2])))) for at in AT for hour in HOUR),
    *(((*at, "part", hour), lambda v: half_past(v[-3], oclock(v[-2])))
      for at in AT for hour in HOUR),
)  # fmt: skip


def agreed(rule: Rule, said: Wish, today: int) -> Rule:
    """*rule* as *said*, which asks for no pause, changes it today; what was not said stays."""
    start = today + (said.start or 0)
    rule = rule.but(on=True, skipped=0, since=start)
    if said.minute is not None:
        rule = rule.but(minute=said.minute)
    if said.half >= 0:
        rule = rule.but(minute=rule.minute % (NOON * 60) + said.half * 60)
    if said.weekdays:
        return rule.but(weekdays=said.weekdays)
    if said.without:
        return rule.but(weekdays=without(rule, said.without))
    if said.every:
        return rule.but(every=said.every, weekdays=(), anchor=start)
    return rule.but(anchor=start) if said.start is not None else rule


def without(rule: Rule, left_out: tuple[int, ...]) -> tuple[int, ...]:
    """The weekdays of *rule* but for those *left_out*; it reminds no more often than before."""
    if rule.weekdays:
        return tuple(day for day in rule.weekdays if day not in left_out) or rule.weekdays
    days = [day for day in range(WEEK) if day not in left_out]
    return max((spread(days, first, rule.every) for first in days), key=len, default=())


def spread(days: Sequence[int], first: int, apart: int) -> tuple[int, ...]:
    """Those of *days* from *first* on that lie so many days *apart*, or more, over weeks, too."""
    picked = [first]
    for day in days:
        if day >= picked[-1] + apart and day + apart <= first + WEEK:
            picked.append(day)
    return tuple(picked)
