"""The kinds of alarms as they lie in the database: `seen` tells that somebody was to get care.

A kind is written as a tag that is another for each chat, so that equal kinds do not look equal.
The secret behind it lies sealed in the database, and stays the same when keys change.
"""

import struct
from functools import lru_cache
from hashlib import sha256
from hmac import digest

from flows.table import CLOCK

_LENGTH = 16  # letters of a tag
_LATELY = 1_000  # tags that are known: an alarm is read when it is claimed, and when it is heard


class Names:
    def __init__(self, secret: bytes) -> None:
        self._secret = secret
        self._lately = lru_cache(maxsize=_LATELY)(self._find)

    def hide(self, chat_id: int, kind: str) -> str:
        told = struct.pack(">q", chat_id) + kind.encode()
        return digest(self._secret, told, sha256).hex()[:_LENGTH]

    def show(self, chat_id: int, tag: str) -> str:
        """The kind behind *tag*; the tag itself where this version knows no such kind."""
        return self._lately(chat_id, tag)

    def _find(self, chat_id: int, tag: str) -> str:
        return next((kind for kind in CLOCK if self.hide(chat_id, kind) == tag), tag)
