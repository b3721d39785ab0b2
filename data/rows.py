"""What the rows of the tables are, and how they are packed and sealed."""

import json
import os
import struct
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import astuple, dataclass, fields, replace
from typing import Any

from data.names import Names
from data.seal import LENGTH, Ring, Unreadable
from data.tables import PATIENT, PROMPT
from flows import Alarm, Chat, Record, alarms, pack, unpack
from flows.events import WAITED_FOR

SAID = -1  # in place of a turn: its screen was spoken, and is to be spoken once more

# What is sealed is filled up with blanks to a multiple of this many bytes: its length would tell
# whether somebody has a lock or a plan.
_CHAT_BLOCK = 512
_LINE_BLOCK = 128

LineKey = tuple[int, int, int, int]  # chat, turn, number within it, and when

_NAMES = b"names"  # what the secret of the names of alarms is about

_encode = json.JSONEncoder(
    separators=(",", ":"), ensure_ascii=False, check_circular=False
).encode  # what is packed holds nothing twice


@dataclass(slots=True)
class Row:
    """A chat, and what has been said to the person of it."""

    chat_id: int
    chat: Chat
    shown: int = 0  # the turn whose screen was last spoken
    message_id: int | None = None  # the message that shows it
    edit_id: int | None = None  # the message to put the next screen in; None: a new one
    notice: str = ""  # said above the next screen, once
    paused: bool = False  # has blocked the bot

    @property
    def is_said_again(self) -> bool:
        """Whether the screen that is owed was spoken before."""
        return self.shown == SAID

    @property
    def owes(self) -> bool:
        """Whether its screen has still to be spoken, and can be."""
        return self.shown < self.chat.turn and not self.paused


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a person's log."""

    chat_id: int
    turn: int
    number: int  # within the turn
    at: int
    record: Record


@dataclass(frozen=True, slots=True)
class Due:
    """An alarm, and whose it is."""

    chat_id: int
    alarm: Alarm


def by_our_clock(chat_id: int, alarm: Alarm, ahead: int) -> Due:
    """*alarm* as it is kept: the clock of its chat may be *ahead*, if it was moved."""
    return Due(chat_id, replace(alarm, due=alarm.due - ahead) if ahead else alarm)


def changed_alarms(
    chat_id: int, before: Chat, after: Chat, ahead: int
) -> tuple[set[tuple[int, str]], set[Due]]:
    """Which alarms of a chat are not wanted any more, by their keys; and those that are new."""
    old, new = alarms(before), alarms(after)
    if old == new:  # as after most turns
        return set(), set()
    over = {(chat_id, alarm.kind) for alarm in set(old) - set(new)}
    return over, {by_our_clock(chat_id, alarm, ahead) for alarm in set(new) - set(old)}


def row_of(found: Sequence[Any], ring: Ring) -> Row:
    """The row of the table as a chat.  Raises Unreadable."""
    return row_with(found, *open_chat(found[0], found[-1], ring))


def row_with(found: Sequence[Any], notice: str, chat: Chat) -> Row:
    """The row of the table, whose body holds *notice* and *chat*."""
    chat_id, _, shown, message_id, edit_id, paused, _ = found
    return Row(chat_id, chat, shown, message_id, edit_id, notice, bool(paused))


def open_chat(chat_id: int, body: bytes, ring: Ring) -> tuple[str, Chat]:
    """What is said above the chat, and the chat.  Raises Unreadable."""
    notice, packed = open_packed(chat_id, body, ring)
    with understanding():
        return notice, unpack(packed)


def open_packed(chat_id: int, body: bytes, ring: Ring) -> tuple[str, dict[str, Any]]:
    """The same with the chat as it was packed, whichever version did.  Raises Unreadable."""
    plain = ring.open(body, _about_chat(chat_id))
    with understanding():
        notice, packed = json.loads(plain)
        return notice, {**packed}


def columns_of(row: Row, ring: Ring) -> dict[str, Any]:
    """The chat as the table has it; `key` is its id."""
    return columns_with(row, seal_row(row, ring))


def columns_with(row: Row, body: bytes) -> dict[str, Any]:
    """The same where it is sealed already, in *body*."""
    return {
        "key": row.chat_id,
        "turn": row.chat.turn,
        "shown": row.shown,
        "message_id": row.message_id,
        "edit_id": row.edit_id,
        "paused": row.paused,
        "body": body,
    }


def seal_row(row: Row, ring: Ring) -> bytes:
    return seal_chat(row.chat_id, row.notice, pack(row.chat), ring)


def seal_chat(chat_id: int, notice: str, packed: dict[str, Any], ring: Ring) -> bytes:
    plain = _filled(_encode([notice, packed]), _CHAT_BLOCK)
    return ring.seal(plain, _about_chat(chat_id))


def line_of(found: Sequence[Any], ring: Ring) -> Line:
    """The row of the log as a line.  Raises Unreadable."""
    chat_id, turn, number, at, body = found
    plain = ring.open(body, _about_line(chat_id, turn, number, at))
    with understanding():
        record = json.loads(plain)[: len(fields(Record))]
        return Line(chat_id, turn, number, at, Record(*record))


def seal_chat_anew(chat_id: int, body: bytes, ring: Ring) -> bytes:
    """*body* with the newest key, whichever version wrote what is in it.  Raises Unreadable."""
    return ring.seal(ring.open(body, _about_chat(chat_id)), _about_chat(chat_id))


def seal_line_anew(key: LineKey, body: bytes, ring: Ring) -> bytes:
    """The same of a line of the log."""
    return ring.seal(ring.open(body, _about_line(*key)), _about_line(*key))


@contextmanager
def understanding() -> Iterator[None]:
    """What another version has written, and this one cannot understand, is Unreadable."""
    try:
        yield
    except (ValueError, TypeError, LookupError, AttributeError) as error:
        # Not what it says: that may hold what was kept.
        raise Unreadable(f"it is not understood ({type(error).__name__})") from None


def columns_of_line(line: Line, ring: Ring) -> dict[str, Any]:
    """The line as the table has it."""
    key = line.chat_id, line.turn, line.number, line.at
    body = seal_line(key, astuple(line.record), ring)
    return dict(zip(("chat_id", "turn", "number", "at", "body"), (*key, body), strict=True))


def seal_line(key: LineKey, record: Sequence[Any], ring: Ring) -> bytes:
    return ring.seal(_filled(_encode(record), _LINE_BLOCK), _about_line(*key))


def new_names(ring: Ring) -> bytes:
    """A new secret for the names of alarms, sealed; from now on it is the ring's."""
    return seal_names(os.urandom(LENGTH), ring)


def seal_names(secret: bytes, ring: Ring) -> bytes:
    ring.names = Names(secret)
    return ring.seal(secret, _NAMES)


def open_names(sealed: bytes, ring: Ring) -> bytes:
    """The secret, which is the ring's from now on.  Raises Unreadable."""
    secret = ring.open(sealed, _NAMES)
    ring.names = Names(secret)
    return secret


def _filled(text: str, block: int) -> bytes:
    plain = text.encode()
    return plain.ljust(-(-len(plain) // block) * block)


def _about_chat(chat_id: int) -> bytes:
    return struct.pack(">5sq", b"chats", chat_id)


def _about_line(chat_id: int, turn: int, number: int, at: int) -> bytes:
    return struct.pack(">3sqqqq", b"log", chat_id, turn, number, at)


def lane_of(kind: str) -> int:
    """The lane in which an alarm of *kind* is claimed."""
    return PROMPT if kind in WAITED_FOR else PATIENT
