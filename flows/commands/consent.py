"""Commands about consent, and about how long what is kept stays."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flows.commands.change import change
from flows.commands.pages import close_pages, show_page
from flows.consent import KEEP
from flows.reminders.reminder import put_out
from flows.reminders.zones import DAY

if TYPE_CHECKING:
    from flows.turn import Turn


def open_consent(turn: Turn) -> None:
    close_pages(turn)
    show_page(turn, "consent")


def note_consent(turn: Turn) -> None:
    change(turn, consent=turn.book.consent)
    turn.record("consented", str(turn.book.consent))


def suspend(turn: Turn) -> None:
    """Nothing is said unasked any more, and nothing new begins; the lock stays as it is."""
    change(turn, consent=0, reminder=put_out(turn.chat.reminder), check_at=0, seen_at=0)
    turn.record("suspended")
    turn.notice = "suspended"


def ask_to_keep(turn: Turn) -> None:
    close_pages(turn)
    show_page(turn, KEEP)
    change(turn, fades_at=turn.event.at + turn.book.reminding.answer_days * DAY)
