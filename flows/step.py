"""`step`: takes one turn of talk."""

from collections.abc import Iterator
from dataclasses import replace
from typing import NamedTuple

from flows import between, course
from flows.book import Book
from flows.chat import UNSETTLED, Chat, State
from flows.consent import KEEP, stays
from flows.corrections import old_number
from flows.events import ALWAYS_HEARD, AWAITED, CLOCK, INNER, Alarm, Event
from flows.gone import without_what_is_gone
from flows.guard.pieces import recalled, stamped
from flows.layout import LAYOUT, PAGES, events_of
from flows.machine import HEARABLE, MACHINE
from flows.naming import COMMANDS
from flows.reminders.reminder import answered
from flows.reminders.when import following, slack
from flows.states import ASKING, GUIDED, IDLE, OPEN, SESSION, UNCONSENTED
from flows.turn import Outcome, Turn
from flows.typed import Meant, located, understood
from flows.unclear import unclear
from flows.wondering import went_on

UNDERNEATH = {
    state: events_of(rows) for state, rows in LAYOUT.items()
}  # buttons of the screen itself
MOST_TOLD = 12  # concepts that are kept of what was typed
LEFT = 12 * 3_600  # seconds after which a question that was left is not being answered any more
# What answers them: somebody who says anything else has left them open.
SETTLING = ("not_so", "not_about_me", "long_known", "flag", "happening", "yes", "unsure")
# Words behind a command that mean one of these are heard before it.
WEIGHTY = ("flag", "suspect", "suspect_sharp", "suspect_stop", "doubt_sharp", "under_age")


class Opened(NamedTuple):
    """A turn before it is taken."""

    turn: Turn
    notice: str  # what to answer if the event says nothing
    pieces: tuple[str, ...]  # concepts that its words tell
    stale: bool  # whether what the chat was in the middle of no longer counts


def step(chat: Chat, event: Event, book: Book) -> Outcome:
    """Take one turn: what *chat* becomes when it hears *event*, and what to keep about it."""
    turn, notice, pieces, stale = opened(chat, event, book)
    here = turn.chat
    if is_heard(turn) and not is_too_late(turn) and MACHINE.events[turn.said].trigger(turn, turn):
        after = left_open(here, turn.chat.but(state=turn.state), turn.said)
        after = remembering(after, pieces, event.at, book)
        anew = come_back(after, event, book, turn.notice)
        return Outcome(
            numbered(anew.chat, chat, event, book),
            (*turn.records, *anew.records),
            notice=anew.notice,
            silent=turn.silent,
            said=turn.said,
        )
    if stale:
        silent = event.name in CLOCK  # after half a day nobody waits to be told
        left = numbered(here, chat, event, book)
        return Outcome(left, notice="expired", silent=silent, said=turn.said)
    if event.name in CLOCK:
        return Outcome(chat, heard=False, notice=notice, said=turn.said)
    anew = come_back(here, event, book)
    if anew.notice:
        left = numbered(anew.chat, chat, event, book)
        return Outcome(left, anew.records, notice=anew.notice, said=turn.said)
    if KEEP in chat.pages:  # they are there, which answers it: what lay under it is shown
        return Outcome(numbered(chat, chat, event, book), notice=notice, said=turn.said)
    kept = stays(chat, event.at, book)
    return Outcome(kept, heard=False, notice=notice, said=turn.said)


def opened(chat: Chat, event: Event, book: Book) -> Opened:
    """The turn that *event* asks for, before it is taken."""
    chat = without_what_is_gone(chat, book)
    stale = is_stale(chat, event.at, book)
    here = went_on(expired(chat, event.at, book) if stale else chat, event, book)
    meant, notice, pieces = meaning(here, event, book)
    words = event.value if event.name == "text" else ""
    if meant.name == "unknown" and not stale and notice == unclear(here, words, book):
        notice = unclear(chat, words, book)  # what lies open stays: that is asked, and no more
    told = notice if meant.name == "told" else ""
    turn = with_its_number(Turn(here, meant, book, chat.turn, words, notice=told))
    return Opened(turn, notice, pieces, stale)


def with_its_number(turn: Turn) -> Turn:
    """*turn*, with the number counted that was told beside a sign, before that is asked about."""
    said = [told for told in turn.event.beside if told in course.SCALE]
    if not said:
        return turn
    first = replace(turn, event=Event("rate", said[0], at=turn.event.at))
    MACHINE.events["rate"].trigger(first, first)
    return replace(turn, chat=first.chat.but(state=first.state), records=first.records)


def remembering(after: Chat, pieces: tuple[str, ...], now: int, book: Book) -> Chat:
    """*after* with what has just been told, and without what was told too long ago.

    Nothing is kept before consent, nor under a lock, where there is nothing left to find out.
    """
    if after.lock or after.state in UNCONSENTED:
        return after.but(told=()) if after.told else after
    if not (pieces or after.told):
        return after
    lately = recalled(after.told, book.numbers.told_since(now))
    told = stamped(lately, pieces, now)
    return after.but(told=told[-MOST_TOLD:])


def numbered(after: Chat, before: Chat, event: Event, book: Book) -> Chat:
    """*after* with its turn counted.

    A stranger's count begins with the time, so that buttons from before an erasure are
    never taken for new ones.
    """
    if event.name not in CLOCK:  # whoever says anything has been there
        after = stays(after, event.at, book)
        if after.reminder:
            after = after.but(reminder=answered(after.reminder))
    return after.but(turn=(before.turn or event.at) + 1, now=event.at)


def meaning(chat: Chat, event: Event, book: Book) -> Meant:
    """What *event* says, in the words of the table; and what to answer if it says nothing."""
    match event.name:
        case "text" | "edited" | "caption":
            return understood(chat, event, book)
        case "command" if " " in event.value:
            return commanded(chat, event, book)
        case "command" if event.value in book.commands:
            return Meant(Event(event.value, at=event.at))
        case "command":
            return Meant(Event("unknown", at=event.at), "unknown_command")
        case "location":
            return located(chat, event)
        case "rate" if event.turn not in (None, chat.turn):
            return Meant(old_number(chat, event, book))
        case "media":
            return Meant(Event("unknown", at=event.at), "media")
        case name if name in INNER:  # nobody outside can say it
            return Meant(Event("unknown", at=event.at))
        case _:
            return Meant(event)


def left_open(before: Chat, after: Chat, said: str) -> Chat:
    """*after*, with the guide closed if *said* led away from what was to be settled first.

    Then all is asked again before the next session.
    """
    if not before.is_unsettled or after.is_unsettled or said in SETTLING:
        return after
    return after.but(screened_at=0)


def on_it(page: str) -> set[str]:
    """What is heard over *page* though the screen under it has a button for it, too."""
    return {*events_of(PAGES[page]), *ALWAYS_HEARD, *COMMANDS, "screen"}


def commanded(chat: Chat, event: Event, book: Book) -> Meant:
    """What a command with words behind it says: "/stop I can't pee" tells of more than a stop."""
    command, _, words = event.value.partition(" ")
    meant = understood(chat, replace(event, name="text", value=words), book)
    if meant.event.name in WEIGHTY:
        return meant
    return meaning(chat, replace(event, value=command), book)


def is_heard(turn: Turn) -> bool:
    """Whether the event can mean anything here, and was said to the screen now shown."""
    name, page = turn.said, turn.chat.page
    if page in UNSETTLED and name in UNDERNEATH[turn.state] - on_it(page):
        return False  # a button that is covered: only who forges it can say it
    timely = turn.event.turn in (None, turn.shown) or name in ALWAYS_HEARD or name in CLOCK
    if name in AWAITED and not between.is_due(turn):
        return False
    return timely and name in HEARABLE[turn.state]


def is_stale(chat: Chat, now: int, book: Book) -> bool:
    """Whether what *chat* is in the middle of no longer counts."""
    if chat.state is State.SCREENING:
        return chat.edition != book.edition
    if chat.state is State.GATE:  # under a lock it is left once nothing is there to ask any more
        return course.over(chat, book) if chat.lock else not course.passed(chat, now, book)
    if chat.state in GUIDED:
        return not course.passed(chat, now, book) or now > chat.gated_until
    return False


def expired(chat: Chat, now: int, book: Book) -> Chat:
    """*chat* out of what no longer counts."""
    turn = Turn(chat, Event("expire", at=now), book, chat.turn)
    MACHINE.events["expire"].trigger(turn, turn)
    return turn.chat.but(state=turn.state)


def is_too_late(turn: Turn) -> bool:
    """Whether the event only leads on, or back, from answers of long ago.

    What closes the guide is heard.
    """
    before = turn.chat
    if not course.outdated(before, turn.event.at, turn.book):
        return False
    if turn.said != "answer":
        return turn.said == "back" and turn.state in ASKING
    after = turn.answered
    worse = after.found > before.found and after.found >= course.LOCKING
    return not worse and after.lock == before.lock and not course.follows(after, turn.book)


def come_back(chat: Chat, event: Event, book: Book, notice: str = "") -> Outcome:
    """What becomes of *chat*, which begins its course anew if somebody is there again to be asked.

    The clock is nobody; under a page nothing moves; and what they are told is told first.
    """
    asks = chat.state in ASKING and not chat.pages and event.name not in CLOCK
    if not asks or notice or not course.outdated(chat, event.at, book):
        return Outcome(chat, notice=notice)
    turn = Turn(chat, Event("come_back", at=event.at), book, chat.turn)
    # What was ticked and not sent is no answer, but it was told: what closes the guide closes it.
    ticked = replace(turn, event=Event("done", at=event.at), notice="ticked_then")
    if ticked.said == "answer" and not is_too_late(ticked):
        turn = ticked
    MACHINE.events[turn.said].trigger(turn, turn)
    anew = turn.chat.but(state=turn.state)
    return Outcome(anew, tuple(turn.records), notice=turn.notice)


def alarms(chat: Chat) -> tuple[Alarm, ...]:
    """What *chat* wants to be told by the clock.  A locked chat wants nothing of the guide."""
    wanted = [Alarm("fade", chat.fades_at, chat.fades_at)] if chat.fades_at else []
    if chat.lock:
        if chat.seen_at:
            wanted.append(Alarm("seen", chat.seen_at, chat.seen_at))
        return tuple(wanted)
    if chat.state is State.HOLDING:
        wanted.append(Alarm("hold_over", chat.hold_until, chat.hold_turn))
    if chat.state in SESSION and chat.gated_until:
        wanted.append(Alarm("time_out", chat.gated_until, chat.gated_until))
    if chat.ask_at and chat.is_suspecting:
        wanted.append(Alarm("ask_again", chat.ask_at, chat.ask_at))
    if chat.state in OPEN and (chat.reminder or chat.check_at):
        wanted += between_sessions(chat)
    return tuple(wanted)


def between_sessions(chat: Chat) -> Iterator[Alarm]:
    """The reminders and the check-in that *chat* wants.

    They wait while something is going on: a question that was left is, for half a day, a sign that
    is asked about until it was asked again, and a call for help for as long as it lies open.
    """
    if chat.page == "emergency" or (chat.is_suspecting and chat.ask_at):
        return
    earliest = chat.now + LEFT if chat.is_suspecting or chat.state in ASKING else 0
    if chat.check_at and chat.state in IDLE:
        yield Alarm("check_in", max(chat.check_at, earliest), chat.check_at)
    kept = chat.reminder
    if kept is None or not kept.rule.on:
        return
    comes = following(kept.rule, kept.after, kept.last)
    if comes is not None and not kept.silent:
        due = max(comes, kept.kept_until, earliest)
        yield Alarm("remind", due, comes, slack(due, kept.rule))
    if kept.snoozed:
        yield Alarm("again", max(kept.snoozed, earliest), kept.snoozed)
    if kept.nudge:
        yield Alarm("nudge", max(kept.nudge, earliest), kept.nudge)
