"""One call to the Bot API, and what its errors mean to us."""

import json
from typing import Any

from bot.telegram.request import AiohttpRequest, Form
from bot.wire import Broken, CannotEdit, Later, Refused, Wrong

POLL = 50  # seconds that Telegram keeps a request for updates open when there are none
_ANSWER = 20.0  # seconds; after that the outcome of a call is unknown

Json = Any  # what a call answers

_encode = json.JSONEncoder(separators=(",", ":"), ensure_ascii=False).encode

# Telegram tells these apart by words alone.
_UNCHANGED = "message is not modified"
_NO_EDIT = ("message to edit not found", "message can't be edited", "message_id_invalid")
_NO_TEXT = "there is no text in the message to edit"
_NO_FILE = ("wrong file identifier", "wrong remote file identifier", "wrong file_id")
_NOBODY = ("chat not found", "user not found", "peer_id_invalid", "user is deactivated")


class WrongToken(Exception):
    """Telegram does not know the token."""


class TakenAway(Exception):
    """Somebody else fetches the updates, or a web hook is set."""


class Unchanged(Exception):
    """The message shows that already."""


class NoText(Exception):
    """The message is a picture: words alone cannot take its place."""


class UnknownFile(Exception):
    """Telegram does not know the id of the file any more."""


class Api:
    """Calls with plain values, and our own errors."""

    def __init__(self, token: str, api_url: str) -> None:
        self._requests = AiohttpRequest(_ANSWER), AiohttpRequest(POLL + _ANSWER)
        self._base = f"{api_url}/bot{token}"

    async def open(self) -> None:
        for request in self._requests:
            await request.initialize()

    async def close(self) -> None:
        for request in self._requests:
            await request.shutdown()

    async def call(self, method: str, **values: object) -> Json:
        """Call *method*, as Telegram spells it."""
        return await self._ask(method, _encode(values).encode())

    async def upload(
        self, method: str, field: str, name: str, content: bytes, **values: object
    ) -> Json:
        """The same with a file in a *field* of its own, among *values*."""
        told = {key: v if isinstance(v, str) else _encode(v) for key, v in values.items()}
        return await self._ask(method, Form(told, field, name, content))

    async def _ask(self, method: str, body: bytes | Form) -> Json:
        request = self._requests[method == "getUpdates"]
        status, answer = await request.do_request(f"{self._base}/{method}", body)
        try:
            told = json.loads(answer.decode())  # it need not guess the encoding
        except ValueError:
            raise Broken(f"{status} without JSON") from None
        if not isinstance(told, dict):
            raise Broken(f"{status} without a table")
        if "result" not in told:
            raise meaning(status, told)
        return told["result"]


def meaning(status: int, told: dict[str, Any]) -> Exception:
    """What an answer means that is no result."""
    words, more = str(told.get("description", "")), told.get("parameters") or {}
    if "retry_after" in more:
        return Later(more["retry_after"])
    if "migrate_to_chat_id" in more:
        return Refused("the chat has moved")
    match status:
        case 400:
            return _bad_request(words)
        case 401 | 404:
            return WrongToken(words)
        case 403:
            return Refused(words)
        case 409:
            return TakenAway(words)
    return Broken(str(status))


def _bad_request(words: str) -> Exception:
    lower = words.lower()
    if _UNCHANGED in lower:
        return Unchanged(words)
    if _NO_TEXT in lower:
        return NoText(words)
    if any(known in lower for known in _NO_FILE):
        return UnknownFile(words)
    if any(known in lower for known in _NO_EDIT):
        return CannotEdit(words)
    if any(known in lower for known in _NOBODY):
        return Refused(words)
    return Wrong(words)
