"""When the search takes two chats for one.

1. `aged` takes time in ages: how long ago something was, as far as a limit can tell the difference,
   with all that lies between sessions in one of a few shapes.
2. `told_apart` leaves out what nothing looks at where the chat stands.  It is handed on all the
   same, so the first such chat is walked on from as it is.  Where something looks at it again, it
   is met with every value: they had it before they came here, and from there a way leads on.

`tests/test_safety.py` holds what is left out against all that can happen: none of it shows.
"""

from flows.book import Book
from flows.chat import Chat, Disposition, Lock, Side, State
from flows.consent import KEEP
from flows.course import LOCKING, unfinished
from flows.lock import left
from flows.plan import Plan, one_side
from flows.reminders.reminder import Reminder
from flows.reminders.rule import Rule
from flows.reminders.zones import DAY, day_of, minute_of
from flows.states import (
    AFTER,
    ASKING,
    CHOOSING,
    DAY_AFTER,
    RESTING,
    SESSION,
    UNCONSENTED,
    WALKING,
)
from flows.step import is_stale

NOW = 1_800_000_000  # any moment will do
HOUR = 3_600
OPENING = (State.REFERRED, State.VOUCHING)  # where the age of a lock makes a difference
# A reminder is due an hour from NOW; three hours later it is quiet, and twelve not any more.
QUIET = (10 * 60 + 30, 20 * 60)
ABOUT_REMINDERS = {  # pages that are only there when there is a reminder
    "reminder", "nudge", "missed", "ask_pause", "reopened",
    "reminders", "set_time", "set_days", "set_quiet", "set_zone", "set_city", "set_pause",
}  # fmt: skip
REMEMBERED = (State.HOME, State.CHECK_IN, State.GATE, State.FINISHED)  # what is between sessions
FADING = (State.NEW, State.HOME, State.REFERRED, State.SCREENING)  # where long silence is tried
# Where consent that was taken back is met under a lock; without one at home alone.
CLOSED = (State.REFERRED, State.SCREENING, State.VOUCHING, State.MISREAD)
WALKED = (State.FINISHED, State.STOPPED, State.ENDED)  # a plan has begun by then
PLANNED = (State.HOME, State.CHECK_IN, State.WEEKLY, State.GATE, State.AREA, *WALKED)
ABOUT_QUESTIONS = {"suspicion", "info"}  # pages on which a question is suspected
FLOORS = (UNCONSENTED, ASKING, RESTING, CHOOSING, WALKING, AFTER)  # the groups of the table

# What nothing looks at in a state: it is handed on, or begun anew before it counts.
BEGUN: dict[str, object] = {
    "at": 0, "follow_ups": (), "found": Disposition.SELF_CARE, "begun_at": 0,
}  # fmt: skip
CHOSEN: dict[str, object] = {"area": "", "tool": "", "technique": ""}
SOFT: dict[str, object] = {"softened": ()}  # which tool may follow on which
UNREAD: dict[State, dict[str, object]] = {
    **dict.fromkeys((State.BRIEFING, *WALKING), SOFT),
    **dict.fromkeys((State.RATING, State.FEELING, State.ENDED, State.STOPPED),
                    SOFT | {"gated_until": NOW + HOUR}),
    State.FINISHED: CHOSEN,
    State.VOUCHING: BEGUN | {"toggled": ()},
    State.MISREAD: BEGUN | {"toggled": ()},
}  # fmt: skip


def told_apart(chat: Chat, book: Book) -> Chat:
    """*chat* with no more than what makes a difference where it stands."""
    if is_stale(chat, chat.now, book):  # it is left before anything else is heard
        chat = left(chat).but(gated_until=chat.gated_until, **SOFT | BEGUN)
    if chat.state is State.ERASING:  # whether, and when, a screening was left: where, with ticks
        at = chat.at if chat.toggled else int(unfinished(chat))
        chat = chat.but(**BEGUN | {"at": at, "begun_at": chat.begun_at})
    return chat.but(
        suspected=chat.suspected if ABOUT_QUESTIONS & set(chat.pages) else "",
        suspects=chat.suspects[:1] if "suspicion" in chat.pages or chat.ask_at else (),
        found=chat.found if chat.found >= LOCKING else Disposition.SELF_CARE,
        sharps=min(chat.sharps, 1),
        toggled=chat.toggled if chat.state in ASKING or unfinished(chat) else (),
        minutes=chat.minutes if chat.state in PLANNED else as_full(chat.minutes, book),
    ).but(**UNREAD.get(chat.state, {}))


def as_full(minutes: int, book: Book) -> int:
    """The most minutes of a session after which as much fits in as after so many; none are none."""
    most = book.numbers.session_minutes
    lengths = {n for t in book.techniques.values() for n in (t.minutes, one_side(t.minutes))}
    return minutes and most - max((n for n in lengths if minutes + n <= most), default=0)


def floor(chat: Chat) -> object:
    """Where *chat* stands, as far as it makes a difference to how pages lie on each other."""
    if len(chat.pages) < 2:  # noqa: PLR2004 - one page, or none
        return chat.state
    return next((number for number, group in enumerate(FLOORS) if chat.state in group), -1)


def aged(chat: Chat, book: Book) -> Chat:
    """*chat* as if it were NOW, with every time at the edge of the age that it has."""
    chat = kept_aged(between_aged(chat), book)
    lock, until = chat.lock, chat.gated_until
    settling = any(id in book.conditions for id in chat.follow_ups)
    goes_on = chat.at > 0 and (chat.state is State.GATE or unfinished(chat))
    fresh = book.numbers.answer_hours * HOUR
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
        pain=same_pain(chat),
        rating=-1,
        cautions=(),
        minutes=chat.minutes if chat.state in SESSION else 0,
        worked=chat.worked if chat.state in SESSION else (),
        softened=chat.softened[:1] if chat.screened_at else (),
        rested=chat.rested if chat.screened_at else "",
        conditions=chat.conditions if chat.screened_at or settling else (),
        side=Side.RIGHT if chat.second else Side.LEFT,
        begun_at=_moved(chat.begun_at, chat.now, fresh) if goes_on else 0,
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
    """*chat* with a consent that is in force, but for some states, and forgotten only from some."""
    fades = KEEP in chat.pages or (chat.state in FADING and not chat.pages)
    taken_back = chat.state in (CLOSED if chat.lock else (State.HOME, *UNCONSENTED))
    consent = chat.consent if taken_back else book.consent
    return chat.but(consent=consent, fades_at=NOW + HOUR if fades else 0)


def between_aged(chat: Chat) -> Chat:
    """*chat* with what lies between sessions in one of a few shapes, due an hour from NOW."""
    soon = NOW + HOUR
    spoken_of = chat.state in REMEMBERED or bool(ABOUT_REMINDERS & set(chat.pages))
    reminds = chat.reminder is not None and spoken_of and not chat.lock
    walked = chat.state in WALKED
    plan = chat.plan or Plan(NOW, 5) if walked else chat.plan if chat.state in PLANNED else None
    waits = chat.check_at > 0 and chat.state is State.HOME
    asks = chat.ask_at > 0 and chat.state is State.HOME and chat.is_suspecting
    if reminds or chat.state in DAY_AFTER:
        chat = chat.but(conditions=(), agreed=(), places=(), softened=(), rested="")
    return chat.but(
        reminder=same_reminder(chat.reminder, soon) if reminds and chat.reminder else None,
        plan=same_plan(plan, chat) if plan and not chat.lock else None,
        check_at=soon if waits or walked else 0,
        week_at=NOW if plan and chat.now - chat.week_at < DAY else 0,
        seen_at=soon if chat.seen_at and chat.state is State.REFERRED else 0,
        ask_at=soon if asks else 0,
        suspects=chat.suspects if asks or "suspicion" in chat.pages else (),
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


def same_pain(chat: Chat) -> int:
    """The pain as far as a gate hears it: as much as the plan began with, or so much more."""
    heard = chat.state is State.GATE and chat.plan is not None and chat.pain >= 0
    return 5 if heard and chat.pain >= 5 else 3 if heard else -1  # noqa: PLR2004 - of `same_plan`


def same_plan(plan: Plan, chat: Chat) -> Plan:
    told = plan.why if chat.page == "plan" or chat.state is State.WEEKLY else ""
    hurt = (chat.rested,) if chat.state is State.ENDED and chat.rested else plan.away[:1]
    return Plan(
        NOW, 5, first=3, before=3, bad=min(plan.bad, 1), why=told, away=hurt,
        was=(7, 0, 2) if told else (0, 0, 0), told=chat.page == "plan",
        back=7 if told and plan.back else 0,
        owed=chat.state is State.GATE,
        done_at=NOW - DAY - HOUR if chat.state is State.GATE else 0,
    )  # fmt: skip


def _moved(then: int, now: int, edge: int) -> int:
    """*then* as long before NOW as it was before *now*, as far as *edge* tells ages apart."""
    return then and (NOW - edge if now - then >= edge else NOW)
