"""Reads when somebody wants to be reminded, as they type it: "every other day at 8", "19h".

The words are content; here is only their grammar.  Every word must fit into it: half a
sentence understood is a reminder at the wrong time.
"""

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace

from flows.reminders.rule import WEEK, Rule

NOON, HOURS = 12, 24
HOUR = ("number", "count")  # in digits, or as a word
AT = ((), ("at",))  # what may stand before a time
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
    found, at = Wish(), 0
    while at < len(tokens):
        size, parts = match(tokens[at:], weekday, alone=len(tokens) == 1)
        if not size:
            return None
        for name, value in parts.items():
            if name != "weekdays" and getattr(found, name) != getattr(Wish(), name):
                return None  # said twice
            both = {*found.weekdays, *value} if name == "weekdays" else value  # type: ignore[misc]
            parts[name] = tuple(sorted(both)) if isinstance(both, set) else value
        found = replace(found, **parts)  # type: ignore[arg-type]
        at += size
    return found if makes_sense(found) else None


def makes_sense(found: Wish) -> bool:
    plans = found.minute is not None or found.every or found.weekdays or found.start is not None
    kinds = [bool(plans), found.pause is not None, found.wait > 0]
    return sum(kinds) == 1 and not (found.every and found.weekdays)


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
        if kinds == ("number",) and not alone:
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
    (("until", "weekday"), lambda v: later(next_one(v[1], v[-1]))),
    (("until", "day"), lambda v: later(v[1])),
    (("for", "number", "unit"), lambda v: later(v[1] * v[2])),
    (("for", "count", "unit"), lambda v: later(v[1] * v[2])),
    (("for", "unit"), lambda v: later(v[1])),
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
)  # fmt: skip


def agreed(rule: Rule, said: Wish, today: int) -> Rule:
    """*rule* as *said*, which asks for no pause, changes it today; what was not said stays."""
    start = today + (said.start or 0)
    rule = rule.but(on=True, skipped=0, since=start)
    if said.minute is not None:
        rule = rule.but(minute=said.minute)
    if said.weekdays:
        return rule.but(weekdays=said.weekdays)
    if said.every:
        return rule.but(every=said.every, weekdays=(), anchor=start)
    return rule.but(anchor=start) if said.start is not None else rule
