"""What holds of reminders, check-ins and the day after a lock: promises 5 and 9."""

from flows import course
from flows.book import Book
from flows.chains import waiting
from flows.chat import UNSETTLED, Chat, Disposition
from flows.events import AWAITED, REMINDING, Event
from flows.explore import WISHES, Arc
from flows.reminders.reminder import Reminder, due
from flows.reminders.rule import is_quiet
from flows.reminders.when import awake
from flows.reminders.zones import day_of, minute_of, moment
from flows.states import ASKING, DAY_AFTER, IDLE, OPEN
from flows.wishes import SETTING

ONLY_WHEN_ON = ("in 30 minutes", "for 2 weeks", "not before 9")


def _speaks(arc: Arc) -> bool:
    """Whether the person is told something."""
    return arc.outcome.heard and not arc.outcome.silent


def a_lock_cancels_what_was_agreed(arc: Arc, book: Book) -> None:
    """Promise 5: in the same turn, and nothing of it comes back with the lock's opening."""
    after = arc.outcome.chat
    if after.lock:
        assert after.check_at == 0
        assert after.plan is None
        kept = after.reminder
        assert kept is None or not (kept.rule.on or kept.snoozed or kept.nudge)
    if arc.chat.lock and not after.lock:
        assert not REMINDING & {alarm.kind for alarm in arc.alarms}


def they_are_asked_once_whether_they_were_seen(arc: Arc, book: Book) -> None:
    """Promise 5: one message after a lock for what can not wait, the next day, and no second."""
    before, after = arc.chat, arc.outcome.chat
    seen = [alarm for alarm in arc.alarms if alarm.kind == "seen"]
    if seen:
        assert after.lock
        assert after.lock.disposition >= Disposition.URGENT
        assert seen[0].due - after.now <= 24 * 3_600 or after.lock != before.lock
    if after.lock and after.lock != before.lock and arc.outcome.records[0].what == "locked":
        urgent = after.lock.disposition >= Disposition.URGENT and after.consent > 0
        assert (after.seen_at >= after.now + 24 * 3_600) == urgent
    if arc.event.name == "seen" and _speaks(arc):
        assert after.page == "seen"
        assert not seen


def a_reminder_comes_only_where_nothing_is_going_on(arc: Arc, book: Book) -> None:
    """Promise 9: nor over a call for help; a question counts as left only after a while."""
    after = arc.outcome.chat
    for alarm in arc.alarms:
        if alarm.kind not in REMINDING:
            continue
        assert after.lock is None
        assert after.page != "emergency"
        if after.is_suspecting:
            assert not after.ask_at  # it was asked again, and left again
        if after.is_suspecting or after.state in ASKING:
            assert alarm.due >= after.now + 12 * 3_600
        if after.state in ASKING:
            assert alarm.kind != "check_in"
        else:
            assert after.state in IDLE


def what_was_suspected_is_asked_once_more(arc: Arc, book: Book) -> None:
    """A sign that was left without an answer: once, with the net; at night an emergency alone."""
    before, after = arc.chat, arc.outcome.chat
    asks = [alarm for alarm in arc.alarms if alarm.kind == "ask_again"]
    if asks:
        assert waiting(after)
        assert after.consent
        assert after.lock is None
    if arc.event.name == "ask_again" and _speaks(arc):
        assert after.page == "suspicion"
        assert waiting(after) == waiting(before)
        assert not asks


def a_reminder_comes_once(arc: Arc, book: Book) -> None:
    """Promise 9: what has rung does not ring again, and nothing that is over is made up for."""
    event = arc.event
    if event.name not in AWAITED or not arc.outcome.heard:
        return
    for alarm in arc.alarms:
        assert (alarm.kind, alarm.turn) != (event.name, event.turn) or alarm.due > event.at
        if alarm.kind == event.name:
            assert alarm.due > event.at


def nothing_is_said_at_night_or_hours_late(arc: Arc, book: Book) -> None:
    """Promise 9: in quiet hours it keeps still, and what is hours late says so."""
    event, kept = arc.event, arc.chat.reminder
    if event.name not in AWAITED or not _speaks(arc):
        return
    signs = waiting(arc.chat) if event.name == "ask_again" else ()
    is_grave = Disposition.EMERGENCY in {course.potential(sign, book) for sign in signs}
    if kept and not is_grave:
        assert not is_quiet(minute_of(event.at, kept.rule.zone), kept.rule.quiet)
    late = event.at - (event.turn or 0) > 2 * 3_600
    page = _under(arc.outcome.chat)
    if event.name in ("remind", "again"):
        says_so = arc.outcome.notice in ("waited", "first_this")
        assert page in ("reminder", "missed", "ask_pause")
        assert late or page != "missed"
        assert not late or page != "reminder" or says_so
    if event.name == "nudge":
        assert not late
        assert page == "nudge"
    if event.name == "check_in":
        assert event.at - (event.turn or 0) <= book.reminding.check_late_hours * 3_600


def after_three_that_nobody_answered_it_keeps_still(arc: Arc, book: Book) -> None:
    after = arc.outcome.chat
    if after.reminder and after.reminder.silent:
        assert not {"remind", "nudge"} & {alarm.kind for alarm in arc.alarms}
    if arc.event.name == "remind" and arc.chat.reminder and arc.chat.reminder.unanswered >= 3:
        assert not _speaks(arc) or _under(after) == "ask_pause"


def a_snooze_does_not_move_the_schedule(arc: Arc, book: Book) -> None:
    before, after = arc.chat.reminder, arc.outcome.chat.reminder
    if arc.event.name in ("later", "tonight") and arc.outcome.heard:
        assert before
        assert after
        assert after.rule == before.rule
        assert after.after == before.after
        if not after.snoozed:
            until = _asked_until(arc.event, after, book)
            if arc.outcome.notice == "not_tonight":
                assert arc.event.name == "tonight"
                over = until <= arc.event.at
                assert over or is_quiet(book.reminding.tonight, after.rule.quiet)
            else:
                assert arc.outcome.notice == "comes_anyway"
                assert _comes_by(awake(until, after.rule), after)
            return
        assert after.snoozed > arc.event.at
        assert not is_quiet(minute_of(after.snoozed, after.rule.zone), after.rule.quiet)


def what_is_said_of_them_is_heard_wherever_they_are_spoken_of(arc: Arc, book: Book) -> None:
    """By a button, or in words: then what has been agreed is shown, or what is still to be."""
    before, event, page = arc.chat, arc.event, _under(arc.outcome.chat)
    if before.state not in OPEN or before.lock or arc.is_stale:
        return
    if event.name == "reminders" and event.turn == before.turn:
        asked = ("reminders",) if before.reminder else ("set_time", "set_zone")
        assert page in (asked if before.consent == book.consent else ("consent",))
    if event.name in ("zone", "city") and arc.outcome.heard and before.reminder:
        assert page == "set_city" or (page == "reminders") == before.reminder.rule.on
    kept, at_rest = before.reminder, before.state in IDLE and not before.page
    if event.name == "text" and event.value in WISHES and not before.page:
        asks = before.state in (*ASKING, *DAY_AFTER)  # what is said then may be the answer
        at_rest = at_rest and not asks
        assert not asks or arc.outcome.chat.reminder == before.reminder
    if kept and event.name == "text" and (at_rest or before.page in SETTING):
        understood = kept.rule.on or event.value not in ONLY_WHEN_ON
        if event.value in WISHES and understood and before.consent != book.consent:
            assert page == "consent"
        elif event.value in WISHES and understood:
            assert page in ("reminders", "set_time", "set_days", "set_quiet")
            assert arc.outcome.chat.reminder
            assert _is_done(event, arc.outcome.chat.reminder)


def _under(after: Chat) -> str:
    """The page that lies on top, or on top of the others where one is to be settled first."""
    first = (*UNSETTLED, "worries") if after.is_unsettled else ()
    return next((page for page in reversed(after.pages) if page not in first), "")


def _asked_until(event: Event, kept: Reminder, book: Book) -> int:
    """The moment until which *event* puts off *kept*, if it is not quiet then."""
    if event.name == "later":
        return event.at + book.reminding.snooze_minutes * 60
    zone = kept.rule.zone
    return moment(day_of(event.at, zone), book.reminding.tonight, zone)


def _comes_by(at: int, kept: Reminder) -> bool:
    """Whether the next one comes at the moment *at*, or before."""
    next_one = due(kept)
    return next_one is not None and next_one <= at


def _is_done(event: Event, kept: Reminder) -> bool:
    """Whether *kept* is as one of WISHES wants it."""
    rule = kept.rule
    match event.value:
        case "every 3 days at 8:00":
            return (rule.every, rule.minute) == (3, 8 * 60)
        case "in 30 minutes":
            return kept.snoozed > event.at
        case "for 2 weeks":
            return rule.since == day_of(event.at, rule.zone) + 14
        case "at 11:00":
            return rule.minute == 11 * 60
    return rule.quiet[1] % (12 * 60) == 9 * 60  # in the morning, or where that is nothing, at night
