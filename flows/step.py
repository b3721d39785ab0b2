"""`step`: takes one turn of talk."""

from flows import course
from flows.book import Book
from flows.chat import Chat, State
from flows.events import Alarm, Event
from flows.table import ALWAYS_HEARD, CLOCK, GUIDED, HEARABLE, INNER, MACHINE, SESSION
from flows.turn import Outcome, Turn
from flows.typed import understood


def step(chat: Chat, event: Event, book: Book) -> Outcome:
    """Take one turn: what *chat* becomes when it hears *event*, and what to keep about it."""
    stale = is_stale(chat, event.at, book)
    here = expired(chat, event.at, book) if stale else chat
    meant, notice = meaning(here, event, book)
    turn = Turn(here, meant, book, chat.turn)
    if is_heard(turn) and MACHINE.events[turn.said].trigger(turn, turn):
        after = turn.chat.but(state=turn.state)
        return Outcome(
            numbered(after, chat, event), tuple(turn.records), True, turn.notice, turn.silent
        )
    if stale:
        silent = event.name in CLOCK  # after half a day nobody waits to be told
        return Outcome(numbered(here, chat, event), notice="expired", silent=silent)
    return Outcome(chat, heard=False, notice=notice)


def numbered(after: Chat, before: Chat, event: Event) -> Chat:
    """*after* with its turn counted.

    A stranger's count begins with the time, so that buttons from before an erasure are
    never taken for new ones.
    """
    return after.but(turn=(before.turn or event.at) + 1, now=event.at)


def meaning(chat: Chat, event: Event, book: Book) -> tuple[Event, str]:
    """What *event* says, in the words of the table; and what to answer if it says nothing."""
    match event.name:
        case "text" | "edited" | "caption":
            return understood(chat, event, book)
        case "command" if event.value in book.commands:
            return Event(event.value, at=event.at), ""
        case "command":
            return Event("unknown", at=event.at), "unknown_command"
        case "media":
            return Event("unknown", at=event.at), "media"
        case name if name in INNER:  # nobody outside can say it
            return Event("unknown", at=event.at), ""
        case _:
            return event, ""


def is_heard(turn: Turn) -> bool:
    """Whether the event can mean anything here, and was said to the screen now shown."""
    name = turn.said
    timely = turn.event.turn in (None, turn.shown) or name in ALWAYS_HEARD or name in CLOCK
    return timely and name in HEARABLE[turn.state]


def is_stale(chat: Chat, now: int, book: Book) -> bool:
    """Whether what *chat* is in the middle of no longer counts."""
    if chat.state is State.SCREENING:
        return chat.edition != book.edition
    if chat.state is State.GATE and not chat.lock:
        return not course.passed(chat, now, book)
    if chat.state in GUIDED:
        return not course.passed(chat, now, book) or now > chat.gated_until
    return False


def expired(chat: Chat, now: int, book: Book) -> Chat:
    """*chat* out of what no longer counts."""
    turn = Turn(chat, Event("expire", at=now), book, chat.turn)
    MACHINE.events["expire"].trigger(turn, turn)
    return turn.chat.but(state=turn.state)


def alarms(chat: Chat) -> tuple[Alarm, ...]:
    """What *chat* wants to be told by the clock.  A locked chat wants nothing."""
    if chat.lock:
        return ()
    wanted = []
    if chat.state is State.HOLDING:
        wanted.append(Alarm("hold_over", chat.hold_until, chat.hold_turn))
    if chat.state in SESSION and chat.gated_until:
        wanted.append(Alarm("time_out", chat.gated_until, chat.gated_until))
    return tuple(wanted)
