"""The questions that rows ask about what lies between sessions: reminders, the day after, the plan.

As those of `questions.py`, each looks at the chat as it was, and changes nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from flows import agreement, notes, offer
from flows.book import CRISIS
from flows.plan import REFERS, Change
from flows.reminders import rule
from flows.reminders.cities import changing, clocks_of, is_no_place
from flows.reminders.reminder import due, tonight
from flows.reminders.when import following
from flows.reminders.words import agreed
from flows.reminders.zones import DAY, IDS, minute_of
from flows.states import ASKING

if TYPE_CHECKING:
    from flows.turn import Turn


# What the clock says


def is_due(turn: Turn) -> bool:
    """Whether what the clock says is still wanted, as it was when its alarm was set."""
    chat, kept = turn.chat, turn.chat.reminder
    wanted = {
        "check_in": chat.check_at, "seen": chat.seen_at, "fade": chat.fades_at,
        "ask_again": chat.ask_at if chat.is_suspecting else 0,
    }  # fmt: skip
    if kept and kept.rule.on:
        comes = None if kept.silent else following(kept.rule, kept.after, kept.last)
        wanted |= {"remind": comes or 0, "again": kept.snoozed, "nudge": kept.nudge}
    return wanted.get(turn.event.name, 0) == turn.event.turn


def is_quiet(turn: Turn) -> bool:
    """Whether it is in the quiet hours of a person who has set them."""
    kept = turn.chat.reminder
    return kept is not None and rule.is_quiet(
        minute_of(turn.event.at, kept.rule.zone), kept.rule.quiet
    )


def went_unanswered(turn: Turn) -> bool:
    kept = turn.chat.reminder
    return kept is not None and kept.unanswered >= turn.book.reminding.unanswered


def is_hours_late(turn: Turn) -> bool:
    return lateness(turn) > turn.book.reminding.late_minutes * 60


def has_waited(turn: Turn) -> bool:
    """Whether it waited for somebody in the middle of something, and not for a bot that was away.

    They have been there since it was due; or what they were asked still lies open.
    """
    chat, kept = turn.chat, turn.chat.reminder
    been_there = chat.now > (turn.event.turn or turn.event.at)
    kept_back = kept is not None and kept.kept_until > 0  # nobody was there then, but the clock
    return chat.state in ASKING or (been_there and not kept_back)


def is_a_day_late(turn: Turn) -> bool:
    return lateness(turn) > turn.book.reminding.check_late_hours * 3_600


def lateness(turn: Turn) -> int:
    """How many seconds ago what the clock says was due.

    What was kept back over quiet hours is as late as if it had not been.
    """
    return turn.event.at - (turn.event.turn or turn.event.at)


def offers_nothing(turn: Turn) -> bool:
    return not offer.at_best(turn.chat, turn.book)


# Setting up, and changing.  Under a lock nothing of it is spoken of.


def has_reminder(turn: Turn) -> bool:
    return turn.chat.reminder is not None and turn.chat.lock is None


def is_on(turn: Turn) -> bool:
    kept = turn.chat.reminder
    return kept is not None and kept.rule.on and turn.chat.lock is None


def was_reminding(turn: Turn) -> bool:
    """Whether the lock has put out reminders that were on."""
    return turn.chat.lock is not None and turn.chat.lock.reminded


def is_held_up(turn: Turn) -> bool:
    return turn.chat.lock is None and agreement.is_held_up(turn.chat, turn.event.at)


def comes(turn: Turn) -> bool:
    """Whether a next one is on its way."""
    kept = turn.chat.reminder
    return kept is not None and is_on(turn) and due(kept) is not None


def knows_clock(turn: Turn) -> bool:
    """Whether the country says which clock they live by: it has but one."""
    one = len(clocks_of(turn.chat.country, turn.book.clocks)) == 1
    return one and turn.chat.lock is None


def is_a_zone(turn: Turn) -> bool:
    return turn.event.value in IDS and turn.chat.lock is None


def may_change_in_summer(turn: Turn) -> bool:
    """Whether what was picked is no place, while some that show the same time change clocks."""
    zone = turn.event.value
    return is_no_place(zone) and bool(changing(zone, turn.event.at // DAY, turn.book.clocks))


def asks_to_wait(turn: Turn) -> bool:
    return turn.wish is not None and turn.wish.wait > 0 and is_on(turn)


def asks_for_one_day(turn: Turn) -> bool:
    return turn.wish is not None and turn.wish.once is not None and is_on(turn)


def asks_to_pause(turn: Turn) -> bool:
    return turn.wish is not None and turn.wish.pause is not None and is_on(turn)


def asks_to_leave_out(turn: Turn) -> bool:
    return turn.wish is not None and bool(turn.wish.leave or turn.wish.fewer) and is_on(turn)


def asks_for_quiet(turn: Turn) -> bool:
    said = turn.wish is not None and turn.wish.quiet is not None
    return said and (is_on(turn) or turn.chat.page == "set_quiet")


def covers_the_time(turn: Turn) -> bool:
    """Whether the quiet hours that were said leave out the time that was agreed."""
    kept, said = turn.chat.reminder, turn.wish
    if kept is None or said is None or said.quiet is None:
        return False
    return rule.is_quiet(kept.rule.minute, said.quiet)


def is_agreeable(turn: Turn) -> bool:
    """Whether a time, days, or both were said."""
    said = turn.wish
    if not has_reminder(turn) or said is None:
        return False
    leaves_out = said.pause is not None or said.leave or said.fewer
    return not (said.wait or said.once or leaves_out or said.quiet)


def says_days(turn: Turn) -> bool:
    said = turn.wish
    return said is not None and bool(said.every or said.weekdays or said.without)


def says_time(turn: Turn) -> bool:
    return turn.wish is not None and turn.wish.minute is not None


def is_asked_the_time(turn: Turn) -> bool:
    """Whether at what time is still to be said, and was not."""
    return turn.chat.page == "set_time" and turn.wish is not None and turn.wish.minute is None


def falls_in_quiet_hours(turn: Turn) -> bool:
    kept, said = turn.chat.reminder, turn.wish
    if said is None or (said.minute is None and said.half < 0):
        return False
    if kept is None:  # what is said begins one, with the quiet hours that are offered first
        return rule.is_quiet(said.minute or 0, turn.book.reminding.quiets[0])
    changed = agreed(kept.rule, said, agreement.today(kept.rule, turn.event.at))
    return rule.is_quiet(changed.minute, kept.rule.quiet)


def is_a_quiet(turn: Turn) -> bool:
    return turn.event.value in agreement.quiets(turn.chat, turn.book)


def is_a_pause(turn: Turn) -> bool:
    return is_on(turn) and turn.event.value in map(str, turn.book.reminding.pauses)


# What has been


def is_a_span(turn: Turn) -> bool:
    return turn.event.value in map(str, turn.book.past.spans)


def writes(turn: Turn) -> bool:
    """Whether what is typed is meant for the sheet."""
    return turn.chat.page == "add_note"


def has_room(turn: Turn) -> bool:
    past, chat = turn.book.past, turn.chat
    line = notes.flat(turn.words)
    return len(chat.notes) < past.most_notes and 0 < len(line) <= past.longest_note


def is_a_note(turn: Turn) -> bool:
    return turn.event.value in notes.numbers(turn.chat)


# Answering


def is_reminded(turn: Turn) -> bool:
    """Whether a reminder lies open."""
    return is_on(turn) and turn.chat.page in (*agreement.REMINDED, "ask_pause")


def is_before_tonight(turn: Turn) -> bool:
    kept = turn.chat.reminder
    return kept is not None and tonight(kept, turn.event.at, turn.book.reminding.tonight) > 0


def was_before_tonight(turn: Turn) -> bool:
    """Whether it was, when the screen was made."""
    kept, now = turn.chat.reminder, turn.chat.now
    return kept is not None and tonight(kept, now, turn.book.reminding.tonight) > 0


def is_asked_whether_seen(turn: Turn) -> bool:
    return turn.chat.page == "seen"


# The plan, and the day after


def has_plan(turn: Turn) -> bool:
    return turn.chat.plan is not None


def has_today(turn: Turn) -> bool:
    return bool(offer.today(turn.chat, turn.book))


def can_undo(turn: Turn) -> bool:
    plan = turn.chat.plan
    if plan is None or not plan.why or plan.back:
        return False
    return plan.was != (plan.minutes, plan.stage, plan.days)


def was_put_away(turn: Turn) -> bool:
    return turn.chat.plan is not None and turn.event.value in turn.chat.plan.away


def plan_refers(turn: Turn) -> bool:
    return turn.next_day is not None and turn.next_day[1] in REFERS


def skips_this_one(turn: Turn) -> bool:
    """Whether the day after was so bad that the session which is about to begin is left out."""
    return turn.next_day is not None and turn.next_day[1] is Change.DOWN


def is_week_over(turn: Turn) -> bool:
    return turn.event.at - turn.chat.week_at >= turn.book.reminding.week_days * DAY


def about_the_week(turn: Turn) -> bool:
    return turn.event.value == CRISIS
