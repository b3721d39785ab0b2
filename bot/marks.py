"""What is written down of a screen that was spoken, or could not be."""

import math
from dataclasses import replace

from bot.heard import Mark
from data.transaction import Due, Row
from flows import Chat, State, alarms

_UNASKED = ("reminder", "nudge", "missed", "ask_pause", "seen", "keep")  # pages


def spoken(row: Row, message_id: int | None, now: float) -> Mark:
    """The screen of *row* stands in *message_id*."""
    chat = row.chat
    return Mark(
        row.chat_id, chat.turn, row.notice, message_id, erased=chat.leaves_no_trace,
        hold=_hold(row, now), at_once=_is_unasked(chat),
    )  # fmt: skip


def given_up(row: Row, *, paused: bool) -> Mark:
    """The screen of *row* is not spoken: not now, if *paused*, else never."""
    erased = row.chat.leaves_no_trace
    return Mark(row.chat_id, row.chat.turn, row.notice, row.message_id, paused, erased)


def _is_unasked(chat: Chat) -> bool:
    """Whether the clock has said what stands there.  Most of it is said to many, side by side."""
    asked_again = chat.page == "suspicion" and not chat.ask_at
    is_next_day = chat.state is State.CHECK_IN and not chat.pages
    return chat.page in _UNASKED or asked_again or is_next_day


def _hold(row: Row, now: float) -> Due | None:
    """The end of a hold whose screen is seen for the first time at *now*.

    A hold lasts as long as its screen says, counted from when the person can read it.
    """
    chat = row.chat
    if row.is_said_again or chat.hold_turn != chat.turn:
        return None
    due = math.ceil(now) + chat.hold_until - chat.now
    for alarm in alarms(chat):
        if alarm.turn == chat.hold_turn:
            return Due(row.chat_id, replace(alarm, due=due))
    return None
