"""What is kept of a plan, and what older versions have kept."""

from typing import Any

import pytest

from flows import Chat, pack, unpack
from flows.plan import Plan

DAY = 86_400
NOW = 1_800_000_000


def older(state: str, why: str) -> dict[str, Any]:
    """A row of the version before `owed` and `told`, whose reasons were shown as they came."""
    plan = [
        NOW - 9 * DAY, 10, 0, 2, 5, 4, NOW - DAY, "glutes_hands_chair", "hands", 0, 0, NOW,
        [5, 0, 2], why, False, [], [],
    ]  # fmt: skip
    return {"state": state, "now": NOW, "consent": 2, "plan": plan, "turn": NOW}


@pytest.mark.parametrize(
    ("state", "why", "told"),
    [("home", "longer", True), ("home", "", False), ("weekly", "longer", False)],
)
def test_a_reason_is_shown_once_but_where_the_week_s_question_comes_first(
    state: str, why: str, told: bool
) -> None:
    plan = unpack(older(state, why)).plan
    assert plan
    assert (plan.why, plan.away, plan.owed, plan.told) == (why, (), False, told)


@pytest.mark.parametrize("told", [False, True])
def test_what_this_version_keeps_is_read_as_it_was(told: bool) -> None:
    chat = Chat(plan=Plan(NOW, 10, why="longer", told=told))
    assert unpack(pack(chat)) == chat
