"""Words and buttons for the plain aiogram bot: the bot's own, in aiogram's types.

They come in a file: aiogram lives in an environment of its own, where our rooms cannot be read.
"""

import html
import json
import re
import sys
from collections import defaultdict
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup

BOOK: dict[str, Any] = json.loads(Path(sys.argv[-1]).read_text(encoding="utf-8"))

Rows = list[list[InlineKeyboardButton]]

_OFTEN = {"net": BOOK["texts"]["net"]}


def words(key: str, **gaps: object) -> str:
    """A text of the book as HTML, without the paragraphs that stay empty.

    What is in no gap is what only ours has to say: of a plan, of conditions.
    """
    paragraphs = BOOK["texts"][key].format_map(defaultdict(str, _OFTEN | gaps)).split("\n\n")
    text = "\n\n".join(part.strip() for part in paragraphs if part.strip())
    return re.sub(r"\*\*(.+?)\*\*", r"<b>\1</b>", html.escape(text, quote=False))


def labels(*rows: str, where: str = "") -> Rows:
    """Buttons by the names of their events, a text for each row."""
    said = BOOK["labels"]
    return [
        [
            InlineKeyboardButton(text=said.get(f"{where}.{name}") or said[name], callback_data=name)
            for name in row.split()
        ]
        for row in rows
    ]


def listed(kind: str, names: Mapping[str, str], abreast: int = 1) -> Rows:
    """A button for each of *names*."""
    buttons = [InlineKeyboardButton(text=names[id], callback_data=f"{kind}:{id}") for id in names]
    return [buttons[i : i + abreast] for i in range(0, len(buttons), abreast)]


def keyboard(rows: Rows) -> InlineKeyboardMarkup:
    return InlineKeyboardMarkup(inline_keyboard=rows)


BETWEEN = keyboard(labels("home", "emergency"))
SCALE = listed("rate", {str(n): str(n) for n in range(11)}, abreast=6)
