"""Commands about the plan, and the day after a session."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flows import offer
from flows import plan as plans
from flows.book import CRISIS, STUCK, TWICE
from flows.chat import Disposition
from flows.commands.change import change
from flows.commands.locking import lock_down
from flows.commands.pages import close_pages, show_page
from flows.plan import Change
from flows.reminders.reminder import resting
from flows.reminders.when import awake
from flows.states import GUIDED

if TYPE_CHECKING:
    from flows.plan import Plan
    from flows.turn import Turn


def practise(turn: Turn) -> None:
    """A technique is begun: from now on it counts as a session, and tomorrow it is asked about."""
    chat, at = turn.chat, turn.event.at
    plan = chat.plan or plans.begun(at, chat.pain, turn.book.dose)
    check_at = at + turn.book.reminding.check_hours * 3_600
    plan = plans.practised(plan, at, chat.pain, chat.technique, chat.tool)
    if chat.reminder:
        check_at = awake(check_at, chat.reminder.rule)
        change(turn, reminder=resting(chat.reminder, plans.rest_until(plan)))
    change(turn, plan=plan, check_at=check_at)


def note_sting(turn: Turn) -> None:
    """Sharp pain counts once in a session."""
    if turn.chat.plan and not turn.chat.sharps:
        plan = plans.stung(turn.chat.plan, turn.chat.technique, turn.book.dose)
        change(turn, plan=plan)


def begin_today(turn: Turn) -> None:
    """The first technique that the plan has for today."""
    part = offer.today(turn.chat, turn.book)[0]
    area = turn.book.techniques[part.technique].area
    change(turn, area=area, tool=part.tool, technique=part.technique)


# The day after


def drop_check(turn: Turn) -> None:
    change(turn, check_at=0)


def record_next_day(turn: Turn) -> None:
    assert turn.next_day, "asked of who has a plan"
    follow(turn, *turn.next_day)
    close_pages(turn)
    turn.record("next_day", turn.next_day[1].value, rating=int(turn.event.value))


def record_gate(turn: Turn) -> None:
    """What the gate has heard, where the day after the last session was never told."""
    if not turn.next_day:
        return
    plan, what = turn.next_day
    follow(turn, plan, what)
    if not plan.owed:  # it stands for the next day, which is not asked about any more
        drop_check(turn)
    if what is not Change.NONE:
        turn.record("next_day", what.value, rating=None if plan.owed else turn.chat.pain)


def follow(turn: Turn, plan: Plan, what: Change) -> None:
    """The plan is as the day after wants it, and reminders with it."""
    change(turn, plan=plan)
    if what is Change.DOWN and turn.chat.reminder and turn.chat.reminder.rule.on:
        change(turn, reminder=resting(turn.chat.reminder, plans.rest_until(plan)))


def raise_by_plan(turn: Turn) -> None:
    assert turn.next_day, "guarded by `plan_refers`"
    rule = TWICE if turn.next_day[1] is Change.TWICE else STUCK
    lock_down(turn, Disposition.CLINICIAN, rule)


def begin_weekly(turn: Turn) -> None:
    change(turn, week_at=turn.event.at)


def record_weekly(turn: Turn) -> None:
    close_pages(turn)
    change(turn, week_at=turn.event.at)
    turn.record("answered", CRISIS)


def tell_change(turn: Turn) -> None:
    """What has changed in the plan is shown with its reason, once.

    Where techniques are shown, the choice of an area has said it.
    """
    plan = turn.chat.plan
    if plan and plan.why and not plan.told:
        change(turn, plan=plans.told(plan))
        if turn.state not in GUIDED:
            show_page(turn, "plan")


# Changing the plan


def undo_change(turn: Turn) -> None:
    plan = held(turn)
    turn.record("undone", plan.why)
    change(turn, plan=plans.undone(plan))


def bring_back(turn: Turn) -> None:
    change(turn, plan=plans.brought_back(held(turn), turn.event.value))
    turn.record("brought_back", turn.event.value)


def held(turn: Turn) -> Plan:
    assert turn.chat.plan, "guarded by `has_plan`"
    return turn.chat.plan
