"""Reads when somebody wants to be reminded, as they type it: "every other day at 8", "19h".

The words are content, how they go together stands in `grammar`.  Every word must fit into it:
half a sentence understood is a reminder at the wrong time.
"""

import math
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace

from flows.reminders.grammar import GRAMMAR, LONGEST_PAUSE, NOON, NUMBERS, Parts
from flows.reminders.rule import AN_HOUR, WEEK, Rule
from flows.reminders.tokens import (
    EXACT,
    Meaning,
    Token,
    kinds_of,
    split_at,
    spread_out,
    tokens_of,
    without_first,
)

CHOOSING = ("never", "instead")  # "8 not 7", "8 instead of 7"
LISTS = ("weekdays", "without", "leave")  # parts of a wish of which more than one can be said


@dataclass(frozen=True, slots=True)
class Wish:
    """What was said, as far as it was said.  Days are counted from today."""

    minute: int | None = None  # of the day
    every: int = 0  # days
    often: int = 0  # times a week, until the weekdays are known
    weekdays: tuple[int, ...] = ()
    start: int | None = None  # not on a day before this one
    pause: int | None = None  # nothing before this day
    without: tuple[int, ...] = ()  # weekdays that are left out from now on
    half: int = -1  # of the day, for the time that was agreed: 0 before noon, 12 after it
    leave: tuple[int, ...] = ()  # these days are left out
    fewer: int = 0  # so many of the next ones are left out
    wait: int = 0  # minutes from now, for the reminder that has just come
    once: tuple[int, int] | None = None  # the next one on this day, at this minute; the rule stays
    quiet: tuple[int, int] | None = None  # quiet hours, as a rule has them
    guessed: bool = False  # that an hour is in the evening was not said


def wish(said: str, known: Meaning, today: int) -> Wish | None:
    """What *said* asks for on the day *today*; None when it is anything else."""
    first, *behind = split_at(("slip",), tokens_of(said, known))
    kinds = kinds_of(said, known)
    is_bare = len(said.split()) == 1 or "slip" in kinds or kinds == {"no", "half"}
    found = plain_wish(first, today, bare=is_bare) or chosen(first, today)
    for tokens in behind:
        found = put_right(found, without_first(tokens), today)
    return all_but(found, today) if found else None


def chosen(tokens: list[Token], today: int) -> Wish | None:
    """What is wanted in place of something of its kind: "8 not 7", "9 instead of 8"."""
    said, *refused = split_at(CHOOSING, tokens)
    if len(refused) != 1:
        return None
    parts = (said, *refused)
    wanted, unwanted = (plain_wish(part, today, bare=False) for part in parts)
    halves, others = ({token.kind for token in part} & set(EXACT) for part in parts)
    if not wanted or not unwanted or (others and not halves):  # "7 not in the morning"
        return None
    return wanted if said_in(wanted).keys() == said_in(unwanted).keys() else None


def put_right(found: Wish | None, tokens: list[Token], today: int) -> Wish | None:
    """*found* with what a slip puts right; None where that is nothing that was said before."""
    said = plain_wish(tokens, today, bare=True)
    if not found or not said:
        return None
    if said == Wish(half=said.half) and found.minute is not None:
        return replace(found, minute=in_half(found.minute, said.half))
    right = said_in(said)
    is_hour = {token.kind for token in tokens} <= {"at", *NUMBERS}
    if said.minute is not None and is_hour and (found.minute or 0) >= NOON * AN_HOUR > said.minute:
        right["minute"] = in_half(said.minute, NOON)  # "8 pm, no wait, 9"
    return replace(found, **right) if right.keys() <= said_in(found).keys() else None  # type: ignore[arg-type]


def all_but(found: Wish, today: int) -> Wish | None:
    """*found* with the weekdays that are left where it leaves some out of every so many days."""
    if not (found.every and found.without):
        return found
    rule = Rule("", 0, every=found.every, anchor=today + (found.start or 0))
    left = without(rule, found.without) if found.every < WEEK else ()
    return replace(found, every=0, without=(), weekdays=left) if left else None


def said_in(found: Wish) -> Parts:
    """The parts of *found* that were said."""
    return {name: value for name, value in asdict(found).items() if value != getattr(Wish(), name)}


def in_half(minute: int, half: int) -> int:
    """*minute* in the half of the day that begins at the hour *half*."""
    return minute % (NOON * AN_HOUR) + half * AN_HOUR


def plain_wish(tokens: list[Token], today: int, *, bare: bool) -> Wish | None:
    """What *tokens* ask for, where nothing of it is taken back."""
    tokens = spread_out(tokens)
    found, at = Wish(), 0
    while at < len(tokens):
        size, parts = match(tokens[at:], today, alone=len(tokens) == 1, bare=bare)
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
    found = on_weekdays(found)
    return found if makes_sense(found) else None


def on_weekdays(found: Wish) -> Wish:
    """*found* with so many weekdays as it says times a week, as far apart as they can be.

    If they are said, too, there must be as many: "once a week on saturday".
    """
    times = found.often
    if not times or len(found.weekdays) == times:
        return replace(found, often=0)
    if found.weekdays:
        return found
    return replace(found, often=0, weekdays=tuple(n * WEEK // times for n in range(times)))


def span(said: str, known: Meaning) -> int:
    """The days that *said* is, where it is asked for how many: "3", "10 days", "a week"; else 0."""
    tokens = tokens_of(said, known)
    kinds = tuple(token.kind for token in tokens)
    if kinds not in (("number",), ("unit",), ("number", "unit"), ("count", "unit")):
        return 0
    days = math.prod(token.value for token in tokens)
    return days if days <= LONGEST_PAUSE else 0


def makes_sense(found: Wish) -> bool:
    on_days = [bool(found.every or found.without), bool(found.weekdays), bool(found.often)]
    timed = found.minute is not None or found.half >= 0 or found.start is not None
    plans = timed or any(on_days)
    kinds = [plans, found.pause is not None, bool(found.leave or found.fewer), found.wait > 0]
    return sum(kinds) == 1 and sum(on_days) <= 1


def match(tokens: list[Token], today: int, *, alone: bool, bare: bool) -> tuple[int, Parts]:
    """How many of *tokens* the first fitting line of the grammar takes, and what they say.

    A number is a time only if it stands *alone*, and a mere "pm" is one only if it is *bare*, too.
    """
    for kinds, use in GRAMMAR:
        size = len(kinds)
        if tuple(token.kind for token in tokens[:size]) != kinds:
            continue
        if (kinds == ("number",) and not alone) or (kinds == ("half",) and not (alone and bare)):
            continue
        parts = use([*(token.value for token in tokens[:size]), today])
        if parts:
            return size, parts
    return 0, {}


def agreed(rule: Rule, said: Wish, today: int) -> Rule:
    """*rule* as *said*, which asks for no pause, changes it today; what was not said stays."""
    start = today + (said.start or 0)
    since = start if said.start is not None else max(start, rule.since)
    skipped = tuple(day for day in rule.skipped if said.start is None or day != start)
    rule = rule.but(on=True, skipped=skipped, since=since)
    if said.minute is not None:
        rule = rule.but(minute=said.minute)
    if said.half >= 0:
        rule = rule.but(minute=in_half(rule.minute, said.half))
    if said.weekdays:
        return rule.but(weekdays=said.weekdays)
    if said.without:
        return rule.but(weekdays=without(rule, said.without))
    if said.every:
        return rule.but(every=said.every, weekdays=(), anchor=start, agreed=0)
    if said.start is None:
        return rule
    return rule.but(anchor=start, agreed=rule.agreed or rule.anchor)


def without(rule: Rule, left_out: tuple[int, ...]) -> tuple[int, ...]:
    """The weekdays of *rule* but for those *left_out*, no denser than before; none if none is left.

    Days that lie more than a week apart can not be said as weekdays.
    """
    if rule.weekdays:
        return tuple(day for day in rule.weekdays if day not in left_out)
    if rule.every > WEEK:
        return ()
    days = [day for day in range(WEEK) if day not in left_out]
    now = (rule.anchor - 1) % WEEK
    ways = [spread(days, first, rule.every) for first in days]
    return max(ways, key=lambda way: (len(way), now in way), default=())


def spread(days: Sequence[int], first: int, apart: int) -> tuple[int, ...]:
    """Those of *days* from *first* on that lie so many days *apart*, or more, over weeks, too."""
    picked = [first]
    for day in days:
        if day >= picked[-1] + apart and day + apart <= first + WEEK:
            picked.append(day)
    return tuple(picked)
