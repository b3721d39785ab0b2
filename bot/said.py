"""What a person says, as an event: typed words, a command, a button that comes back."""

import re
from functools import lru_cache

from flows import Event
from flows.events import CLOCK, INNER

MOST_DATA = 64  # bytes of a button's data; source: Bot API
COMMAND = re.compile(r"/([A-Za-z0-9_]{1,64})(?:@(\w+))?(?:\s|$)")
_DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"
_DATA = re.compile(r"([0-9a-z]{1,12}):([a-z_]+):(.*)", re.DOTALL)

# What no button says: only a message, the clock or the conversation itself does.
_NO_BUTTON = {"text", "edited", "caption", "media", "location", "command", *CLOCK, *INNER}


class TooLong(Exception):
    """A text or a button is longer than Telegram allows: the author's slip."""


def typed(text: str, at: int) -> Event:
    """What *text* says: a command if it opens with a slash, and the words behind it; else words."""
    command = COMMAND.match(text)
    if not command:
        return Event("text", text, at=at)
    said = f"{command[1].lower()} {text[command.end() :]}".strip()
    return Event("command", said, at=at)


def pack_data(turn: int, event: str, value: str) -> str:
    """What comes back when a button is tapped."""
    data = f"{to_base36(turn)}:{event}:{value}"
    if len(data.encode()) > MOST_DATA:
        raise TooLong(f"the button {event}:{value} is longer than {MOST_DATA} bytes")
    return data


def pressed(data: object, at: int) -> Event:
    """The event on a button.  What no button of ours says is an event that nobody hears."""
    parts = _DATA.fullmatch(data) if isinstance(data, str) and len(data) <= MOST_DATA else None
    if parts is None or parts[2] in _NO_BUTTON:
        return Event("forged", turn=-1, at=at)
    return Event(parts[2], parts[3], int(parts[1], 36), at)


@lru_cache(maxsize=256)  # all buttons of a screen have the same turn
def to_base36(number: int) -> str:
    digits = ""
    while number:
        number, digit = divmod(number, 36)
        digits = _DIGITS[digit] + digits
    return digits or "0"
