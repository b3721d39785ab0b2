"""Every zone, every change of its clocks from 2024 to 2031, and every local time around it.

The other side of the comparison knows only when the clocks change and by how much: the first
moment at which a clock shows a time is then plain arithmetic.
"""

from collections import defaultdict
from collections.abc import Iterator
from datetime import UTC, datetime
from importlib.resources import files
from itertools import islice, pairwise
from typing import NamedTuple

import pytest

from flows.reminders.rule import Rule
from flows.reminders.when import occurrences
from flows.reminders.zones import DAY, EPOCH, IDS, jump, offset

FIRST = int(datetime(2024, 1, 1, tzinfo=UTC).timestamp())
LAST = int(datetime(2032, 1, 1, tzinfo=UTC).timestamp())
GRID = 15  # minutes
AROUND = 3  # days: the day before, of, and after
NIGHT = (22 * 60, 7 * 60)
NONE = (0, 0)


class Change(NamedTuple):
    """The clocks of *zone* are put at the moment *at*."""

    zone: str
    at: int
    before: int  # seconds ahead of UTC
    after: int


def changes(zone: str) -> Iterator[Change]:
    was = offset(FIRST, zone)
    for at in range(FIRST + DAY, LAST, DAY):
        now = offset(at, zone)
        if now != was:
            yield Change(zone, jump(at - DAY, at, zone), was, now)
        was = now


@pytest.fixture(scope="module")
def all_changes() -> list[Change]:
    """One of the zones that share a file stands for them all."""
    same: dict[bytes, list[str]] = defaultdict(list)
    for zone in sorted(IDS):
        same[files("tzdata.zoneinfo").joinpath(*zone.split("/")).read_bytes()].append(zone)
    return [change for zones in same.values() for change in changes(zones[0])]


def shows(wall: int, change: Change) -> int:
    """The first moment at which the clock shows *wall* (seconds since 1970, local) or later."""
    early = wall - change.before
    return early if early < change.at else max(change.at, wall - change.after)


def heard(at: int, change: Change, quiet: tuple[int, int]) -> int:
    """The first moment from *at* on, in steps of the grid, that is not quiet."""
    while is_within(at, change, quiet):
        at += GRID * 60
    return at


def is_within(at: int, change: Change, quiet: tuple[int, int]) -> bool:
    local = (at + (change.before if at < change.at else change.after)) // 60 % (24 * 60)
    begins, ends = quiet
    return begins != ends and (local >= begins or local < ends)


def test_there_is_much_to_look_at(all_changes: list[Change]) -> None:
    assert len(IDS) > 590
    assert len(all_changes) > 1_500
    assert {change.after - change.before for change in all_changes} >= {3600, -3600, 1800, -1800}
    assert all(change.at % (GRID * 60) == 0 for change in all_changes)


@pytest.mark.parametrize("quiet", [NONE, NIGHT], ids=["no quiet hours", "quiet nights"])
def test_one_a_day_in_order_at_the_time_that_was_agreed(
    all_changes: list[Change], quiet: tuple[int, int]
) -> None:
    for change in all_changes:
        first = (change.at + change.before) // DAY + EPOCH - 1
        for minute in range(0, 24 * 60, GRID):
            rule = Rule(change.zone, minute, every=1, quiet=quiet, since=first)
            got = list(islice(occurrences(rule, 0), AROUND))
            walls = ((day - EPOCH) * DAY + minute * 60 for day in range(first, first + AROUND))
            wanted = [heard(shows(wall, change), change, quiet) for wall in walls]
            assert got == wanted, (change, minute)
            assert all(a < b for a, b in pairwise(got)), (change, minute)
            assert not any(is_within(at, change, quiet) for at in got), (change, minute)
