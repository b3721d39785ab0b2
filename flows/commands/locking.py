"""Commands about red flags and the lock."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from flows import course
from flows.book import EMERGENCY_BUTTON, SEVERE
from flows.chat import Course, Disposition
from flows.commands.change import change
from flows.commands.pages import close_pages
from flows.lock import locked, lowered

if TYPE_CHECKING:
    from flows.turn import Turn


def raise_flag(turn: Turn) -> None:
    """The lock comes down for a question that was answered outside its screening."""
    turn.chat = turn.flagged.but(notes=turn.chat.notes)  # what was typed for the sheet stays
    turn.record("locked", turn.event.value)
    close_pages(turn)


def raise_emergency(turn: Turn) -> None:
    lock_down(turn, Disposition.EMERGENCY, EMERGENCY_BUTTON)


def raise_severe(turn: Turn) -> None:
    lock_down(turn, turn.book.questions[SEVERE].disposition, SEVERE)


def raise_examined(turn: Turn) -> None:
    """An old, unchanged and examined symptom is not for now, but it does close the guide."""
    lock_down(turn, Disposition.URGENT, turn.chat.suspected)
    if turn.chat.lock and turn.chat.lock.disposition is Disposition.URGENT:
        change(turn, lock=replace(turn.chat.lock, examined=True))
    turn.record("statement", turn.chat.suspected)
    close_pages(turn)


def lock_down(turn: Turn, disposition: Disposition, rule: str) -> None:
    end = len(turn.book.screening)
    change(turn, course=Course.FULL, at=end, follow_ups=(), found=disposition, toggled=())
    turn.chat = locked(turn.chat, disposition, (rule,), turn.event.at, turn.book)
    turn.record("locked", rule)


def lower_to_urgent(turn: Turn) -> None:
    assert turn.chat.lock, "guarded by `may_be_old`"
    lock = lowered(turn.chat.lock)
    turn.chat = course.ready(turn.chat.but(lock=lock, found=Disposition.URGENT), turn.book)
    turn.record("statement", " ".join(lock.rules))


def begin_reopening(turn: Turn) -> None:
    turn.record("vouched", " ".join(turn.chat.lock.rules) if turn.chat.lock else "")
    change(turn, seen_at=0)
    turn.chat = course.begun(turn.chat, Course.REOPEN, turn.book)
