"""The kinds of alarms as they lie in the database: `seen` tells that somebody was to get care.

A kind is written as a tag that is another for each chat, so that equal kinds do not look equal.
The secret behind it lies sealed in the database, and stays the same when keys change.
"""

import struct
from functools import lru_cache
from hashlib import sha256
from hmac import digest

from flows.events import CLOCK

_LENGTH = 16  # letters of a tag
_LATELY = 1_000  # tags that are known: an alarm is claimed, heard, and mostly set anew
_OFTEN = ("remind", "fade")  # whose they are is tried out: so these two first
_KINDS = (*_OFTEN, *sorted(CLOCK - set(_OFTEN)))


class Names:
    def __init__(self, secret: bytes) -> None:
        self._secret = secret
        self.hide = lru_cache(maxsize=_LATELY)(self._hide)  # the tag of a chat and a kind
        self.show = lru_cache(maxsize=_LATELY)(self._show)  # the kind of a chat and a tag

    def _hide(self, chat_id: int, kind: str) -> str:
        told = struct.pack(">q", chat_id) + kind.encode()
        return digest(self._secret, told, sha256).hex()[:_LENGTH]

    def _show(self, chat_id: int, tag: str) -> str:
        """The kind behind *tag*; the tag itself where this version knows no such kind."""
        return next((kind for kind in _KINDS if self.hide(chat_id, kind) == tag), tag)
