"""The plan: a step at a time when it goes well, back at once when it does not."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.library import CONTENT, build, read
from flows.plan import (
    REFERS,
    Change,
    Dose,
    Part,
    Plan,
    Way,
    at_gate,
    begun,
    goes_well,
    is_better,
    next_day,
    practised,
    rest_until,
    stung,
    today,
    tools,
    undone,
)

DAY = 86_400
NOW = 1_800_000_000
PATH = CONTENT / "en" / "plan.toml"
UP = (Change.LONGER, Change.TOOL, Change.OFTENER)
DOSE: Dose = build(Dose, read(PATH)["dose"], PATH, "dose")


class Weeks:
    """A person who does a session every other day, and says how it is the day after."""

    def __init__(self, pain: int = 5, dose: Dose = DOSE) -> None:
        self.day = 0
        self.dose = dose
        self.plan = begun(NOW, pain, dose)

    def session(self, before: int, after_a_day: int) -> Change:
        at = NOW + self.day * DAY
        self.plan = practised(self.plan, at, before, "a", "hands")
        self.plan, change = next_day(self.plan, at + DAY, after_a_day, self.dose)
        self.day += 2
        return change

    def sessions(self, many: int, before: int, after_a_day: int) -> list[Change]:
        return [self.session(before, after_a_day) for _ in range(many)]


def test_it_begins_gently() -> None:
    plan = begun(NOW, 4, DOSE)
    assert (plan.minutes, plan.days) == (5, 2)
    assert tools(plan, DOSE) == ("hands", "tennis_ball")


def test_good_weeks_go_up_one_thing_a_week_and_days_never_come_closer() -> None:
    weeks = Weeks(pain=5)
    changes = weeks.sessions(30, before=3, after_a_day=3)
    steps = [(2 * n + 1, change) for n, change in enumerate(changes) if change is not Change.NONE]
    assert steps == [
        (7, Change.LONGER), (15, Change.LONGER), (23, Change.TOOL), (31, Change.TOOL),
    ]  # fmt: skip
    assert weeks.plan.minutes == 10
    assert weeks.plan.days == 2
    assert tools(weeks.plan, DOSE) == ("hands", "tennis_ball", "foam_roller", "lacrosse_ball")


def test_days_come_closer_only_if_the_content_says_so() -> None:
    weeks = Weeks(dose=replace(DOSE, days=(3, 2)))
    assert weeks.plan.days == 3
    assert Change.OFTENER in weeks.sessions(25, before=3, after_a_day=3)
    assert weeks.plan.days == 2


def test_a_day_that_is_a_little_worse_neither_counts_nor_harms() -> None:
    weeks = Weeks()
    weeks.sessions(3, before=3, after_a_day=3)
    assert weeks.session(before=3, after_a_day=4) is Change.NONE
    assert weeks.session(before=3, after_a_day=3) is Change.NONE
    assert weeks.session(before=3, after_a_day=3) is Change.LONGER


def test_a_bad_next_day_halves_the_time_and_a_second_one_refers() -> None:
    weeks = Weeks()
    weeks.sessions(10, before=3, after_a_day=3)
    assert weeks.plan.minutes == 10
    assert weeks.session(before=3, after_a_day=5) is Change.DOWN
    assert weeks.plan.minutes == 5
    assert weeks.session(before=3, after_a_day=5) is Change.TWICE


def test_pain_that_creeps_up_is_no_good_next_day() -> None:
    """Each answer is but a point above the pain before it, or none."""
    weeks = Weeks(pain=4)
    weeks.sessions(2, before=4, after_a_day=4)
    assert weeks.session(before=4, after_a_day=5) is Change.NONE
    assert weeks.plan.good == 0
    assert weeks.session(before=5, after_a_day=6) is Change.DOWN
    assert weeks.session(before=6, after_a_day=6) is Change.TWICE


def test_pain_above_the_beginning_takes_nothing_further() -> None:
    assert not set(UP) & set(Weeks(pain=4).sessions(6, before=5, after_a_day=5))


def test_half_a_session_is_never_less_than_it_may_be() -> None:
    weeks = Weeks()
    assert weeks.session(before=3, after_a_day=5) is Change.DOWN
    assert weeks.plan.minutes == 2


def test_two_bad_days_that_are_not_running_refer_nobody() -> None:
    weeks = Weeks()
    assert weeks.session(before=3, after_a_day=5) is Change.DOWN
    assert weeks.session(before=3, after_a_day=3) is Change.NONE
    assert weeks.session(before=3, after_a_day=5) is Change.DOWN


def test_after_a_bad_day_it_goes_up_again_only_a_week_later() -> None:
    weeks = Weeks()
    weeks.session(before=3, after_a_day=5)
    assert weeks.sessions(4, before=3, after_a_day=3)[:3] == [Change.NONE] * 3
    assert weeks.plan.minutes == 5


def test_no_better_for_two_weeks_suggests_a_visit_once_and_six_weeks_refer() -> None:
    weeks = Weeks(pain=5)
    found = weeks.sessions(22, before=5, after_a_day=4)
    assert found.count(Change.BOOK) == found.count(Change.HOLD) == 1
    assert found.index(Change.BOOK) == 7  # the answer on day 15 is the first after 14 days
    assert found.index(Change.HOLD) == 14  # named again on day 29, the first after 28
    assert found.index(Change.STUCK) == 21  # and that on day 43 the first after 42
    assert not set(UP) & set(found[14:])  # nothing goes up after four weeks of that


def missed(weeks: Weeks, days: int, pain: int, *, in_time: bool = False) -> Change:
    """What a gate comes to, so many days after the plan began, if the day after was not told."""
    weeks.plan = practised(weeks.plan, NOW, weeks.plan.first, "a", "hands")
    weeks.plan, change = at_gate(weeks.plan, NOW + days * DAY, pain, DOSE, in_time=in_time)
    return change


def test_a_gate_hears_what_is_about_weeks_where_the_next_day_was_not_told() -> None:
    weeks = Weeks(pain=5)
    assert missed(weeks, 13, pain=4) is Change.NONE
    assert missed(weeks, 14, pain=3) is Change.NONE
    assert missed(weeks, 14, pain=4) is Change.BOOK
    assert missed(weeks, 28, pain=4) is Change.HOLD
    assert missed(weeks, 41, pain=4) is Change.NONE
    assert missed(weeks, 42, pain=3) is Change.NONE
    assert missed(weeks, 42, pain=4) is Change.STUCK


def test_more_pain_at_a_gate_is_a_bad_next_day_only_in_time() -> None:
    weeks = Weeks(pain=3)
    assert missed(weeks, 2, pain=6) is Change.NONE
    assert weeks.plan.owed
    assert missed(weeks, 1, pain=5, in_time=True) is Change.DOWN
    assert not weeks.plan.owed
    assert missed(weeks, 1, pain=5, in_time=True) is Change.TWICE


@given(st.integers(0, 10), st.integers(0, 6), st.integers(0, 60), st.booleans())
def test_nothing_goes_up_at_a_gate(first: int, pain: int, days: int, in_time: bool) -> None:
    weeks = Weeks(pain=first)
    weeks.plan = replace(weeks.plan, good=5)
    assert missed(weeks, days, pain, in_time=in_time) not in UP
    assert weeks.plan.good <= 5


@pytest.mark.parametrize(
    ("first", "pain", "better"),
    [(6, 4, True), (6, 5, False), (3, 2, True), (4, 3, False), (0, 0, False), (1, 1, False),
     (1, 0, True), (5, 6, False), (0, 1, False)],
)  # fmt: skip
def test_better_is_two_points_or_thirty_percent(first: int, pain: int, better: bool) -> None:
    assert is_better(first, pain, DOSE) is better
    assert goes_well(begun(NOW, first, DOSE), pain, DOSE) is (better or pain == 0)


def test_a_change_can_be_undone_until_the_next_session() -> None:
    weeks = Weeks()
    weeks.sessions(3, before=3, after_a_day=3)
    assert weeks.session(before=3, after_a_day=3) is Change.LONGER
    assert undone(weeks.plan).minutes == 5
    assert undone(undone(weeks.plan)).minutes == 5
    later = practised(weeks.plan, NOW + 20 * DAY, 3, "a", "hands")
    assert undone(later).minutes == 7


def test_what_hurts_twice_is_put_away() -> None:
    plan = stung(begun(NOW, 4, DOSE), "a", DOSE)
    assert plan.away == ()
    assert stung(plan, "b", DOSE).away == ()
    assert stung(stung(plan, "b", DOSE), "a", DOSE).away == ("a",)


WAYS = (
    Way("a", "glutes", ("hands",), 4),
    Way("b", "glutes", ("tennis_ball", "lacrosse_ball"), 4),
    Way("c", "piriformis", ("tennis_ball",), 4),
    Way("d", "hamstrings", ("foam_roller",), 5),
)


def test_today_is_what_fits_into_the_time() -> None:
    plan = begun(NOW, 4, DOSE)
    assert today(plan, WAYS, DOSE) == (Part("a", "hands", both=True, minutes=4),)
    assert today(replace(plan, minutes=7), WAYS, DOSE) == (
        Part("a", "hands", both=True, minutes=4),
        Part("c", "tennis_ball", both=False, minutes=2),
    )
    assert today(replace(plan, minutes=2), WAYS, DOSE) == (
        Part("a", "hands", both=False, minutes=2),
    )


def test_what_went_last_comes_first_and_what_was_put_away_does_not_come() -> None:
    plan = practised(begun(NOW, 4, DOSE), NOW, 4, "c", "tennis_ball")
    assert today(plan, WAYS, DOSE)[0].technique == "c"
    assert today(replace(plan, away=("c",)), WAYS, DOSE)[0].technique == "a"
    assert today(plan, (), DOSE) == ()


def test_a_rest_day() -> None:
    plan = begun(NOW, 4, DOSE)
    assert rest_until(plan) == 0
    plan = practised(plan, NOW, 4, "a", "hands")
    assert NOW + DAY < rest_until(plan) < NOW + 2 * DAY


def test_after_a_bad_day_it_rests_for_a_session_more_though_that_is_undone() -> None:
    plan, change = next_day(
        practised(begun(NOW, 4, DOSE), NOW, 4, "a", "hands"), NOW + DAY, 6, DOSE
    )
    assert change is Change.DOWN
    assert NOW + 3 * DAY < rest_until(plan) < NOW + 4 * DAY
    assert rest_until(undone(plan)) == rest_until(plan)
    assert undone(undone(plan)) == undone(plan)


def test_the_time_before_a_bad_day_comes_back_only_after_a_day_that_is_no_worse() -> None:
    weeks = Weeks(pain=3)
    assert weeks.session(before=3, after_a_day=5) is Change.DOWN
    weeks.plan = undone(weeks.plan)
    assert weeks.plan.minutes == 2
    assert weeks.session(before=3, after_a_day=4) is Change.NONE
    assert weeks.plan.minutes == 2
    assert weeks.session(before=3, after_a_day=3) is Change.BACK
    assert (weeks.plan.minutes, weeks.plan.back) == (5, 0)
    assert undone(weeks.plan).minutes == 2
    assert weeks.session(before=3, after_a_day=3) is Change.NONE


def test_a_time_to_go_back_to_is_forgotten_by_the_next_bad_day() -> None:
    weeks = Weeks(pain=3)
    weeks.session(before=3, after_a_day=5)
    weeks.plan = undone(weeks.plan)
    weeks.session(before=3, after_a_day=4)
    assert weeks.session(before=3, after_a_day=5) is Change.DOWN
    assert weeks.plan.back == 0


def test_who_meets_the_plan_after_four_weeks_is_asked_to_book_once() -> None:
    weeks = Weeks(pain=5)
    assert missed(weeks, 30, pain=5) is Change.HOLD
    assert missed(weeks, 32, pain=5) is Change.NONE


pains = st.integers(0, 6)  # more than that refers before a plan is asked


@given(st.integers(0, 10), st.lists(st.tuples(pains, pains), max_size=60))
def test_whatever_happens(first: int, days: list[tuple[int, int]]) -> None:
    """Never more than the most, never two steps in a week, never up after a bad day."""
    weeks = Weeks(pain=first)
    stepped_at = -99
    bad = 0
    for before, after in days:
        was, at = weeks.plan, weeks.day
        change = weeks.session(before, after)
        bad = bad + 1 if after - min(before, first) >= 2 else 0
        assert (change is Change.TWICE) == (bad >= 2)
        assert (change is Change.DOWN) == (bad == 1)
        assert DOSE.fewest <= weeks.plan.minutes <= 10
        assert set(tools(weeks.plan, DOSE)) >= {"hands", "tennis_ball"}
        now = weeks.plan
        moved = [a != b for a, b in ((was.minutes, now.minutes), (was.stage, now.stage),
                                     (was.days, now.days))]  # fmt: skip
        assert sum(moved) <= 1
        if change in UP:
            assert sum(moved) == 1
            assert at - stepped_at >= 7
            assert after <= min(before, first)
        if change is Change.DOWN:
            stepped_at = at
            assert (undone(now).minutes, undone(now).back) == (now.minutes, was.minutes)
        if change in UP:
            stepped_at = at
            assert (undone(now).minutes, undone(now).stage) == (was.minutes, was.stage)
        if change in REFERS:
            return


@given(st.lists(st.sampled_from(WAYS), max_size=6), st.integers(2, 10), st.integers(0, 2))
def test_today_never_takes_longer_nor_works_a_place_twice(
    ways: list[Way], minutes: int, stage: int
) -> None:
    plan: Plan = replace(begun(NOW, 4, DOSE), minutes=minutes, stage=stage)
    parts = today(plan, ways, DOSE)
    areas = [next(w.area for w in WAYS if w.technique == part.technique) for part in parts]
    assert sum(part.minutes for part in parts) <= minutes
    assert len(set(areas)) == len(areas)
    assert all(part.tool in tools(plan, DOSE) for part in parts)
