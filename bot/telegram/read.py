"""An update as the turn loop hears it.  An update may hold anything; nothing in here trusts it."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from bot.heard import Heard, Presence
from bot.said import COMMAND, pressed, typed
from bot.telegram.location import zone_at
from flows import Event

ASKED_FOR = ("message", "edited_message", "callback_query", "my_chat_member")

_MOST = 2**63  # what a column can hold

# What Telegram notes in a private chat by itself.  All else without words is sent by the person.
_NOTES = (
    "pinned_message", "message_auto_delete_timer_changed", "chat_background_set", "boost_added",
    "write_access_allowed", "connected_website", "forum_topic_created", "forum_topic_edited",
    "forum_topic_closed", "forum_topic_reopened", "chat_owner_changed", "chat_owner_left",
)  # fmt: skip
_MEDIA = (
    "sticker", "photo", "animation", "video", "video_note", "voice", "audio", "document", "poll",
    "contact", "venue", "dice", "game", "story", "paid_media",
)  # fmt: skip


class Unreadable(Exception):
    """The update makes no sense.  Says why, without what it holds."""


@dataclass(frozen=True, slots=True)
class GroupCall:
    """The bot is spoken to in a group, or was brought into one."""

    chat_id: int


@dataclass(frozen=True, slots=True)
class Ignored:
    """Nothing that concerns us."""


Read = Heard | Presence | GroupCall | Ignored


def update_id(update: object) -> int:
    """The number of *update*; 0 when it has none."""
    try:
        return _number(update, "update_id") if isinstance(update, Mapping) else 0
    except Unreadable:
        return 0


def read(update: object, at: int, username: str) -> Read:
    """What *update* says to the bot *username*, at the time *at*."""
    if not isinstance(update, Mapping) or not update_id(update):
        raise Unreadable("it has no update_id")
    for kind, reader in _READERS.items():
        if kind in update:
            return reader(_mapping(update, kind), update_id(update), at, username)
    return Ignored()


def _message(message: Mapping[str, Any], number: int, at: int, username: str) -> Read:
    chat = _mapping(message, "chat")
    chat_id, kind = _number(chat, "id"), _text(chat, "type")
    if kind in ("group", "supergroup"):
        return GroupCall(chat_id) if _calls(message, username) else Ignored()
    if kind != "private":
        return Ignored()
    event = _said(message, at)
    return Heard(chat_id, number, event) if event else Ignored()


def _said(message: Mapping[str, Any], at: int) -> Event | None:
    if "text" in message:
        return typed(_text(message, "text"), at)
    if "caption" in message:
        return Event("caption", _text(message, "caption"), at=at)
    if any(note in message for note in _NOTES):
        return None
    if "location" in message and "venue" not in message:
        return Event("location", zone_at(message["location"]), at=at)
    return Event("media", next((kind for kind in _MEDIA if kind in message), "other"), at=at)


def _calls(message: Mapping[str, Any], username: str) -> bool:
    """Whether a message in a group is a command for this bot, or mentions it."""
    words = message.get("text", message.get("caption"))
    if not isinstance(words, str):
        return False
    command = COMMAND.match(words)
    if command:
        return command[2] is None or command[2].lower() == username.lower()
    return bool(username) and re.search(rf"@{username}\b", words, re.IGNORECASE) is not None


def _edited(message: Mapping[str, Any], number: int, at: int, username: str) -> Read:
    read = _message(message, number, at, username)
    if not isinstance(read, Heard):
        return Ignored()
    words = message.get("text", message.get("caption"))
    if not isinstance(words, str):  # a position that moves on, a poll that is closed
        return Ignored()
    return Heard(read.chat_id, number, Event("edited", words, at=at))


def _tap(query: Mapping[str, Any], number: int, at: int, _: str) -> Read:
    """A tap.  Its message may be one that Telegram does not show any more, or be missing."""
    person_id = _number(_mapping(query, "from"), "id")
    message_id = None
    message = query.get("message")
    if isinstance(message, Mapping):
        chat = _mapping(message, "chat")
        if chat.get("type", "private") != "private":
            return Ignored()
        person_id, message_id = _number(chat, "id"), _number(message, "message_id")
    event = pressed(query.get("data"), at)
    return Heard(person_id, number, event, message_id, _text(query, "id"))


def _member(change: Mapping[str, Any], _: int, __: int, ___: str) -> Read:
    chat = _mapping(change, "chat")
    chat_id, kind = _number(chat, "id"), _text(chat, "type")
    is_in = _is_in(_mapping(change, "new_chat_member"))
    if kind == "private":
        return Presence(chat_id, is_in)
    was_in = _is_in(_mapping(change, "old_chat_member"))
    is_group = kind in ("group", "supergroup")
    return GroupCall(chat_id) if is_group and is_in and not was_in else Ignored()


def _is_in(member: Mapping[str, Any]) -> bool:
    return _text(member, "status") not in ("kicked", "left")


_READERS = {
    "message": _message,
    "edited_message": _edited,
    "callback_query": _tap,
    "my_chat_member": _member,
}


# What a key must hold


def _mapping(values: Mapping[str, Any], key: str) -> Mapping[str, Any]:
    value = values.get(key)
    if not isinstance(value, Mapping):
        raise Unreadable(f"{key} is not an object")
    return value


def _number(values: Mapping[str, Any], key: str) -> int:
    value = values.get(key)
    if not isinstance(value, int) or isinstance(value, bool) or not -_MOST <= value < _MOST:
        raise Unreadable(f"{key} is not a number")
    return value


def _text(values: Mapping[str, Any], key: str) -> str:
    value = values.get(key)
    if not isinstance(value, str):
        raise Unreadable(f"{key} is not a text")
    return value
