"""What can be counted in a span of what has been.

Pain is compared as it was before a session: at the first one of the span and at the last.
"""

from dataclasses import dataclass
from enum import Enum

from flows.book import Book
from flows.chat import Chat
from flows.past.days import day
from flows.past.history import History, Session
from flows.plan import Dose, is_better

ALL = 0  # in place of days: the span is all there is


class Weight(Enum):
    """What a difference comes to; its value is the key of what is said of it."""

    EARLY = "early"  # nothing to compare yet
    BETTER = "better"
    SAME = "same"  # less than the smallest change that matters
    WORSE = "worse"


@dataclass(frozen=True, slots=True)
class Figures:
    sessions: tuple[Session, ...]  # of the span
    days: tuple[int, ...]  # the local day of each
    changes: tuple[tuple[int, str], ...]  # of the plan: the local day, and how
    first: int  # the first local day of the span
    last: int  # and the last one, which is today
    weight: Weight

    @property
    def rated(self) -> int:
        """How many sessions have a rating at their end."""
        return sum(session.after is not None for session in self.sessions)

    @property
    def rest_days(self) -> int:
        """Days without a session, from the first session to today."""
        return self.last - self.days[0] + 1 - len(set(self.days)) if self.days else 0

    @property
    def compared(self) -> tuple[int, int] | None:
        """The places of the first and the last session with a pain before it; None: too few."""
        known = [n for n, session in enumerate(self.sessions) if session.before is not None]
        return (known[0], known[-1]) if len(known) > 1 else None


def figures(history: History, span: int, chat: Chat, book: Book) -> Figures:
    """What there is in the last *span* days, today counted; or in ALL."""
    today = day(chat.now, chat, book)
    days = [day(session.at, chat, book) for session in history.sessions]
    since = today - span + 1 if span else min(days, default=today)
    sessions = tuple(s for s, on in zip(history.sessions, days, strict=True) if on >= since)
    changes = [(day(at, chat, book), what) for at, what in history.changes]
    return Figures(
        sessions,
        tuple(on for on in days if on >= since),
        tuple(change for change in changes if change[0] >= since),
        since,
        today,
        weigh(sessions, book.dose),
    )


def weigh(sessions: tuple[Session, ...], dose: Dose) -> Weight:
    """Whether pain before a session is less, by the smallest change that matters.

    More pain counts by points alone, so that it is told no later than the plan would act on it.
    """
    known = [session.before for session in sessions if session.before is not None]
    if len(known) < 2:  # noqa: PLR2004 - one number is no change
        return Weight.EARLY
    first, last = known[0], known[-1]
    if is_better(first, last, dose):
        return Weight.BETTER
    return Weight.WORSE if last - first >= dose.worse else Weight.SAME


def moved(sessions: tuple[Session, ...], then: str) -> tuple[int, int, int]:
    """How often the pain was less, the same, and more after a session than before it.

    *then* says when: "after" is right at its end, "next_day" a day later.
    """
    pairs = ((session.before, getattr(session, then)) for session in sessions)
    steps = [now - before for before, now in pairs if before is not None and now is not None]
    return sum(s < 0 for s in steps), sum(s == 0 for s in steps), sum(s > 0 for s in steps)
