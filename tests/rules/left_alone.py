"""What "nothing changes" means, to whatever is said that means nothing."""

from flows import Chat, Event, Outcome
from flows.book import Book
from flows.chat import Disposition
from flows.consent import KEEP
from flows.events import CLOCK
from flows.reminders.reminder import answered
from flows.reminders.zones import DAY

CAME_BACK = ("been_a_while", "ticked_then")  # notices to who is there again: old answers go


def is_left_alone(before: Chat, event: Event, outcome: Outcome, book: Book) -> bool:
    """Whether nothing has changed, but that a person was there: it fades later.

    Where it was asked whether to keep it all, that is the answer, and so a turn.
    """
    after = outcome.chat
    if event.name in CLOCK:
        return after is before and not outcome.heard
    same = before.but(fades_at=after.fades_at)
    if KEEP in before.pages:
        same = same.but(
            pages=tuple(page for page in before.pages if page != KEEP),
            reminder=before.reminder and answered(before.reminder),
            now=event.at,
            turn=before.turn + 1,
        )
    counts = outcome.heard == (KEEP in before.pages)
    return counts and vars(after) == vars(same) and fades_in_time(after, event.at, book)


def fades_in_time(chat: Chat, at: int, book: Book) -> bool:
    """Whether *chat*, heard of at the moment *at*, fades when it was told to.

    It is moved on once a day, and quiet hours are waited for.
    """
    if chat.leaves_no_trace:
        return chat.fades_at == 0
    days = book.reminding.keep_days
    latest = days + 1 if chat.reminder else days
    return (days - 1) * DAY < chat.fades_at - at <= latest * DAY


def asks_of_another(after: Chat) -> bool:
    """Whether all that lies over the lock of *after* asks about a sign that may be worse."""
    is_grave = after.lock is not None and after.lock.disposition is Disposition.EMERGENCY
    return not is_grave and {*after.pages} <= {"suspicion"}
