"""Lines that a person has typed for the sheet, kept as they were typed.

Of all other words those alone are kept that a lock came down for (`Lock.words`), until it opens.
"""

import re

from flows.chat import Chat


def numbers(chat: Chat) -> tuple[str, ...]:
    """The numbers of the lines, as buttons have them."""
    return tuple(str(n) for n in range(1, len(chat.notes) + 1))


def without(chat: Chat, number: str) -> tuple[str, ...]:
    at = int(number) - 1
    return (*chat.notes[:at], *chat.notes[at + 1 :])


def flat(words: str) -> str:
    """*words* in one line, and without what would set them in bold."""
    return " ".join(re.sub(r"\*{2,}", "", words).split())
