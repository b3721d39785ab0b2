"""Reads quiet hours as they are typed: "quiet from 10pm to 7", "not before 8", "nights".

As in `words`, every word must fit.  Where an hour may be in the morning or in the evening, the
shorter quiet hours are meant; if both are as long, nothing is taken for sure.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import product

from flows.reminders.grammar import NOON, at_night, half_of
from flows.reminders.rule import A_DAY, AN_HOUR
from flows.reminders.tokens import Meaning, Token, tokens_of

FIRST = AN_HOUR  # the minute of one in the morning: what is before it is said in 24 hours
UNITS = {"clock": 1, "number": AN_HOUR}  # minutes
LONGEST = 22 * AN_HOUR  # minutes: some of the day must be left to remind in

_QUIET = r"(?:quiet(?: span)?|never|halt)"
_TIMES = r"(?:from )?time(?: until| to)? time"
_NIGHT = r"(?:(?:at|in) )?night"
# What is said, as kinds of words; and what of it stands only where one asks for quiet hours.
_BOTH = re.compile(rf"{_QUIET} {_TIMES}")
_BOTH_HERE = re.compile(_TIMES)
_BEGINS = re.compile(r"(?:quiet(?: span)? (?:from|after)|(?:never|halt) after) time")
_ENDS = re.compile(r"(?:quiet(?: span)? until|(?:never|halt) before) time")
_NIGHTS = re.compile(rf"{_QUIET} {_NIGHT}")
_NIGHTS_HERE = re.compile(_NIGHT)

Times = tuple[int, ...]  # minutes of the day, any of which may be meant


@dataclass(frozen=True, slots=True)
class Hours:
    """When it is to be quiet, as far as it was said; what was not said is empty."""

    begins: Times = ()
    ends: Times = ()


def quieting(said: str, known: Meaning, night: tuple[int, int], *, here: bool) -> Hours | None:
    """What *said* asks for; None when it is anything else.

    *night* is from when until when a night is; *here*: quiet hours are asked for.
    """
    kinds, times = timed(tokens_of(said, known))
    line = " ".join(kinds)
    if _NIGHTS.fullmatch(line) or (here and _NIGHTS_HERE.fullmatch(line)):
        return Hours(night[:1], night[1:])
    if _BOTH.fullmatch(line) or (here and _BOTH_HERE.fullmatch(line)):
        return Hours(times[0], times[1])
    if _BEGINS.fullmatch(line):
        return Hours(begins=times[0][::-1])  # "not after 9" is likelier in the evening
    return Hours(ends=times[0]) if _ENDS.fullmatch(line) else None


def resolved(hours: Hours, before: tuple[int, int]) -> tuple[int, int] | None:
    """The quiet hours that *hours* make of those *before*; None where that cannot be told.

    If but half of them was said, the likeliest that makes any is meant, else the shortest.
    """
    if not (hours.begins and hours.ends):
        ways = product(hours.begins or before[:1], hours.ends or before[1:])
        return next((way for way in ways if 0 < (way[1] - way[0]) % A_DAY <= LONGEST), None)
    found: dict[int, list[tuple[int, int]]] = {}
    for begins, ends in product(hours.begins, hours.ends):
        found.setdefault((ends - begins) % A_DAY, []).append((begins, ends))
    shortest = min((long for long in found if long), default=0)
    meant = found.get(shortest, [])
    return meant[0] if len(meant) == 1 and 0 < shortest <= LONGEST else None


def timed(tokens: Sequence[Token]) -> tuple[list[str], list[Times]]:
    """The kinds of *tokens*, with each time of day as one "time"; and these times.

    Beside "20:00" a "12:00" is noon.
    """
    kinds: list[str] = []
    times: list[Times] = []
    in_24_hours = any(minute(token) >= (NOON + 1) * AN_HOUR for token in tokens)
    at = 0
    while at < len(tokens):
        token, behind = tokens[at], tokens[at + 1 :]
        at += 1
        if token.kind not in ("clock", "number"):
            kinds.append(token.kind)
            continue
        size, ways = halved(either(minute(token)), behind)
        if not size and (token.is_exact or in_24_hours):
            ways = (minute(token) % A_DAY,)
        kinds.append("time" if ways and minute(token) <= A_DAY else "unknown")
        times.append(ways)
        at += size
    return kinds, times


def minute(token: Token) -> int:
    """The minute of the day that *token* shows; 0 where it is no time."""
    return token.value * UNITS.get(token.kind, 0)


def halved(ways: Times, behind: Sequence[Token]) -> tuple[int, Times]:
    """How many words *behind* a time tell more of it, and which of its *ways* are left."""
    kinds = tuple(token.kind for token in behind[:2])
    if kinds[:1] == ("hour",):
        return 1, ways
    if kinds[:1] == ("half",):
        return 1, in_half(ways, behind[0].value)
    if kinds == ("in", "clock"):  # "in the morning"
        return 2, in_half(ways, half_of(behind[1].value))
    if kinds in (("at", "night"), ("in", "night")):
        return 2, tuple(way for way in ways if at_night(way) == {"minute": way})
    return 0, ways


def in_half(ways: Times, half: int) -> Times:
    return tuple(way for way in ways if way // (NOON * AN_HOUR) == half // NOON)


def either(minute: int) -> Times:
    """What *minute* may mean: up to 12:59 it may be before or after noon."""
    minute %= A_DAY
    if FIRST <= minute < (NOON + 1) * AN_HOUR:
        early = minute % (NOON * AN_HOUR)
        return early, early + NOON * AN_HOUR
    return (minute,)
