"""How python-telegram-bot asks Telegram, where it does: calls with files, and what is refused."""

import json
import os
from typing import Any

import aiohttp
from telegram.error import NetworkError, TelegramError, TimedOut
from telegram.request import BaseRequest, RequestData

from bot.telegram.client import CONNECT, Answer

# Times in the answers are to be timedeltas; python-telegram-bot warns of the old way at each.
os.environ.setdefault("PTB_TIMEDELTA", "1")

JSONDict = dict[str, Any]


def result(answer: bytes) -> Any:  # noqa: ANN401 - it is JSON
    """What Telegram answers to a call that it has carried out.  Raises TelegramError."""
    try:
        return FileRequest.parse_json_payload(answer)["result"]
    except (KeyError, TypeError):
        raise TelegramError("the answer is not from Telegram") from None


async def refusal(answer: Answer) -> TelegramError:
    """What Telegram means by *answer*, whose status is none from 200 to 299.

    python-telegram-bot knows.
    """
    status, body = answer
    if not body.startswith(b"{"):
        return NetworkError(f"status {status}, and not from Telegram")
    try:
        await _Answered(answer).post("")
    except TelegramError as error:
        return error
    raise AssertionError(f"status {status} is no refusal")


class FileRequest(BaseRequest):
    """On aiohttp, which costs a fifth of the client that python-telegram-bot brings."""

    def __init__(self, seconds: float) -> None:
        """An answer may take *seconds* in all."""
        self._seconds = seconds
        self._session: aiohttp.ClientSession | None = None

    @property
    def read_timeout(self) -> float:
        return self._seconds

    async def initialize(self) -> None:
        if self._session is None:
            self._session = aiohttp.ClientSession(
                connector=aiohttp.TCPConnector(limit=0),  # how much is sent is the sender's affair
                cookie_jar=aiohttp.DummyCookieJar(),  # Telegram sets none, and looking costs
                timeout=aiohttp.ClientTimeout(total=self._seconds, connect=CONNECT),
                headers={"User-Agent": self.USER_AGENT},
            )

    async def shutdown(self) -> None:
        if self._session:
            await self._session.close()
            self._session = None

    async def do_request(
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        *_: object,
        **__: object,
    ) -> Answer:
        """One request.  An error names what happened and never the URL, which holds the token."""
        assert self._session, "initialize() comes first"
        try:
            # Read to its end it gives its connection back by itself, or closes it if that fails.
            answer = await self._session.request(method, url, data=_form(request_data))
            return answer.status, await answer.read()
        except TimeoutError:
            raise TimedOut from None
        except (aiohttp.ClientError, OSError) as error:
            raise NetworkError(type(error).__name__) from None

    @staticmethod
    def parse_json_payload(payload: bytes) -> JSONDict:
        """As in BaseRequest, which would log the whole payload when it is not JSON."""
        try:
            answer: JSONDict = json.loads(payload.decode())  # it need not guess the encoding
        except ValueError:
            raise TelegramError("the answer is not JSON") from None
        return answer


class _Answered(FileRequest):
    """A request that is answered already."""

    def __init__(self, answer: Answer) -> None:
        super().__init__(0)
        self._answer = answer

    async def do_request(self, *_: object, **__: object) -> Answer:
        return self._answer


def _form(data: RequestData | None) -> aiohttp.FormData | None:
    if data is None:
        return None
    parts = aiohttp.FormData()
    for name, value in data.json_parameters.items():
        parts.add_field(name, value)
    for name, (file_name, content, kind) in data.multipart_data.items():
        parts.add_field(name, content, filename=file_name, content_type=kind)
    return parts
