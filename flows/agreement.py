"""What a person asks of their reminders, by a tap or in words, and what they can pick from."""

import re
from dataclasses import replace

from flows.book import Book
from flows.chat import Chat
from flows.events import Event
from flows.reminders.grammar import NOON, WEEKEND, next_one
from flows.reminders.quiet import quieting, resolved
from flows.reminders.reminder import Reminder
from flows.reminders.rule import A_DAY, AN_HOUR, WEEK, Rule, is_quiet
from flows.reminders.tokens import EXACT, FOR_GOOD, fold, kinds_of, tokens_of
from flows.reminders.words import Wish, in_half, span, wish, without
from flows.reminders.zones import day_of, minute_of, moment

MOST_HOURS = 6  # "6h", said to a reminder, is how long to wait; "19h" is a time
REMINDED = ("reminder", "nudge", "missed")  # pages on which a reminder lies open
ANSWERING = (*REMINDED, "ask_pause")  # and where one asks whether they go on
_NUMBER = re.compile(r"\d+(?:[:.h]\d+)?")
_DASH = re.compile(r"[-\u2013]")
_SHOWN = re.compile(r"\d[:.h]\d")  # a time as it is shown: of the morning, if it can be
ON_WEEKDAYS = "w"  # as in "w024": Monday, Wednesday, Friday


def wished(chat: Chat, event: Event, book: Book) -> Wish | None:
    """What *event* asks for, if it is about when to be reminded."""
    if chat.lock:
        return None
    if event.name in ("zone", "city"):
        return as_said(chat.wished)
    if chat.reminder is None:
        return first_wish(event.value, book) if event.name == "first_wish" else None
    match event.name:
        case "at" if event.value.isdecimal() and int(event.value) < A_DAY:
            return Wish(minute=int(event.value))
        case "every" if event.value in book.reminding.rhythms:
            return rhythm(event.value)
        case "wish":
            return said_when(event.value, chat, chat.reminder, event.at, book)
    return None


def said_when(said: str, chat: Chat, kept: Reminder, at: int, book: Book) -> Wish | None:
    """What the words *said* ask for; what cannot be done by the rule *kept* is nothing."""
    rule = kept.rule
    if chat.page == "set_pause" and (days := span(said, book.whens)):
        return Wish(pause=days)
    found = wish(said, book.whens, today(rule, at))
    if found is None:
        return quieted(chat, said, book)
    if found.without and not without(rule, found.without):
        return None  # nothing would be left
    if found.half >= 0 and not rule.on and chat.page == "set_time":
        return None  # there is no time yet
    kinds = kinds_of(said, book.whens)
    is_of_today = chat.page in REMINDED and not kinds.intersection(FOR_GOOD)
    is_slip = "slip" in kinds and not puts_right(said, book)
    if (is_slip or "no" in kinds or found.half >= 0) and (
        right := put_right(found, said, kept, at, book)
    ):
        return right
    asked = as_asked(found, said, kinds, chat, today(rule, at))
    if asked is None:
        return None
    found = asked
    if not is_exact(said, book) and (found.start or not is_of_today):
        found = waking(nearer(found, rule.minute) if is_slip else found, rule)
        if not is_of_today and not _SHOWN.search(said):
            found = in_their_evening(found, rule)
    if found.start is not None and rule.on:
        return on_one_day(found, said, rule, at, book)
    if is_of_today:
        return of_today(found, said, rule, at, book)
    return found


def is_exact(said: str, book: Book) -> bool:
    """Whether *said* tells which half of the day is meant: "8 pm", "morning", "08:00"."""
    words = kinds_of(_NUMBER.sub(" ", fold(said)), book.whens)
    return bool(re.search(r"\b0\d", said) or words.intersection((*EXACT, "clock")))


def as_asked(found: Wish, said: str, kinds: frozenset[str], chat: Chat, today: int) -> Wish | None:
    """*found*, as it is meant where it is said; None where nobody can tell."""
    is_on = chat.reminder is not None and chat.reminder.rule.on
    is_of_one = "delay" in kinds or chat.page in ("", *ANSWERING)
    match chat.page:
        case "set_pause" if one := on_that_day(found, kinds, today).start:
            return Wish(pause=one)
        case _ if is_on and is_of_one:
            return on_that_day(found, kinds, today, has_come=chat.page in ANSWERING)
        case "set_days":
            if kinds <= {"number", "filler"}:
                return None  # "2" is no time here, but every two days, or twice a week
            if found.leave and "weekday" in kinds and "never" in kinds and not is_on:
                days = {(today + ahead - 1) % WEEK for ahead in found.leave}
                return replace(found, leave=(), without=tuple(sorted(days)))
        case "set_quiet":
            is_time = found.minute is not None and found == Wish(minute=found.minute)
            if is_time and "count" not in kinds and not _NUMBER.search(said):
                return None  # "mornings" may be quiet
    return found


def on_that_day(found: Wish, kinds: frozenset[str], today: int, *, has_come: bool = False) -> Wish:
    """*found* on the one day that "monday" is; "until monday", too, if a reminder *has_come*."""
    until = "until" in kinds and not kinds & {"halt", "skip", "month", "nth", "next"}
    if has_come and until and found.pause:
        return replace(found, pause=None, start=found.pause)
    is_each = kinds & {"every", "put", "only", "often", "rate"}
    if "weekday" in kinds and len(found.weekdays) == 1 and not is_each:
        ahead = next_one(found.weekdays[0], today)
        is_today = ahead == WEEK and found.minute is not None  # "monday at 10", on a monday
        return replace(found, weekdays=(), start=0 if is_today else ahead)
    if has_come and "weekend" in kinds and found.weekdays == WEEKEND and not is_each:
        return replace(found, weekdays=(), start=next_one(WEEKEND[0], today))
    return found


def on_one_day(found: Wish, said: str, rule: Rule, at: int, book: Book) -> Wish | None:
    """*found*, which begins on a day, as the next one alone, if it tells no days: the rule stays.

    A day without a time begins the rhythm, but where the weekdays are agreed and it is none of
    them.  What is over by now is nothing.
    """
    ahead = found.start or 0
    day = today(rule, at) + ahead
    is_agreed = not rule.weekdays or (day - 1) % WEEK in rule.weekdays
    is_told = found.minute is not None
    if found == Wish(start=found.start) and not is_agreed and ahead <= WEEK:
        found = replace(found, minute=rule.minute)
    said_alone = Wish(minute=found.minute, start=found.start, guessed=found.guessed)
    if found.minute is None or found != said_alone:
        return found
    is_meant = not is_told or is_exact(said, book)  # the agreed time is of its half of the day
    later = () if is_meant else (found.minute + NOON * AN_HOUR,)
    for minute in (found.minute, *later):
        if minute < A_DAY and moment(day, minute, rule.zone) > at:
            return Wish(once=(ahead, minute), guessed=found.guessed)
    return None


def put_right(found: Wish, said: str, kept: Reminder, at: int, book: Book) -> Wish | None:
    """What *found* puts right of when the one that was put off comes: "no wait, 9", "no, pm"."""
    if kept.snoozed <= at:
        return None
    zone = kept.rule.zone
    day, before = day_of(kept.snoozed, zone), minute_of(kept.snoozed, zone)
    if found == Wish(half=found.half):
        minute = in_half(before, found.half)
    elif found.minute is not None and found == Wish(minute=found.minute):
        right = found if is_exact(said, book) else nearer(found, before)
        minute = right.minute or 0
    else:
        return None
    is_ahead = moment(day, minute, zone) > at
    return Wish(once=(day - today(kept.rule, at), minute)) if is_ahead else None


def of_today(found: Wish, said: str, rule: Rule, at: int, book: Book) -> Wish:
    """*found*, said to a reminder that has just come: "at 8" puts it off."""
    kinds, now = kinds_of(said, book.whens), minute_of(at, rule.zone)
    if found.minute is not None and found == Wish(minute=found.minute):
        if "hour" in kinds and found.minute <= MOST_HOURS * AN_HOUR:  # "1h"
            return Wish(wait=found.minute)
        exact = is_exact(said, book) or found.minute >= (NOON + 1) * AN_HOUR
        ways = (0,) if exact else (0, NOON * AN_HOUR)
        return Wish(wait=min((found.minute + more - now) % A_DAY or 1 for more in ways))
    return found


def nearer(found: Wish, before: int) -> Wish:
    """*found* with the half of the day of what it puts right: "no wait, 8", after 19:00."""
    if found.minute is None or found.minute >= (NOON + 1) * AN_HOUR or before < NOON * AN_HOUR:
        return found
    return replace(found, minute=found.minute % (NOON * AN_HOUR) + NOON * AN_HOUR)


def puts_right(said: str, book: Book) -> bool:
    """Whether *said* puts right what it says itself: "at 8, no wait, 9"."""
    return any(token.kind == "slip" for token in tokens_of(said, book.whens))


def waking(found: Wish, rule: Rule) -> Wish:
    """*found* in the evening where the morning is quiet: "at 7"."""
    if found.minute is None or not rule.on or not AN_HOUR <= found.minute < NOON * AN_HOUR:
        return found
    evening = found.minute + NOON * AN_HOUR
    means_evening = is_quiet(found.minute, rule.quiet) and not is_quiet(evening, rule.quiet)
    if not means_evening:
        return found
    return replace(found, minute=evening, guessed=rule.minute < NOON * AN_HOUR)


def in_their_evening(found: Wish, rule: Rule) -> Wish:
    """*found* in the evening where that is nearer to the time that was agreed: "make it 8"."""
    if found.minute is None or not rule.on or not AN_HOUR <= found.minute < NOON * AN_HOUR:
        return found
    evening = found.minute + NOON * AN_HOUR
    is_nearer = abs(rule.minute - evening) <= abs(rule.minute - found.minute)
    if not is_nearer or is_quiet(evening, rule.quiet):
        return found
    return replace(found, minute=evening, guessed=True)


def first_wish(said: str, book: Book) -> Wish | None:
    """The plan for reminders that *said* is, where there are none: "every other day 7pm"."""
    found = wish(said, book.whens, 1)  # which day it is changes no plan
    plans = found and (found.minute is not None or bool(found.every or found.weekdays))
    return found if plans else None


def as_kept(found: Wish | None) -> tuple[int, ...]:
    """*found* as a chat keeps it, until it is known by which clock; nothing where it is more."""
    if found is None or found.minute is None:
        return ()
    kept = (found.minute, found.every, *found.weekdays)
    return kept if as_said(kept) == found else ()


def as_said(kept: tuple[int, ...]) -> Wish | None:
    """What a chat has *kept* of what was said of when."""
    if not kept:
        return None
    minute, every, *weekdays = kept
    return Wish(minute=minute, every=every, weekdays=tuple(weekdays))


def says_days(said: str, book: Book) -> bool:
    """Whether *said* is a plan with its days, so that no time in it can be the one that it is."""
    found = first_wish(said, book)
    return found is not None and bool(found.every or found.weekdays)


def tells_when(said: str, book: Book) -> bool:
    """Whether each word of *said* is about when, whatever they mean together."""
    kinds = [token.kind for token in tokens_of(said, book.whens)]
    return bool(kinds) and "unknown" not in kinds


def quieted(chat: Chat, said: str, book: Book) -> Wish | None:
    """The quiet hours that *said* asks for; half of them may stay as they are."""
    night = book.reminding.quiets[0]
    hours = quieting(said, book.whens, night, here=chat.page == "set_quiet")
    if hours is None or chat.reminder is None:
        return None
    quiet = resolved(hours, chat.reminder.rule.quiet)
    joined = _DASH.search(said) or kinds_of(said, book.whens) & {"to", "until", "from"}
    is_bare = chat.page != "set_quiet" and not joined and bool(_NUMBER.search(said))
    if hours.begins and hours.ends and is_bare:
        return None  # "not 8, 9 pm" is a time
    return quiet and Wish(quiet=quiet)


def rhythm(value: str) -> Wish:
    """The days that *value* means: "2" is every two days, "w04" Monday and Friday."""
    if value.startswith(ON_WEEKDAYS):
        return Wish(weekdays=tuple(int(day) for day in value[1:]))
    return Wish(every=int(value))


def today(rule: Rule, at: int) -> int:
    """The local day at the moment *at*."""
    return day_of(at, rule.zone)


def is_held_up(chat: Chat, at: int) -> bool:
    """Whether reminders do not come as agreed: off, silent, paused, or with a day left out."""
    kept = chat.reminder
    if kept is None:
        return False
    rule, day = kept.rule, today(kept.rule, at)
    one_is_out = any(out >= day for out in rule.skipped)
    return not rule.on or kept.silent or rule.since > day or one_is_out


def quiets(chat: Chat, book: Book) -> tuple[str, ...]:
    """The quiet hours to pick from: those that the agreed time is not in."""
    if chat.reminder is None or chat.lock:
        return ()
    minute = chat.reminder.rule.minute
    free = (quiet for quiet in book.reminding.quiets if not is_quiet(minute, quiet))
    return tuple(f"{begins}-{ends}" for begins, ends in free)


def quiet(value: str) -> tuple[int, int]:
    begins, _, ends = value.partition("-")
    return int(begins), int(ends)
