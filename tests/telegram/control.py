"""The people and the faults of a stand-in that runs in another process, under /control/.

POST say       {"chat_id", "text"}            POST block, unblock  {"chat_id"}
POST tap       {"chat_id", "label" or "data", "message_id"?}
POST send      {"chat_id", "kind", "caption"?}
POST edit      {"chat_id", "message_id", "text"}
POST fault     the fields of a `Fault`        POST deliver         an update, as it is
POST set       {"latency"?, "hook_delay"?, "times"?}
POST many      {"acts": [["tap", {...}], ...]}
GET  ledger    calls and what is unconfirmed  GET  chat/<id>       what is seen there
"""

import json
from collections.abc import Callable
from dataclasses import asdict
from typing import Any

from tests.telegram.chats import Button, Message
from tests.telegram.core import Telegram
from tests.telegram.faults import Fault
from tests.telegram.person import Person
from tests.telegram.refusals import Json


def answer(telegram: Telegram, path: str, body: bytes) -> tuple[int, object]:
    """The HTTP status and the answer to one request."""
    name, _, about = path.partition("/")
    try:
        if name == "ledger":
            return 200, _ledger(telegram)
        if name == "chat":
            return 200, _chat(telegram, int(about))
        return 200, {"result": _ACTS[name](telegram, json.loads(body))}
    except (LookupError, TypeError, ValueError, RuntimeError) as error:
        return 400, {"error": f"{type(error).__name__}: {error}"}


def _ledger(telegram: Telegram) -> Json:
    calls = [asdict(call) for call in telegram.ledger]
    return {"calls": calls, "unconfirmed": telegram.unconfirmed}


def _chat(telegram: Telegram, chat_id: int) -> Json:
    chat = telegram.chats[chat_id]
    return {
        "messages": [_told(message) for message in chat.messages.values()],
        "history": [
            {"at": sent.at, "how": sent.how, "message": _told(sent.message)}
            for sent in chat.history
        ],
        "toasts": [asdict(toast) for toast in chat.toasts],
    }


def _told(message: Message) -> Json:
    return {
        "message_id": message.message_id,
        "text": message.text,
        "rows": [[asdict(button) for button in row] for row in message.rows],
        "by_bot": message.by_bot,
        "media": message.media,
    }


def _say(telegram: Telegram, given: Json) -> int:
    return _person(telegram, given).says(given["text"]).message_id


def _send(telegram: Telegram, given: Json) -> int:
    person = _person(telegram, given)
    return person.sends(given["kind"], given.get("caption", "")).message_id


def _edit(telegram: Telegram, given: Json) -> int:
    return _person(telegram, given).edits(given["message_id"], given["text"]).message_id


def _tap(telegram: Telegram, given: Json) -> str:
    data = given.get("data")
    button = Button(data, data) if data else given["label"]
    return _person(telegram, given).presses(button, given.get("message_id"))


def _many(telegram: Telegram, given: Json) -> list[Any]:
    return [_ACTS[name](telegram, body) for name, body in given["acts"]]


def _set(telegram: Telegram, given: Json) -> None:
    telegram.latency = given.get("latency", telegram.latency)
    telegram.hook_delay = given.get("hook_delay", telegram.hook_delay)
    telegram.updates.times = given.get("times", telegram.updates.times)


def _person(telegram: Telegram, given: Json) -> Person:
    return Person(telegram, given["chat_id"])


_ACTS: dict[str, Callable[[Telegram, Json], Any]] = {
    "say": _say,
    "tap": _tap,
    "send": _send,
    "edit": _edit,
    "many": _many,
    "set": _set,
    "block": lambda telegram, given: _person(telegram, given).blocks(),
    "unblock": lambda telegram, given: _person(telegram, given).unblocks(),
    "fault": lambda telegram, given: telegram.fail(Fault(**given)),
    "deliver": lambda telegram, given: telegram.deliver(given, given.get("chat_id", 0)),
}
