"""One call to the Bot API, and what its errors mean to us."""

import json
from http import HTTPStatus
from typing import Any, Final

from telegram import Bot
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Conflict,
    EndPointNotFound,
    Forbidden,
    InvalidToken,
    RetryAfter,
    TelegramError,
)
from telegram.request import BaseRequest

from bot.telegram.client import Client
from bot.telegram.request import FileRequest, refusal, result
from bot.wire import Broken, CannotEdit, Later, Refused, Wrong

POLL = 50  # seconds that Telegram keeps a request for updates open when there are none
_ANSWER = 20.0  # seconds; after that the outcome of a call is unknown

Json = Any  # what a call answers

# Nobody needs to know more of these than that they were carried out.
_UNREAD: Final = {"editMessageText", "editMessageReplyMarkup", "answerCallbackQuery"}
_DONE: Final = b'{"ok":true,'  # opens what Telegram answers then

_encode = json.JSONEncoder(
    separators=(",", ":"), ensure_ascii=False, check_circular=False
).encode  # no call holds itself

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

    def __init__(self, token: str, api_url: str, file_url: str) -> None:
        self._path = f"/bot{token}"
        self._client = Client(api_url, BaseRequest.USER_AGENT)
        self._files = FileRequest(_ANSWER)
        self._bot = Bot(
            token,
            base_url=f"{api_url}/bot",
            base_file_url=f"{file_url}/bot",
            request=self._files,
            get_updates_request=self._files,  # it is never asked: `call` is
        )

    async def open(self) -> None:
        await self._files.initialize()

    async def close(self) -> None:
        await self._client.close()
        await self._files.shutdown()

    async def call(self, method: str, **values: object) -> Json:
        """Call *method*, as Telegram spells it.

        As python-telegram-bot does it each value would be packed by itself, and then all of them
        once more.
        """
        seconds = POLL + _ANSWER if method == "getUpdates" else _ANSWER
        body = _encode(values).encode()
        try:
            answer = await self._client.post(f"{self._path}/{method}", body, seconds)
        except OSError as error:  # TimeoutError is one
            raise Broken(type(error).__name__) from None
        status, words = answer
        if status == HTTPStatus.OK and method in _UNREAD and words.startswith(_DONE):
            return None
        try:
            if not HTTPStatus.OK <= status < HTTPStatus.MULTIPLE_CHOICES:
                raise await refusal(answer)
            return result(words)
        except TelegramError as error:
            raise meaning(error) from None

    async def call_with_file(self, method: str, **values: object) -> Json:
        """The same with a file, or with a medium, among *values*.

        python-telegram-bot warns of a name that it has a wrapper for, and takes an
        underscore at the end away again.
        """
        try:
            return await self._bot.do_api_request(f"{method}_", values)
        except TelegramError as error:
            raise meaning(error) from None


def meaning(error: TelegramError) -> Exception:
    """What *error* means.  BadRequest comes before NetworkError, of which it is a kind."""
    match error:
        case RetryAfter(retry_after=after):
            return Later(after if isinstance(after, int) else after.total_seconds())
        case Forbidden() | ChatMigrated():
            return Refused(type(error).__name__)
        case InvalidToken() | EndPointNotFound():
            return WrongToken(str(error))
        case Conflict():
            return TakenAway(str(error))
        case BadRequest():
            return _bad_request(str(error))
    return Broken(type(error).__name__)


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
