"""Rules of local time, whatever the zone, the days, the quiet hours and the moves."""

import sys
import zoneinfo
from datetime import UTC, date, datetime
from itertools import islice, pairwise

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from flows.reminders.rule import Rule, days, is_quiet, period
from flows.reminders.when import awake, coming, following, occurrence, occurrences
from flows.reminders.zones import DAY, IDS, day_of, minute_of, moment, wall

NOW = int(datetime(2026, 11, 25, 12, tzinfo=UTC).timestamp())
YEARS = 8 * 365 * DAY

zones = st.sampled_from(sorted(IDS))
minutes = st.integers(0, 24 * 60 - 1)
moments = st.integers(NOW, NOW + YEARS)
weekdays = st.sets(st.integers(0, 6)).map(lambda held: tuple(sorted(held)))
rules = st.builds(
    Rule,
    zone=zones,
    minute=minutes,
    every=st.integers(1, 14),
    weekdays=weekdays,
    anchor=st.integers(739_000, 742_000),
    quiet=st.tuples(minutes, minutes),
)


def local(year: int, month: int, day: int, clock: str, zone: str) -> int:
    hours, of_hour = clock.split(":")
    return moment(date(year, month, day).toordinal(), int(hours) * 60 + int(of_hour), zone)


def shown(at: int, zone: str) -> str:
    return wall(at, zone).strftime("%a %d %b %H:%M")


@given(rules, moments)
@example(Rule("Africa/Cairo", 0, every=1, quiet=(1, 0), anchor=739_000), 2_029_442_400)
def test_what_comes_next_is_later_and_outside_of_quiet_hours(rule: Rule, after: int) -> None:
    found = list(islice(occurrences(rule, after), 5))
    assert all(a < b for a, b in pairwise([after, *found]))
    assert not any(is_quiet(minute_of(at, rule.zone), rule.quiet) for at in found)


@given(rules, moments)
def test_it_is_never_forgotten_where_one_was(rule: Rule, after: int) -> None:
    """Asked from each occurrence, the next is the same as in one go: none is lost, none twice."""
    in_one_go = list(islice(occurrences(rule, after), 4))
    one_by_one = [after]
    for _ in range(4):
        found = following(rule, one_by_one[-1])
        assert found
        one_by_one.append(found)
    assert one_by_one[1:] == in_one_go


@given(rules, moments, st.integers(0, 4 * DAY))
def test_asking_a_little_later_never_finds_an_earlier_one(rule: Rule, at: int, more: int) -> None:
    sooner, later = following(rule, at), following(rule, at + more)
    assert sooner
    assert later
    assert sooner <= later
    assert later == sooner or sooner <= at + more


@given(rules, moments)
def test_days_are_counted_on_the_calendar(rule: Rule, after: int) -> None:
    first = day_of(after, rule.zone)
    due = list(islice(days(rule, first), 6))
    if rule.weekdays:
        assert {(day - 1) % 7 for day in due} <= set(rule.weekdays)
    else:
        assert all(b - a == rule.every for a, b in pairwise(due))
        assert all((day - rule.anchor) % rule.every == 0 for day in due)


@given(rules, moments, st.integers(1, 400))
def test_nothing_comes_before_the_end_of_a_pause(rule: Rule, after: int, pause: int) -> None:
    until = day_of(after, rule.zone) + pause
    paused = rule.but(since=until)
    found = following(paused, after)
    assert found
    assert day_of(found, rule.zone) >= until


@given(rules, moments)
def test_a_day_that_is_left_out_moves_no_other(rule: Rule, after: int) -> None:
    plain = list(islice(days(rule, day_of(after, rule.zone)), 4))
    assert list(islice(days(rule.but(skipped=(plain[1],)), plain[0]), 3)) == [plain[0], *plain[2:]]


@given(rules, zones, moments)
@example(Rule("America/Los_Angeles", 450, every=1), "Pacific/Auckland", NOW)
def test_after_a_move_half_a_period_is_kept(rule: Rule, other: str, after: int) -> None:
    last = following(rule, after)
    assert last
    moved = rule.but(zone=other)
    found = following(moved, last, last)
    assert found
    assert found - last >= period(rule) * DAY // 2
    assert not is_quiet(minute_of(found, other), rule.quiet)


@given(rules, moments)
def test_without_a_move_half_a_period_changes_nothing(rule: Rule, after: int) -> None:
    rule = rule.but(quiet=(0, 0), zone="Europe/Berlin")
    last = following(rule, after)
    assert last
    assert following(rule, last, last) == following(rule, last)


@given(moments, zones, st.tuples(minutes, minutes))
def test_whoever_waits_for_the_end_of_quiet_hours_waits_less_than_a_day(
    at: int, zone: str, quiet: tuple[int, int]
) -> None:
    found = awake(at, Rule(zone, 0, quiet=quiet))
    assert at <= found < at + DAY + 3 * 3_600
    assert not is_quiet(minute_of(found, zone), quiet)


def test_every_other_day_goes_on_over_the_end_of_a_month_and_over_both_changes() -> None:
    rule = Rule("Europe/Berlin", 7 * 60 + 30, anchor=date(2026, 10, 23).toordinal(), quiet=(0, 0))
    found = coming(rule, local(2026, 10, 22, "12:00", "Europe/Berlin"), many=6)
    assert [shown(at, "Europe/Berlin") for at in found] == [
        "Fri 23 Oct 07:30", "Sun 25 Oct 07:30", "Tue 27 Oct 07:30", "Thu 29 Oct 07:30",
        "Sat 31 Oct 07:30", "Mon 02 Nov 07:30",
    ]  # fmt: skip
    assert found[1] - found[0] == 49 * 3_600


@pytest.mark.parametrize(
    ("zone", "clock", "day", "comes"),
    [
        ("Europe/Berlin", "02:30", (2026, 3, 29), "Sun 29 Mar 03:00"),
        ("Europe/Berlin", "02:30", (2026, 10, 25), "Sun 25 Oct 02:30"),
        ("Australia/Lord_Howe", "02:15", (2026, 10, 4), "Sun 04 Oct 02:30"),
        ("Africa/Cairo", "00:10", (2026, 4, 24), "Fri 24 Apr 01:00"),
        ("America/Sao_Paulo", "02:30", (2026, 3, 29), "Sun 29 Mar 02:30"),
    ],
)
def test_a_time_that_is_left_out_or_doubled(
    zone: str, clock: str, day: tuple[int, int, int], comes: str
) -> None:
    hours, of_hour = clock.split(":")
    rule = Rule(zone, int(hours) * 60 + int(of_hour), every=1, quiet=(0, 0))
    assert shown(occurrence(date(*day).toordinal(), rule), zone) == comes


def test_a_day_that_samoa_never_had_is_no_day_to_be_reminded() -> None:
    rule = Rule("Pacific/Apia", 450, every=1, quiet=(0, 0))
    found = coming(rule, local(2011, 12, 28, "12:00", "Pacific/Apia"), many=3)
    assert [shown(at, "Pacific/Apia") for at in found] == [
        "Thu 29 Dec 07:30", "Sat 31 Dec 07:30", "Sun 01 Jan 07:30",
    ]  # fmt: skip


def test_what_would_come_at_night_comes_in_the_morning() -> None:
    rule = Rule("Europe/Berlin", 23 * 60, every=1, quiet=(22 * 60, 8 * 60))
    found = following(rule, local(2026, 11, 25, "12:00", "Europe/Berlin"))
    assert found
    assert shown(found, "Europe/Berlin") == "Thu 26 Nov 08:00"


def test_quiet_hours_that_end_in_the_doubled_hour_end_when_they_are_over_for_good() -> None:
    rule = Rule("Europe/Berlin", 0, quiet=(22 * 60, 2 * 60 + 30))
    second = local(2026, 10, 25, "02:10", "Europe/Berlin") + 3_600
    assert awake(second, rule) == second + 20 * 60


def test_weekends_and_weekdays() -> None:
    assert period(Rule("Etc/UTC", 0, weekdays=(0, 2, 4))) == 2
    assert period(Rule("Etc/UTC", 0, weekdays=(5, 6))) == 1
    assert period(Rule("Etc/UTC", 0, weekdays=(3,))) == 7
    assert period(Rule("Etc/UTC", 0, every=3)) == 3


def test_what_is_off_never_comes() -> None:
    off = Rule("Etc/UTC", 450, on=False)
    assert following(off, NOW) is None
    assert coming(off, NOW) == ()


def test_the_clocks_are_those_of_the_pinned_package_and_never_those_of_the_machine() -> None:
    assert zoneinfo.TZPATH == ()
    assert "tzdata" in sys.modules
