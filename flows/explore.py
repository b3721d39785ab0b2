"""A person who presses every button, and a clock that strikes whenever it can.

Because `step` is pure and a screen lists all that can be pressed on it, walking every
reachable chat is a breadth-first search, and a rule that holds along the way holds for
every conversation the book allows.

The search is kept finite, and what that leaves out is said here:

* Time is taken in ages.  What is remembered is how long ago something was, as far as a
  limit of the book can tell the difference; waiting is an arc of its own.
* Of a checklist at most one box is ticked on a way.  That every set of conditions takes
  away what it must is proved on `offer` itself, for all sets.
* A lock with more than `reasons` items behind it is met, and not walked on from.
* Two chats are one where nothing tells them apart: `alike` says when, and a test holds it.
* Pages that lie over the conversation are opened once for each state, lock, reminder and consent,
  since nothing underneath moves; and one on another once for each group of states in the table,
  since what is under a page is looked at only when that is closed.  Words are said once for each
  page on top, and for those beneath that they put away.
* A reminder and a plan are remembered only where they are spoken of, each in the few ways that make
  a difference there; where there is a reminder, and the day after, conditions are forgotten.  One
  city stands for all, and one choice of time, of days, of quiet hours and of pauses.
* Which worries were checked of late changes only how often it is asked, and what was told of late
  only what is asked about; both are left out.
* Consent that was taken back is met at home and under a lock, and long silence in four states.
* Of the questions of one kind (what a yes comes to, what follows, how it is asked), one lock each
  is walked on from into the screening that goes on, and into the one that may open it; what each
  question asks there, on `course`.
* The numbers right after a session come to one of the words for how it feels, which are all met.
* What is only printed (the country, the numbers of the pain, the cautions), what chooses the book
  (the language) and what is the same mirrored (the side to begin with) is not told apart.
"""

from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache

from flows.alike import HOUR, NOW, aged, floor, told_apart
from flows.book import CRISIS, Book, Question
from flows.chat import WONDERING, Chat, Course, Lock, State
from flows.events import Alarm, Event
from flows.screen import Screen
from flows.states import SESSION
from flows.step import alarms, is_stale, step
from flows.turn import Outcome
from flows.view import screen

DEEPEST = 2  # pages on top of each other
COMMANDS = ("start", "home", "session", "screen", "stop", "emergency", "erase")
OPENING_PAGES = ("help", "privacy", "export", "settings", "language", "learn")  # commands, too
REMINDER_LATE = (0, 3 * HOUR, 12 * HOUR)
LATE = {
    "remind": REMINDER_LATE, "again": REMINDER_LATE, "nudge": REMINDER_LATE,
    "check_in": (0, 3 * HOUR, 36 * HOUR), "seen": (0, 3 * HOUR), "ask_again": (0, 3 * HOUR),
    "fade": (0, 3 * HOUR),
}  # fmt: skip
PICKED = ("at", "every", "quiet", "zone", "city", "pause_for")  # one button stands for all
WISHES = ("every 3 days at 8:00", "in 30 minutes", "for 2 weeks", "at 11:00", "not before 9")
TURN_ON = "turn on reminders"


@dataclass
class Arc:
    """One thing that can happen: in *chat*, *event* leads to *outcome*."""

    chat: Chat
    event: Event
    outcome: Outcome
    shown: Screen  # what *chat* shows
    book: Book
    is_stale: bool = field(init=False)  # what *chat* was in the middle of did not count any more
    alarms: tuple[Alarm, ...] = field(init=False)  # what the clock is to say from now on

    def __post_init__(self) -> None:
        self.is_stale = is_stale(self.chat, self.event.at, self.book)
        self.alarms = alarms(self.outcome.chat)


def explore(
    book: Book, *, flags: Iterable[str] = (), words: Iterable[str] = (), reasons: int = 1
) -> Iterator[Arc]:
    """Every arc of every conversation, each once, nearest first.

    *flags* are the questions that are also heard in words, in every chat; *words* are typed,
    and pages opened, once in each state, under each page, with the lock up and down, and with
    consent and without.
    """
    said, typed = tuple(flags), tuple(words)
    listened: set[tuple[object, ...]] = set()
    met: set[Chat] = set()  # just as they were; what was not new then is not new now
    seen: set[Chat] = set()
    queue: deque[Chat] = deque()
    opened: set[tuple[object, ...]] = set()

    def meet(chat: Chat) -> None:
        if chat in met:
            return
        met.add(chat)
        chat = aged(chat, book)
        signs = (chat.suspected, bool(chat.suspects))
        over = (chat.lock is None, signs, chat.reminder, chat.consent)
        open_here = {(chat.state, chat.page, over), (floor(chat), chat.pages, over)}
        if (chat.pages and open_here <= opened) or len(chat.pages) > DEEPEST:
            return
        if chat.lock and not is_followed(chat, chat.lock, reasons, book):
            return
        different = told_apart(chat, book)
        if different in seen:
            return
        opened.update(open_here)
        seen.add(different)
        queue.append(chat)

    meet(Chat(now=NOW))
    while queue:
        chat = queue.popleft()
        shown = screen(chat, book)
        beneath = tuple(page for page in chat.pages[:-1] if page in WONDERING)
        where = (chat.state, chat.page, beneath, chat.lock is None, chat.consent)
        spoken = () if where in listened else said_anywhere(typed, chat.now)
        listened.add(where)
        for event in (*can_happen(chat, shown, book, said), *spoken):
            outcome = step(chat, event, book)
            yield Arc(chat, event, outcome, shown, book)
            if outcome.heard:  # else nothing has changed, but that they were there
                meet(outcome.chat)
        for hours in waits(chat, book):
            meet(chat.but(now=chat.now + hours * HOUR))


def is_followed(chat: Chat, lock: Lock, reasons: int, book: Book) -> bool:
    """Whether what comes after *chat*, which is locked, is to be met, too."""
    if len({rule[:3] for rule in lock.rules}) > reasons:
        return False
    asks = chat.state is State.SCREENING and not chat.follow_ups
    if chat.course is Course.REOPEN or (chat.course is Course.FULL and asks):
        return typical(lock, book)
    return True


def typical(lock: Lock, book: Book) -> bool:
    """Whether every reason behind *lock* is the first of its kind."""
    return examples(book).issuperset(id for id in lock.rules if id in book.questions)


@lru_cache(maxsize=10)
def examples(book: Book) -> frozenset[str]:
    """One question of every kind there is in *book*."""
    first: dict[tuple[object, ...], str] = {}
    for question in book.questions.values():
        first.setdefault(kind(question, book), question.id)
    return frozenset(first.values())


def kind(question: Question, book: Book) -> tuple[object, ...]:
    """All that the screening that goes on, or may open a lock, can tell its reasons apart by."""
    listed = any(question.id in checklist.items for checklist in book.checklists.values())
    return (
        question.disposition,
        question.severe > 0,
        question.rescreens,
        bool(question.follow_ups),
        bool(question.stands_for),
        question.item == CRISIS,
        question.id in book.screening,
        listed,
    )


def said_anywhere(words: Iterable[str], now: int) -> tuple[Event, ...]:
    """What can be said whatever is shown: *words*, and the commands that open a page."""
    opening = (Event("command", page, at=now) for page in OPENING_PAGES)
    return (*(Event("text", said, at=now) for said in words), *opening)


def can_happen(chat: Chat, shown: Screen, book: Book, flags: tuple[str, ...]) -> Iterator[Event]:
    """Every button on the screen, a change of mind about an old question, words, the clock."""
    now, picked = chat.now, ""
    for button in shown.buttons:
        if button.event in ("live", "topic") and button.value not in samples(book):
            continue
        if button.event in PICKED and button.event == picked:
            continue
        picked = button.event
        if button.event == "toggle" and chat.toggled and button.value not in chat.toggled:
            continue
        yield Event(button.event, button.value, chat.turn, now)
    for command in COMMANDS:
        yield Event("command", command, at=now)
    for id in flags:
        yield Event("flag", id, at=now)
        yield Event("yes", id, chat.turn - 1, now)
    yield Event("sharp", turn=chat.turn - 1, at=now)
    yield Event("unknown", at=now)
    late = book.numbers.hold_grace + 1
    for alarm in alarms(chat):
        due = max(alarm.due, now)
        for seconds in LATE.get(alarm.kind, (0, late)):
            yield Event(alarm.kind, str(seconds), alarm.turn, due + seconds)
        yield Event(alarm.kind, str(late), alarm.turn - 1, now)  # of a hold or session long over
    if chat.reminder:
        yield from (Event("text", wish, at=now) for wish in (*WISHES, TURN_ON))


def samples(book: Book) -> set[str]:
    """One country and one topic, for all of them."""
    return {next(iter(book.countries)), next(iter(book.topics))}


def waits(chat: Chat, book: Book) -> tuple[int, ...]:
    """How many hours it makes a difference to wait."""
    if chat.pages:
        return ()
    if chat.lock:
        return (book.numbers.lock_hours,)
    if chat.begun_at:
        return (book.numbers.answer_hours,)
    if chat.state is State.PASSED or chat.state in SESSION:
        return (book.numbers.gate_hours + 1,)
    return (book.numbers.valid_days * 24 + 1,) if chat.screened_at else ()
