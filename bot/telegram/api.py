"""One call to the Bot API, and what its errors mean to us."""

from typing import Any

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

from bot.telegram.request import AiohttpRequest
from bot.wire import Broken, CannotEdit, Later, Refused, Wrong

POLL = 50  # seconds that Telegram keeps a request for updates open when there are none
_ANSWER = 20.0  # seconds; after that the outcome of a call is unknown

Json = Any  # what a call answers

# Nobody needs to know more of these than that they were carried out.
_UNREAD = {"editMessageText", "editMessageReplyMarkup"}

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
        self._requests = AiohttpRequest(_ANSWER), AiohttpRequest(POLL + _ANSWER)
        self._base = f"{api_url}/bot{token}"
        self._bot = Bot(
            token,
            base_url=f"{api_url}/bot",
            base_file_url=f"{file_url}/bot",
            request=self._requests[0],
            get_updates_request=self._requests[1],
        )

    async def open(self) -> None:
        for request in self._requests:
            await request.initialize()

    async def close(self) -> None:
        for request in self._requests:
            await request.shutdown()

    async def call(self, method: str, **values: object) -> Json:
        """Call *method*, as Telegram spells it."""
        request = self._requests[method == "getUpdates"]
        try:
            return await request.ask(f"{self._base}/{method}", values, unread=method in _UNREAD)
        except TelegramError as error:
            raise meaning(error) from None

    async def tell(self, method: str, **words: str) -> None:
        """The same with a few words, where nobody waits for what it answers."""
        try:
            await self._requests[0].tell(f"{self._base}/{method}", words)
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
