"""Whose chat an id is.

Telegram's ids have at most 52 bits and a sign.  What lies below them all is the page's, so a
visitor of the page can never have the id of a chat on Telegram, and the other way round.
"""

import hashlib

_TELEGRAM = 2**52  # no id of Telegram's is as far from 0 as this; source: Bot API, type Chat
_VISITORS = 2**62
NOT_OF_THE_PAGE = -_TELEGRAM  # the lowest id that is not the page's


def is_page(chat_id: int) -> bool:
    """Whether the chat is held on the page in a browser."""
    return chat_id < NOT_OF_THE_PAGE


def of_visitor(secret: str) -> int:
    """The chat of whoever shows *secret*, which only their browser knows."""
    digest = hashlib.sha256(secret.encode()).digest()
    return -_TELEGRAM - 1 - int.from_bytes(digest[:8]) % _VISITORS
