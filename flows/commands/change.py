"""Changing the chat of a turn."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from flows.turn import Turn


def change(turn: Turn, **changes: object) -> None:
    turn.chat = turn.chat.but(**changes)
