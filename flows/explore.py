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
* Pages that lie over the conversation are opened once for each state, lock, session and
  reminder, since nothing underneath moves.
* A reminder and a plan are remembered only where they are spoken of, each in the few ways that make
  a difference there; where there is a reminder, and the day after, conditions are forgotten.  One
  city stands for all, and one choice of time, of days, of quiet hours and of pauses.
* Which worries were checked of late changes only how often it is asked, and what was told of late
  only what is asked about; both are left out.
* Consent that was taken back is met at home alone, and long silence in four states.
* Of the questions of one kind (what a yes comes to, what follows, how it is asked), one lock each
  is walked on from into the screening that may open it; what each question asks there, on `course`.
* What is only printed (the country, the numbers of the pain, the cautions), what chooses the book
  (the language) and what is the same mirrored (the side to begin with) is not told apart.
"""

from collections import deque
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import NamedTuple

from flows.book import AGE, CRISIS, SEVERE, STUCK, TWICE, Book, Question
from flows.chat import Chat, Course, Lock, Side, State
from flows.consent import KEEP
from flows.events import Event
from flows.plan import Plan
from flows.reminders.reminder import Reminder
from flows.reminders.rule import Rule
from flows.reminders.zones import DAY, day_of, minute_of
from flows.screen import Screen
from flows.step import alarms, step
from flows.table import DAY_AFTER, SESSION, UNCONSENTED
from flows.turn import Outcome
from flows.view import screen

NOW = 1_800_000_000  # any moment will do
HOUR = 3_600
DEEPEST = 2  # pages on top of each other
NAMED = (AGE, CRISIS, SEVERE[:3], TWICE, STUCK)  # items that the conversation knows by name
OPENING = (State.REFERRED, State.VOUCHING)  # where the age of a lock makes a difference
COMMANDS = ("start", "home", "session", "screen", "stop", "emergency", "erase")
OPENING_PAGES = ("help", "privacy", "export", "settings", "language", "learn")  # commands, too
# A reminder is due an hour from NOW; three hours later it is quiet, and twelve not any more.
QUIET = (10 * 60 + 30, 20 * 60)
REMINDER_LATE = (0, 3 * HOUR, 12 * HOUR)
LATE = {
    "remind": REMINDER_LATE, "again": REMINDER_LATE, "nudge": REMINDER_LATE,
    "check_in": (0, 3 * HOUR, 36 * HOUR), "seen": (0, 3 * HOUR), "fade": (0, 3 * HOUR),
}  # fmt: skip
ABOUT_REMINDERS = {  # pages that are only there when there is a reminder
    "reminder", "nudge", "missed", "ask_pause",
    "reminders", "set_time", "set_days", "set_quiet", "set_zone", "set_pause",
}  # fmt: skip
PICKED = ("at", "every", "quiet", "zone", "pause_for")  # one button stands for all
WISHES = ("every 3 days at 8:00", "in 2 hours", "for 2 weeks", "at 11:00")
REMEMBERED = (State.HOME, State.CHECK_IN, State.GATE, State.FINISHED)  # what is between sessions
FADING = (State.NEW, State.HOME, State.REFERRED, State.SCREENING)  # where long silence is tried
WALKED = (State.FINISHED, State.STOPPED, State.ENDED)  # a plan has begun by then
PLANNED = (State.HOME, State.CHECK_IN, State.WEEKLY, State.GATE, State.AREA, *WALKED)


class Arc(NamedTuple):
    """One thing that can happen: in *chat*, *event* leads to *outcome*."""

    chat: Chat
    event: Event
    outcome: Outcome
    shown: Screen  # what *chat* shows


def explore(
    book: Book, *, flags: Iterable[str] = (), words: Iterable[str] = (), reasons: int = 1
) -> Iterator[Arc]:
    """Every arc of every conversation, each once, nearest first.

    *flags* are the questions that are also heard in words, in every chat; *words* are typed,
    and pages opened, once in each state, under each page, and with the lock up and down.
    """
    said, typed = tuple(flags), tuple(words)
    listened: set[tuple[object, ...]] = set()
    seen: set[Chat] = set()
    queue: deque[Chat] = deque()
    opened: set[tuple[object, ...]] = set()

    def meet(chat: Chat) -> None:
        chat = aged(chat, book)
        over = (chat.state, chat.pages, chat.lock is None, chat.suspected, chat.reminder)
        if chat in seen or (chat.pages and over in opened) or len(chat.pages) > DEEPEST:
            return
        if chat.lock and len({rule[:3] for rule in chat.lock.rules}) > reasons:
            return
        if chat.course is Course.REOPEN and chat.lock and not typical(chat.lock, book):
            return
        opened.add(over)
        seen.add(chat)
        queue.append(chat)

    meet(Chat(now=NOW))
    while queue:
        chat = queue.popleft()
        shown = screen(chat, book)
        where = (chat.state, chat.pages, chat.lock is None)
        spoken = () if where in listened else said_anywhere(typed, chat.now)
        listened.add(where)
        for event in (*can_happen(chat, shown, book, said), *spoken):
            outcome = step(chat, event, book)
            yield Arc(chat, event, outcome, shown)
            meet(outcome.chat)
        for hours in waits(chat, book):
            meet(chat.but(now=chat.now + hours * HOUR))


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
    """All that the conversation can tell two questions apart by."""
    listed = any(question.id in checklist.items for checklist in book.checklists.values())
    return (
        question.disposition,
        question.severe > 0,
        question.may_decline,
        question.may_be_known,
        question.rescreens,
        bool(question.follow_ups),
        bool(question.stands_for),
        question.item in NAMED,
        question.id in book.screening,
        question.id in book.gate,
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
        yield Event(alarm.kind, "0", alarm.turn - 1, now)  # of a hold or session long over
    if chat.reminder:
        yield from (Event("text", wish, at=now) for wish in WISHES)


def samples(book: Book) -> set[str]:
    """One country and one topic, for all of them."""
    return {next(iter(book.countries)), next(iter(book.topics))}


def waits(chat: Chat, book: Book) -> tuple[int, ...]:
    """How many hours it makes a difference to wait."""
    if chat.pages:
        return ()
    if chat.lock:
        return (book.numbers.lock_hours,)
    if chat.state is State.PASSED or chat.state in SESSION:
        return (book.numbers.gate_hours + 1,)
    return (book.numbers.valid_days * 24 + 1,) if chat.screened_at else ()


def aged(chat: Chat, book: Book) -> Chat:
    """*chat* as if it were NOW, with every time at the edge of the age that it has."""
    chat = kept_aged(between_aged(chat), book)
    lock, until = chat.lock, chat.gated_until
    settling = any(id in book.conditions for id in chat.follow_ups)
    day, valid = book.numbers.lock_hours * HOUR, book.numbers.valid_days * 86_400 + HOUR
    return chat.but(
        checked=(),
        told=(),
        span="",
        notes=chat.notes[:1] if "add_note" in chat.pages else (),
        now=NOW,
        turn=2,
        language="",
        country="",
        topic=chat.topic if chat.pages else "",
        pain=-1,
        rating=-1,
        cautions=(),
        softened=chat.softened[:1] if chat.screened_at else (),
        rested=chat.rested if chat.screened_at else "",
        conditions=chat.conditions if chat.screened_at or settling else (),
        side=Side.RIGHT if chat.second else Side.LEFT,
        screened_at=_moved(chat.screened_at, chat.now, valid),
        gated_until=0 if not until else NOW - 1 if until < chat.now else NOW + HOUR,
        hold_until=NOW + 25 if chat.hold_until else 0,
        hold_turn=2 if chat.hold_turn else 0,
        lock=lock and Lock(
            lock.disposition,
            _moved(lock.since, chat.now, day if chat.state in OPENING else 0),
            tuple(sorted(lock.rules)),
            lock.edition,
            lock.examined,
            lock.words[:1],
        ),
    )  # fmt: skip


def kept_aged(chat: Chat, book: Book) -> Chat:
    """*chat* with a consent that is in force, but for HOME, and forgotten only from some states."""
    fades = KEEP in chat.pages or (chat.state in FADING and not chat.pages)
    at_home = chat.state is State.HOME and not chat.lock
    consent = chat.consent if at_home or chat.state in UNCONSENTED else book.consent
    return chat.but(consent=consent, fades_at=NOW + HOUR if fades else 0)


def between_aged(chat: Chat) -> Chat:
    """*chat* with what lies between sessions in one of a few shapes, due an hour from NOW."""
    soon = NOW + HOUR
    spoken_of = chat.state in REMEMBERED or bool(ABOUT_REMINDERS & set(chat.pages))
    reminds = chat.reminder is not None and spoken_of and not chat.lock
    walked = chat.state in WALKED
    plan = chat.plan or Plan(NOW, 5) if walked else chat.plan if chat.state in PLANNED else None
    waits = chat.check_at > 0 and chat.state is State.HOME
    if reminds or chat.state in DAY_AFTER:
        chat = chat.but(conditions=(), agreed=(), places=(), softened=(), rested="")
    return chat.but(
        reminder=same_reminder(chat.reminder, soon) if reminds and chat.reminder else None,
        plan=same_plan(plan, chat) if plan and not chat.lock else None,
        check_at=soon if waits or walked else 0,
        week_at=NOW if plan and chat.now - chat.week_at < DAY else 0,
        seen_at=soon if chat.seen_at and chat.state is State.REFERRED else 0,
    )


def same_reminder(kept: Reminder, soon: int) -> Reminder:
    rule = Rule(
        "Etc/UTC", minute_of(soon, "Etc/UTC"), every=2, anchor=day_of(soon, "Etc/UTC"), quiet=QUIET,
        on=kept.rule.on,
    )  # fmt: skip
    return Reminder(
        rule, NOW, snoozed=soon if kept.snoozed else 0, nudge=soon if kept.nudge else 0,
        unanswered=min(kept.unanswered, 3), silent=kept.silent,
    )  # fmt: skip


def same_plan(plan: Plan, chat: Chat) -> Plan:
    told = plan.why if chat.page == "plan" or chat.state is State.WEEKLY else ""
    hurt = (chat.rested,) if chat.state is State.ENDED and chat.rested else plan.away[:1]
    return Plan(
        NOW, 5, first=3, before=3, bad=min(plan.bad, 1), why=told, away=hurt,
        was=(7, 0, 2) if told else (0, 0, 0),
    )  # fmt: skip


def _moved(then: int, now: int, edge: int) -> int:
    """*then* as long before NOW as it was before *now*, as far as *edge* tells ages apart."""
    return then and (NOW - edge if now - then >= edge else NOW)
