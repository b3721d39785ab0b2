"""A screen as Telegram wants it."""

import html
from dataclasses import replace
from typing import Any

from bot.said import TooLong, pack_data
from flows import Screen

MOST = 4096  # UTF-16 units of a text
MOST_CAPTION = 1024  # UTF-16 units of what stands under a picture
_NO_PREVIEW = {"is_disabled": True}


def message(screen: Screen, turn: int) -> dict[str, Any]:
    """What sendMessage and editMessageText take of *screen*, as it is shown at *turn*."""
    values = {
        "text": to_html(screen.text),
        "parse_mode": "HTML",
        "link_preview_options": _NO_PREVIEW,
    }
    return values | buttons(screen, turn)


def caption(screen: Screen, turn: int) -> dict[str, Any] | None:
    """What a picture of *screen* takes, with text and buttons; None: the text is too long."""
    if utf16(screen.text) > MOST_CAPTION:
        return None
    return {"caption": to_html(screen.text), "parse_mode": "HTML"} | buttons(screen, turn)


def hushed(screen: Screen) -> dict[str, Any]:
    """What a new message takes whose phone is to stay still."""
    return {"disable_notification": True} if screen.hushed else {}


def in_words(screen: Screen) -> Screen:
    """*screen* with what its picture shows told above the text, where that is not too long."""
    told = f"{screen.alt}\n\n{screen.text}"
    return replace(screen, text=told) if screen.alt and utf16(told) <= MOST else screen


def buttons(screen: Screen, turn: int) -> dict[str, Any]:
    if not screen.rows:
        return {}
    rows = [
        [{"text": b.label, "callback_data": pack_data(turn, b.event, b.value)} for b in row]
        for row in screen.rows
    ]
    return {"reply_markup": {"inline_keyboard": rows}}


def to_html(text: str) -> str:
    """*text* with its **bold** marks as tags, and nothing else that HTML could mean."""
    parts = text.split("**")
    if len(parts) % 2 == 0:  # a mark that nothing closes is said as it is
        parts[-2:] = ["**".join(parts[-2:])]
    if utf16(text) - 4 * (len(parts) // 2) > MOST:
        raise TooLong(f"a screen is longer than {MOST}: it begins with {parts[0][:40]!r}")
    for n, part in enumerate(parts):
        escaped = html.escape(part, quote=False)
        parts[n] = f"<b>{escaped}</b>" if n % 2 else escaped
    return "".join(parts)


def utf16(text: str) -> int:
    """How long Telegram counts *text*."""
    return len(text.encode("utf-16-le")) // 2
