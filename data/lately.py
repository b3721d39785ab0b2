"""Chats as they were last opened or sealed here: what was not changed since is not opened again.

1. A seal tells its chat from every other, with a nonce of its own.  So a row that has the same
   bytes is the same chat, whichever process has written it, and no other is taken from here.
2. A chat that is as it was sealed is written with the same seal, while that is by the newest key.
3. What was erased is not to lie open in memory: this process forgets it at once, and what another
   has erased is no more than a minute old.
"""

import time
from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

from data.rows import Row, columns_with, open_chat, row_with, seal_row
from data.seal import Ring
from flows import Chat

MOST = 256  # chats of each age
AGE = 30.0  # seconds


class _Known(NamedTuple):
    body: bytes
    notice: str
    chat: Chat


class Lately:
    def __init__(self, ring: Ring, now: Callable[[], float] = time.monotonic) -> None:
        self._ring = ring
        self._now = now
        self._young: dict[int, _Known] = {}  # by chat: used since the last change of ages
        self._old: dict[int, _Known] = {}
        self._changed = now()

    def row_of(self, found: Sequence[Any]) -> Row:
        """The row of the table as a chat.  Raises Unreadable."""
        chat_id, body = found[0], found[-1]
        known = self._find(chat_id)
        if known is None or known.body != body:
            known = _Known(body, *open_chat(chat_id, body, self._ring))
        self._young[chat_id] = known
        return row_with(found, known.notice, known.chat)

    def columns_of(self, row: Row) -> dict[str, Any]:
        """The chat as the table has it."""
        known = self._find(row.chat_id)
        if known is None or not self._is_sealed(row, known):
            known = _Known(seal_row(row, self._ring), row.notice, row.chat)
        self._young[row.chat_id] = known
        return columns_with(row, known.body)

    def forget(self, chat_id: int) -> None:
        self._young.pop(chat_id, None)
        self._old.pop(chat_id, None)

    def let_age(self) -> None:
        """Forget what was not used for long, or would be too much."""
        now = self._now()
        if now - self._changed > AGE or len(self._young) > MOST:
            self._young, self._old, self._changed = {}, self._young, now

    def _find(self, chat_id: int) -> _Known | None:
        return self._young.get(chat_id) or self._old.get(chat_id)

    def _is_sealed(self, row: Row, known: _Known) -> bool:
        is_as_it_was = row.chat is known.chat and row.notice == known.notice
        return is_as_it_was and known.body.startswith(self._ring.head)
