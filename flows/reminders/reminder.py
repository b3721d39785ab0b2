"""A reminder as it stands: the rule, and what has become of it so far.  All times are moments."""

from dataclasses import dataclass, replace
from itertools import islice, takewhile

from flows.reminders.grammar import MOST_OUT
from flows.reminders.rule import Rule, is_quiet
from flows.reminders.when import awake, coming, dated, following
from flows.reminders.zones import day_of, minute_of, moment


@dataclass(frozen=True, slots=True)
class Reminder:
    rule: Rule
    after: int  # what was due up to here is behind
    last: int = 0  # when the last that came was due; 0: none has come under this rule
    kept_until: int = 0  # not before; it fell due while the bot was away, and now it is quiet
    snoozed: int = 0  # when the one that came is to come again; 0: it is not
    nudge: int = 0  # when to ask once more about the one that came; 0: not at all
    unanswered: int = 0  # how many in a row nobody has answered
    silent: bool = False  # has asked whether to pause, and says no more until it is told

    def but(self, **changes: object) -> "Reminder":
        return replace(self, **changes)  # type: ignore[arg-type]


def due(reminder: Reminder) -> int | None:
    """When it comes next; None: not at all."""
    if reminder.silent:
        return None
    at = following(reminder.rule, reminder.after, reminder.last)
    return None if at is None else max(at, reminder.kept_until)


def next_ones(reminder: Reminder, now: int) -> tuple[int, ...]:
    """The next two, as things stand."""
    return coming(reminder.rule, max(reminder.after, now), reminder.last)


def moved(reminder: Reminder, zone: str) -> Reminder:
    """*reminder* in another zone: what has come still counts, so that none follows too soon."""
    return reminder.but(rule=reminder.rule.but(zone=zone), nudge=0, silent=False)


def come(reminder: Reminder, at: int) -> Reminder:
    """*reminder* when one has come at the moment *at*: all that was due before is behind."""
    was_due = following(reminder.rule, reminder.after, reminder.last)
    unanswered = reminder.unanswered + 1
    return Reminder(reminder.rule, at, was_due or at, unanswered=unanswered)


def resting(reminder: Reminder, until: int) -> Reminder:
    """*reminder* when nothing is to come before then, not even what was put off."""
    return reminder.but(after=max(reminder.after, until - 1), kept_until=0, snoozed=0, nudge=0)


def keeping_quiet(reminder: Reminder, quiet: tuple[int, int], now: int) -> Reminder:
    """*reminder* with other quiet hours: what has come does not come again, what waits still does.

    While it is silent nothing waits.
    """
    rule = reminder.rule.but(quiet=quiet)
    kept_until, snoozed = (at and awake(at, rule) for at in (reminder.kept_until, reminder.snoozed))
    return spoken_to(reminder, now).but(rule=rule, kept_until=kept_until, snoozed=snoozed)


def spoken_to(reminder: Reminder, now: int) -> Reminder:
    """*reminder*, silent no more: what fell due while it was is behind."""
    if not reminder.silent:
        return reminder
    return reminder.but(after=max(reminder.after, now), silent=False)


def nudging(reminder: Reminder, at: int) -> int:
    """*at*, if one may be nudged then: the same day, not in quiet hours, before the next comes."""
    rule, next_one = reminder.rule, due(reminder)
    same_day = day_of(at, rule.zone) == day_of(reminder.last, rule.zone)
    quiet = is_quiet(minute_of(at, rule.zone), rule.quiet)
    return at if same_day and not quiet and (next_one is None or at < next_one) else 0


def answered(reminder: Reminder) -> Reminder:
    """*reminder* once the person has been there."""
    if reminder.unanswered or reminder.nudge:
        return reminder.but(unanswered=0, nudge=0)
    return reminder


def coming_again(reminder: Reminder, until: int, rest: int) -> Reminder:
    """*reminder*, as it has just been agreed, with what was put off until then before it was.

    It does not come again while the plan has its *rest*, nor before the day on which all begins.
    """
    waits = until >= rest and day_of(until, reminder.rule.zone) >= reminder.rule.since
    return snoozed(reminder, until) if until and waits else reminder


def snoozed(reminder: Reminder, until: int) -> Reminder:
    """*reminder* put off until a moment, or until it is not quiet any more.

    It does not come again if the next one comes by then.
    """
    at = awake(until, reminder.rule)
    reminder = reminder.but(snoozed=0, silent=False)
    next_one = due(reminder)
    comes_by_then = next_one is not None and next_one <= at
    return reminder if comes_by_then else reminder.but(snoozed=at)


def coming_once(reminder: Reminder, day: int, minute: int, now: int) -> Reminder | None:
    """*reminder* that comes next at *minute* of *day*; None where too many days would be left out.

    That one stands for all that would come until then, and on that day: of the next day, where it
    waits for the end of a night.
    """
    reminder = spoken_to(reminder, now)
    at = awake(moment(day, minute, reminder.rule.zone), reminder.rule)
    last = day_of(at, reminder.rule.zone)
    ahead = (day for day, _ in dated(reminder.rule, max(reminder.after, now), reminder.last))
    until_then = takewhile(lambda due_on: due_on <= last, ahead)
    left = without_days(reminder, tuple(islice(until_then, MOST_OUT + 1)), now)
    return left and snoozed(left, at)


def tonight(reminder: Reminder, now: int, minute: int) -> int:
    """The moment of *minute* this evening; 0 when that is over or in quiet hours."""
    rule = reminder.rule
    at = moment(day_of(now, rule.zone), minute, rule.zone)
    return at if at > now and not is_quiet(minute, rule.quiet) else 0


def without_the_next(reminder: Reminder, now: int, many: int = 1) -> Reminder | None:
    """*reminder* with its next occurrence left out, or so *many* of them."""
    ahead = dated(reminder.rule, max(reminder.after, now), reminder.last)
    return without_days(reminder, tuple(day for day, _ in islice(ahead, many)), now)


def without_days(reminder: Reminder, days: tuple[int, ...], now: int) -> Reminder | None:
    """*reminder* with these *days* left out, too; None where that would be too many.

    Days of before today are forgotten, and so must not come any more.
    """
    rule, today = reminder.rule, day_of(now, reminder.rule.zone)
    left_out = tuple(sorted({*days, *(day for day in rule.skipped if day >= today)}))
    if len(left_out) > MOST_OUT:
        return None
    next_one = following(rule, reminder.after, reminder.last)
    waits = next_one is not None and next_one <= now
    after = reminder.after if waits else max(reminder.after, now)
    return reminder.but(rule=rule.but(skipped=left_out), after=after)


def put_out(reminder: Reminder | None) -> Reminder | None:
    """*reminder* switched off, with nothing pending; what was agreed is still known."""
    return reminder and Reminder(reminder.rule.but(on=False), reminder.after)
