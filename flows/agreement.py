"""What a person asks of their reminders, by a tap or in words, and what they can pick from."""

from flows.book import Book
from flows.chat import Chat
from flows.events import Event
from flows.reminders.quiet import quieting, resolved
from flows.reminders.rule import WEEK, Rule, is_quiet
from flows.reminders.words import Wish, tokens_of, wish
from flows.reminders.zones import day_of

DAY_MINUTES = 24 * 60
ON_WEEKDAYS = "w"  # as in "w024": Monday, Wednesday, Friday


def wished(chat: Chat, event: Event, book: Book) -> Wish | None:
    """What *event* asks for, if it is about when to be reminded."""
    if chat.lock:
        return None
    if chat.reminder is None:
        return first_wish(event.value, book) if event.name == "first_wish" else None
    match event.name:
        case "at" if event.value.isdecimal() and int(event.value) < DAY_MINUTES:
            return Wish(minute=int(event.value))
        case "every" if event.value in book.reminding.rhythms:
            return rhythm(event.value)
        case "wish":
            weekday = (today(chat.reminder.rule, event.at) - 1) % WEEK
            return wish(event.value, book.whens, weekday) or quieted(chat, event.value, book)
    return None


def first_wish(said: str, book: Book) -> Wish | None:
    """The plan for reminders that *said* is, where there are none: "every other day 7pm"."""
    found = wish(said, book.whens, 0)
    plans = found and (found.minute is not None or bool(found.every or found.weekdays))
    return found if plans else None


def tells_when(said: str, book: Book) -> bool:
    """Whether each word of *said* is about when, whatever they mean together."""
    kinds = [token.kind for token in tokens_of(said, book.whens)]
    return bool(kinds) and "unknown" not in kinds


def quieted(chat: Chat, said: str, book: Book) -> Wish | None:
    """The quiet hours that *said* asks for; half of them may stay as they are."""
    hours = quieting(said, book.whens, here=chat.page == "set_quiet")
    if hours is None or chat.reminder is None:
        return None
    quiet = resolved(hours, chat.reminder.rule.quiet)
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
    day = today(kept.rule, at)
    return not kept.rule.on or kept.silent or kept.rule.since > day or kept.rule.skipped >= day


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
