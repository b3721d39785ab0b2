"""By how much a reminder may come later when very many are due at once."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.reminders.rule import Rule, is_quiet
from flows.reminders.when import SPREAD, occurrence, slack
from flows.reminders.zones import day_of, minute_of

DAY = 740_000
ZONES = ("Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Asia/Kathmandu")


def minutes(text: str) -> int:
    hours, _, rest = text.partition(":")
    return int(hours) * 60 + int(rest)


@pytest.mark.parametrize(
    ("at", "quiet", "later"),
    [
        ("19:00", "22:00-08:00", 5),
        ("21:55", "22:00-08:00", 4),  # 22:00 itself is quiet
        ("21:58", "22:00-08:00", 1),
        ("21:59", "22:00-08:00", 0),
        ("08:00", "22:00-08:00", 5),
        ("23:58", "00:00-00:00", 1),  # no quiet hours, but the day ends
    ],
)
def test_it_ends_before_the_quiet_hours_and_the_day(at: str, quiet: str, later: int) -> None:
    begins, ends = quiet.split("-")
    rule = Rule("Europe/Berlin", minutes(at), quiet=(minutes(begins), minutes(ends)))
    assert slack(occurrence(DAY, rule), rule) == later * 60


@given(
    st.sampled_from(ZONES),
    st.integers(0, 1439),
    st.integers(DAY, DAY + 1000),
    st.tuples(st.integers(0, 1439), st.integers(0, 1439)),
)
def test_no_second_of_it_is_quiet(zone: str, minute: int, day: int, quiet: tuple[int, int]) -> None:
    rule = Rule(zone, minute, quiet=quiet)
    at = occurrence(day, rule)
    for second in range(0, slack(at, rule) + 1, 30):
        assert not is_quiet(minute_of(at + second, zone), quiet)
        assert day_of(at + second, zone) == day_of(at, zone)
    assert 0 <= slack(at, rule) <= SPREAD * 60
