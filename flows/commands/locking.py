"""Commands about red flags and the lock."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from flows import course
from flows.book import EMERGENCY_BUTTON, SEVERE
from flows.chains import in_order, waiting
from flows.chat import Course, Disposition
from flows.commands.change import change
from flows.commands.pages import ask_about, close_pages, leave_open
from flows.commands.screening import record_answers
from flows.lock import locked, lowered

if TYPE_CHECKING:
    from flows.turn import Turn

MOST_WORDS = 6  # kept of what was read


def raise_flag(turn: Turn) -> None:
    """The lock comes down for a question that was answered outside its screening."""
    record_answers(turn)
    words = words_alone(turn)
    turn.chat = turn.flagged.but(
        answers=turn.chat.answers,
        notes=turn.chat.notes,  # what was typed for the sheet stays
    )
    if turn.chat.lock:
        change(turn, lock=replace(turn.chat.lock, words=words))
    turn.record("locked", turn.event.value)
    ask_about_others(turn)


def ask_about_others(turn: Turn) -> None:
    """Other signs that were told of are asked about, as far as they may be worse than the lock."""
    ask_next_of(turn, tuple(id for id in others_told(turn) if may_be_worse(id, turn)))


def ask_once_more(turn: Turn) -> None:
    """What was said is known; what follows from it, and each other sign, is still asked."""
    known = {turn.event.value, *(turn.chat.lock.rules if turn.chat.lock else ())}
    ask_next_of(turn, tuple(id for id in others_told(turn) if id not in known))
    turn.notice = "tap_answer"


def others_told(turn: Turn) -> tuple[str, ...]:
    """The signs that wait to be asked about, and those that the same words tell of."""
    return in_order((*waiting(turn.chat), *turn.event.suspects), turn.book)


def ask_next_of(turn: Turn, ids: tuple[str, ...]) -> None:
    """The signs *ids* are asked about; nothing else stays open."""
    leave_open(turn, ("suspicion",) if ids else ())
    if ids:
        ask_about(turn, ids)


def may_be_worse(id: str, turn: Turn) -> bool:
    """Whether *id* is not the sign that is up, and may be worse."""
    return id != turn.event.value and course.wanted(id, turn.chat.found, turn.book)


def words_alone(turn: Turn) -> tuple[str, ...]:
    """The words in which all that closes the guide was read; none if anything else does."""
    before, because = turn.chat.lock, turn.event.because
    if not because or (before and not before.words):
        return ()
    words = dict.fromkeys((*(before.words if before else ()), *because))
    return tuple(words)[-MOST_WORDS:]


def raise_emergency(turn: Turn) -> None:
    lock_down(turn, Disposition.EMERGENCY, EMERGENCY_BUTTON)


def raise_severe(turn: Turn) -> None:
    lock_down(turn, turn.book.questions[SEVERE].disposition, SEVERE)


def raise_suspected(turn: Turn) -> None:
    """It is there, if old: an emergency, until all that makes it none has been said in full.

    The signs that wait are asked about then.
    """
    id, *others = waiting(turn.chat)
    lock_down(turn, turn.book.questions[id].disposition, id)
    close_pages(turn)
    change(turn, suspects=tuple(others))


def lock_down(turn: Turn, disposition: Disposition, rule: str) -> None:
    record_answers(turn)
    end = len(turn.book.screening)
    change(turn, course=Course.FULL, at=end, follow_ups=(), begun_at=turn.event.at)
    change(turn, found=disposition, toggled=())
    turn.chat = locked(turn.chat, disposition, (rule,), turn.event.at, turn.book)
    turn.record("locked", rule)


def lower_to_urgent(turn: Turn) -> None:
    assert turn.chat.lock, "guarded by `may_be_old`"
    lock = lowered(turn.chat.lock)
    turn.chat = course.ready(turn.chat.but(lock=lock, found=Disposition.URGENT), turn.book)
    turn.record("statement", " ".join(lock.rules))
    ask_next_of(turn, tuple(id for id in turn.chat.suspects if may_be_worse(id, turn)))


def begin_reopening(turn: Turn) -> None:
    turn.record("vouched", " ".join(turn.chat.lock.rules) if turn.chat.lock else "")
    change(turn, seen_at=0)
    turn.chat = course.begun(turn.chat, Course.REOPEN, turn.book)


def begin_afresh(turn: Turn) -> None:
    """The words were misread, as is said twice: they are forgotten, and all is asked.

    The lock stays down until all of it has been answered, and nothing was found.
    """
    assert turn.chat.lock, "guarded by `was_read`"
    turn.record("misread", " ".join(turn.chat.lock.rules))
    change(turn, lock=replace(turn.chat.lock, words=()))
    turn.chat = course.begun(turn.chat, Course.AFRESH, turn.book)
