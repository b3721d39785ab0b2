"""Commands about reminders: what is agreed, and what comes of each."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flows import agreement
from flows import plan as plans
from flows.commands.change import change
from flows.commands.pages import keep_unsettled, leave_open, show_page, to_settle
from flows.reminders import reminder as steps
from flows.reminders.cities import clocks_of
from flows.reminders.reminder import Reminder
from flows.reminders.rule import Rule, as_agreed, period
from flows.reminders.when import awake
from flows.reminders.words import agreed

if TYPE_CHECKING:
    from flows.turn import Turn


def kept(turn: Turn) -> Reminder:
    assert turn.chat.reminder, "guarded by `has_reminder`"
    return turn.chat.reminder


# Setting up, and changing


def begin_reminder(turn: Turn) -> None:
    """A reminder that is not on yet, with the clock of their country, or the one picked."""
    clocks = clocks_of(turn.chat.country, turn.book.clocks)
    zone = turn.event.value if turn.event.name in ("zone", "city") else clocks[0].zone
    offered = turn.book.reminding
    days, quiet = turn.book.dose.days[0], offered.quiets[0]
    rule = Rule(zone, offered.times[0], every=days, quiet=quiet, on=False)
    change(turn, reminder=Reminder(rule, turn.event.at))


def begin_anew(turn: Turn, rule: Rule, *, rests: bool = True) -> None:
    """From now on by *rule*; if it *rests*, not before the plan has had its rest."""
    plan, at, put_off = turn.chat.plan, turn.event.at, kept(turn).snoozed
    until = plans.rest_until(plan) if plan and rests else 0
    begun = steps.resting(Reminder(rule, at), until)
    change(turn, reminder=steps.coming_again(begun, put_off, until))


def take_zone(turn: Turn) -> None:
    """The clock that was picked, from now on."""
    if turn.chat.reminder is None:
        begin_reminder(turn)
        return
    change(turn, reminder=steps.moved(kept(turn), turn.event.value))


def agree(turn: Turn) -> None:
    assert turn.wish, "guarded by `is_agreeable`"
    old = kept(turn).rule
    rule = agreed(old, turn.wish, agreement.today(old, turn.event.at)).but(on=old.on)
    begin_anew(turn, rule, rests=turn.wish.start is None)
    plan = turn.chat.plan
    if plan and (turn.wish.every or turn.wish.weekdays) and period(rule) < plan.days:
        turn.notice = "rest_days"
    if turn.wish.guessed:
        turn.notice = "evening"
    if rule.on:
        turn.record("reminders", "changed")


def keep_quiet(turn: Turn) -> None:
    said = turn.wish.quiet if turn.wish else None
    quiet = said or agreement.quiet(turn.event.value)
    if kept(turn).rule.on:
        change(turn, reminder=steps.keeping_quiet(kept(turn), quiet, turn.event.at))
    else:
        begin_anew(turn, kept(turn).rule.but(quiet=quiet, on=True))
    turn.record("reminders", "on")


def pause_reminders(turn: Turn) -> None:
    """Nothing before a day: as many days from now as were picked, or the day that was said."""
    rule = kept(turn).rule
    days = turn.wish.pause if turn.wish else int(turn.event.value)
    until = agreement.today(rule, turn.event.at) + (days or 0)
    begin_anew(turn, rule.but(since=until))
    turn.record("reminders", "paused")


def leave_out(turn: Turn) -> None:
    """The days that were said, or the next few; the rest, and what was put off, stays."""
    assert turn.wish, "guarded by `asks_to_leave_out`"
    if turn.wish.fewer:
        keep_fewer(turn, steps.without_the_next(kept(turn), turn.event.at, turn.wish.fewer))
        return
    today = agreement.today(kept(turn).rule, turn.event.at)
    days = tuple(today + days for days in turn.wish.leave)
    keep_fewer(turn, steps.without_days(kept(turn), days, turn.event.at))


def skip_next(turn: Turn) -> None:
    keep_fewer(turn, steps.without_the_next(kept(turn), turn.event.at))


def keep_fewer(turn: Turn, left: Reminder | None) -> None:
    """What is *left* of the reminders; where no more can be left out, that is said."""
    if left is None:
        turn.notice = "days_out"
    else:
        change(turn, reminder=left)


def turn_on(turn: Turn) -> None:
    rule = kept(turn).rule
    begin_anew(turn, as_agreed(rule, agreement.today(rule, turn.event.at)).but(on=True))
    turn.record("reminders", "on")


def offer_reminders(turn: Turn) -> None:
    """The lock that has put them out is up again; they come back with one tap, not unasked."""
    show_page(turn, "reopened")


def turn_off(turn: Turn) -> None:
    change(turn, reminder=steps.put_out(kept(turn)))
    turn.record("reminders", "off")


def show_alone(turn: Turn, page: str) -> None:
    """The page lies open, under what is to be settled first, and nothing else does."""
    first = to_settle(turn.chat)
    leave_open(turn, first)
    change(turn, pages=(page, *first))
    if first:
        turn.notice = "first_this"


def open_reminders(turn: Turn) -> None:
    show_alone(turn, "reminders")


def open_time(turn: Turn) -> None:
    show_alone(turn, "set_time")


def open_days(turn: Turn) -> None:
    show_alone(turn, "set_days")


def open_quiet(turn: Turn) -> None:
    show_alone(turn, "set_quiet")


def open_zone(turn: Turn) -> None:
    show_alone(turn, "set_zone")


def open_city(turn: Turn) -> None:
    wished = turn.chat.wished  # it is asked still where they live
    show_alone(turn, "set_city")
    change(turn, wished=wished)


def say_time_first(turn: Turn) -> None:
    turn.notice = "time_first"


def keep_wish(turn: Turn) -> None:
    """What was said of when waits until their clock is known."""
    change(turn, wished=agreement.as_kept(turn.wish))


def say_zone_first(turn: Turn) -> None:
    turn.notice = turn.notice or ("zone_then" if turn.chat.wished else "zone_first")


def say_off(turn: Turn) -> None:
    turn.notice = "reminders_off"


def say_later(turn: Turn) -> None:
    turn.notice = "no_reminders" if turn.chat.lock else "reminders_later"


# What the clock says


def keep_still(turn: Turn) -> None:
    """It is quiet: what has just rung comes when that is over."""
    until = awake(turn.event.at, kept(turn).rule)
    match turn.event.name:
        case "remind":
            change(turn, reminder=kept(turn).but(kept_until=until))
        case "again":
            change(turn, reminder=kept(turn).but(snoozed=until))
        case "check_in":
            change(turn, check_at=until)
        case "ask_again":
            change(turn, ask_at=until)
        case "seen":
            change(turn, seen_at=until)
        case "fade":
            change(turn, fades_at=until)


def remind(turn: Turn) -> None:
    arrive(turn, "reminder")
    if turn.chat.is_unsettled:
        return
    at = turn.event.at + turn.book.reminding.nudge_minutes * 60
    change(turn, reminder=kept(turn).but(nudge=steps.nudging(kept(turn), at)))


def say_waited(turn: Turn) -> None:
    turn.notice = turn.notice or "waited"


def miss(turn: Turn) -> None:
    arrive(turn, "missed")


def ask_to_pause(turn: Turn) -> None:
    arrive(turn, "ask_pause")
    change(turn, reminder=kept(turn).but(silent=True))


def pass_over(turn: Turn) -> None:
    """One that is not spoken of: it is behind, and nobody is waited for."""
    if turn.event.name == "again":
        change(turn, reminder=kept(turn).but(snoozed=0))
    else:
        missed = kept(turn).unanswered
        change(turn, reminder=steps.come(kept(turn), turn.event.at).but(unanswered=missed))


def arrive(turn: Turn, page: str) -> None:
    """One has come; a snoozed one comes again, and is no new one.

    Over what is to be settled first that is asked once more, and no session is spoken of.
    """
    if turn.event.name == "again":
        change(turn, reminder=kept(turn).but(snoozed=0))
    else:
        change(turn, reminder=steps.come(kept(turn), turn.event.at))
    show_alone(turn, page)


def nudge(turn: Turn) -> None:
    drop_nudge(turn)
    show_alone(turn, "nudge")


def drop_nudge(turn: Turn) -> None:
    change(turn, reminder=kept(turn).but(nudge=0))


# Answering


def put_off(turn: Turn) -> None:
    wait = turn.wish.wait if turn.wish else turn.book.reminding.snooze_minutes
    snooze(turn, turn.event.at + wait * 60)


def put_off_to_tonight(turn: Turn) -> None:
    snooze(turn, steps.tonight(kept(turn), turn.event.at, turn.book.reminding.tonight))


def put_off_to_day(turn: Turn) -> None:
    """The next one comes on the day, and at the time, that were said; the schedule stays."""
    assert turn.wish, "guarded by `asks_for_one_day`"
    assert turn.wish.once, "guarded by `asks_for_one_day`"
    days, minute = turn.wish.once
    today = agreement.today(kept(turn).rule, turn.event.at)
    left = steps.coming_once(kept(turn), today + days, minute, turn.event.at)
    keep_fewer(turn, left)
    if left and not left.snoozed:
        turn.notice = "comes_anyway"
    elif left and turn.wish.guessed:
        turn.notice = "evening"


def snooze(turn: Turn, until: int) -> None:
    """It comes again then, if no other one does; the schedule stays as it is."""
    reminder = steps.snoozed(steps.spoken_to(kept(turn), turn.event.at), until)
    change(turn, reminder=reminder)
    if not reminder.snoozed:
        turn.notice = "comes_anyway"


def say_too_late(turn: Turn) -> None:
    turn.notice = "not_tonight"


# Have they been seen?


def ask_whether_seen(turn: Turn) -> None:
    change(turn, seen_at=0)
    show_page(turn, "seen")


def note_seen(turn: Turn) -> None:
    """They have been seen; what that means for the guide the lock says."""
    keep_unsettled(turn)
    turn.notice = "seen"


def urge(turn: Turn) -> None:
    keep_unsettled(turn)
    turn.notice = "not_seen"
