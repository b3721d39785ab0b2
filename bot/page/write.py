"""A screen as the page wants it: plain data, which the page sets as text and never as HTML."""

from typing import Any

from bot.said import pack_data
from flows import Button, Screen

Data = dict[str, Any]

# What must be found at once, and is not to be mistaken for an answer.
_ALARMING = {"emergency", "sharp", "happening"}


def message(screen: Screen, turn: int) -> Data:
    """*screen* as it is shown at *turn*; a button's `data` comes back when it is tapped."""
    return {
        "text": screen.text,
        "rows": [[_button(button, turn) for button in row] for row in screen.rows],
    }


def _button(button: Button, turn: int) -> Data:
    return {
        "label": button.label,
        "data": pack_data(turn, button.event, button.value),
        "alarming": button.event in _ALARMING,
    }
