"""Consent, and how long what is kept stays: the questions that rows ask about both.

1. Consent has a version.  Under another than the book's nothing new begins, until it is given anew.
2. Who takes it back for a while has version 0: all is still there, and nothing is done with it.
3. After long silence there is one question whether to keep it all, and then it is erased.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from flows.reminders.when import awake
from flows.reminders.zones import DAY

if TYPE_CHECKING:
    from flows.book import Book
    from flows.chat import Chat
    from flows.turn import Turn

KEEP = "keep"  # the page that asks whether to keep it all


def is_consent_old(turn: Turn) -> bool:
    return turn.chat.consent != turn.book.consent


def asks_consent(turn: Turn) -> bool:
    return turn.chat.page == "consent"


def has_consented(turn: Turn) -> bool:
    return turn.chat.consent > 0


def was_asked_to_keep(turn: Turn) -> bool:
    return KEEP in turn.chat.pages


def stays(chat: Chat, at: int, book: Book) -> Chat:
    """*chat* once its person has said anything at the moment *at*, whatever it was.

    It fades later, and the next long silence is asked about anew.
    """
    due = fades_at(chat, at, book)
    if due == chat.fades_at and KEEP not in chat.pages:
        return chat
    return chat.but(pages=tuple(page for page in chat.pages if page != KEEP), fades_at=due)


def fades_at(chat: Chat, at: int, book: Book) -> int:
    """When *chat*, heard of at the moment *at*, is asked whether to keep it all.

    It is moved on once a day only: the alarm of most turns stays as it is.
    """
    if chat.leaves_no_trace:
        return 0
    due = at + book.reminding.keep_days * DAY
    due = awake(due, chat.reminder.rule) if chat.reminder else due
    return chat.fades_at if 0 <= due - chat.fades_at < DAY else due
