"""A screen as the page wants it: plain data, which the page sets as text and never as HTML."""

from typing import Any

from bot.said import pack_data
from data.media import Medium, read_media
from flows import Button, File, Screen

Data = dict[str, Any]

# What must be found at once, and is not to be mistaken for an answer.
_ALARMING = {"emergency", "sharp", "happening"}


def message(screen: Screen, turn: int, file_at: str = "") -> Data:
    """*screen* as it is shown at *turn*; a button's `data` comes back when it is tapped.

    *file_at* is the address of the file that was made for it.
    """
    beside = _made(screen.file, screen.alt, file_at) if screen.file else _beside(screen)
    return {
        "text": screen.text,
        "rows": [[_button(button, turn) for button in row] for row in screen.rows],
        **beside,
    }


def _made(file: File, alt: str, address: str) -> Data:
    """A file of the person's own: a picture is seen, and each can be kept."""
    shown: Data = {"file": {"src": address, "name": file.name}}
    if file.kind == "photo":
        shown["picture"] = {"src": address, "alt": alt, "film": False, "round": False}
    return shown


def _beside(screen: Screen) -> Data:
    """What there is to see and to hear; an id that has no file shows nothing."""
    media = read_media()
    picture, sound = media.get(screen.picture), media.get(screen.sound)
    shown: Data = {}
    if picture:
        shown["picture"] = {
            "src": _address(picture),
            "alt": screen.alt,
            "film": picture.is_film,
            "round": picture.goes_round,
        }
    if sound:
        shown["sound"] = _address(sound)
    return shown


def _address(medium: Medium) -> str:
    """Where it is; another file has another address, so that each may be kept for ever."""
    return f"/media/{medium.hash}/{medium.id}"


def _button(button: Button, turn: int) -> Data:
    return {
        "label": button.label,
        "data": pack_data(turn, button.event, button.value),
        "alarming": button.event in _ALARMING,
    }
