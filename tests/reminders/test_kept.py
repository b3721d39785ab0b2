"""What is kept of a reminder, and what older versions have kept."""

import pytest

from flows import Chat, pack, unpack
from flows.reminders.grammar import MOST_OUT
from flows.reminders.reminder import Reminder, without_days, without_the_next
from flows.reminders.rule import Rule

TODAY = 739_945
NOON = (TODAY - 719_163) * 86_400 + 12 * 3_600


@pytest.mark.parametrize(("kept", "days"), [(0, ()), (TODAY, (TODAY,))])
def test_one_day_that_was_left_out_is_still_read(kept: int, days: tuple[int, ...]) -> None:
    packed = pack(Chat().but(reminder=Reminder(Rule("Etc/UTC", 450), NOON)))
    rule, *rest = packed["reminder"]
    rule[7] = kept
    reminder = unpack({**packed, "reminder": [rule, *rest]}).reminder
    assert reminder
    assert reminder.rule == Rule("Etc/UTC", 450, skipped=days)


def test_days_are_left_out_one_by_one_and_forgotten_once_they_are_over() -> None:
    reminder: Reminder | None = Reminder(
        Rule("Etc/UTC", 1_140, every=1, skipped=(TODAY - 1,)), NOON
    )
    for n in range(MOST_OUT):
        assert reminder
        reminder = without_the_next(reminder, NOON)
        assert reminder
        assert reminder.rule.skipped == tuple(range(TODAY, TODAY + n + 1))
    assert reminder
    assert without_the_next(reminder, NOON) is None
    assert without_days(reminder, (TODAY,), NOON) == reminder
