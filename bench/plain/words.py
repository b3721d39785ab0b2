"""Words and buttons for the plain bot: the bot's own, in python-telegram-bot's types."""

import html
import re
from collections import defaultdict
from collections.abc import Mapping

from telegram import InlineKeyboardButton, InlineKeyboardMarkup

from data.library import read_library

BOOK = read_library().book("en")

Keyboard = InlineKeyboardMarkup
Rows = list[list[InlineKeyboardButton]]

_OFTEN = {"net": BOOK.texts["net"]}


def words(key: str, **gaps: object) -> str:
    """A text of the book as HTML, without the paragraphs that stay empty.

    What is in no gap is what only ours has to say: of a plan, of conditions.
    """
    paragraphs = BOOK.texts[key].format_map(defaultdict(str, _OFTEN | gaps)).split("\n\n")
    text = "\n\n".join(part.strip() for part in paragraphs if part.strip())
    return re.sub(r"\*\*(.+?)\*\*", r"<b>\1</b>", html.escape(text, quote=False))


def labels(*rows: str, where: str = "") -> Rows:
    """Buttons by the names of their events, a text for each row."""
    said = BOOK.labels
    return [
        [
            InlineKeyboardButton(said.get(f"{where}.{name}") or said[name], callback_data=name)
            for name in row.split()
        ]
        for row in rows
    ]


def listed(kind: str, names: Mapping[str, str], abreast: int = 1) -> Rows:
    """A button for each of *names*."""
    buttons = [InlineKeyboardButton(names[id], callback_data=f"{kind}:{id}") for id in names]
    return [buttons[i : i + abreast] for i in range(0, len(buttons), abreast)]


def keyboard(rows: Rows) -> Keyboard:
    return InlineKeyboardMarkup(rows)


BETWEEN = keyboard(labels("home", "emergency"))
SCALE = listed("rate", {str(n): str(n) for n in range(11)}, abreast=6)
