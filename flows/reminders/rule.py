"""What a person and the bot have agreed: when, on which days, and when to keep still."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import count, pairwise

WEEK = 7  # days
AN_HOUR, A_DAY = 60, 24 * 60  # minutes
QUIET = (22 * AN_HOUR, 8 * AN_HOUR)  # of a rule that tells none; what is offered is content


@dataclass(frozen=True, slots=True)
class Rule:
    """A reminder as a rule of local time.  Days are ordinals, minutes count from midnight.

    The days are every *every* of them, counted on the calendar from *anchor*; or, when
    *weekdays* holds any (Monday is 0), those of each week.
    """

    zone: str  # as the zone database names it: "Europe/Berlin"
    minute: int
    every: int = 2
    weekdays: tuple[int, ...] = ()
    anchor: int = 1
    quiet: tuple[int, int] = QUIET  # from, until; the same twice is none
    since: int = 0  # no reminder on an earlier day: it begins then, or is paused until then
    skipped: tuple[int, ...] = ()  # days that the person has left out
    on: bool = True
    agreed: int = 0  # the anchor before the start alone was moved; 0: it was not

    def but(self, **changes: object) -> "Rule":
        return replace(self, **changes)  # type: ignore[arg-type]


def as_agreed(rule: Rule, today: int) -> Rule:
    """*rule* with nothing that is left out, or begins on a later day than was agreed."""
    anchor = rule.agreed if rule.agreed and rule.since > today else rule.anchor
    return rule.but(since=0, skipped=(), anchor=anchor, agreed=0)


def days(rule: Rule, first: int) -> Iterator[int]:
    """The days on which *rule* reminds, from *first* on, without end."""
    first = max(first, rule.since, 1)
    if rule.weekdays:
        held = (day for day in count(first) if (day - 1) % WEEK in rule.weekdays)
    else:
        held = (day for day in count(first + (rule.anchor - first) % rule.every, rule.every))
    return (day for day in held if day not in rule.skipped)


def period(rule: Rule) -> int:
    """The fewest days between two reminders."""
    if not rule.weekdays:
        return rule.every
    held = sorted(set(rule.weekdays))
    return min(b - a for a, b in pairwise([*held, held[0] + WEEK]))


def is_quiet(minute: int, quiet: tuple[int, int]) -> bool:
    """Whether *minute* is among the quiet hours, which may go over midnight."""
    begins, ends = quiet
    if begins <= ends:
        return begins <= minute < ends
    return minute >= begins or minute < ends
