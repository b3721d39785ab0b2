"""The HTTP client of python-telegram-bot, on aiohttp: it costs a fifth of the one it brings."""

import json
import os
from collections.abc import Mapping
from http import HTTPStatus
from typing import Any, Final
from urllib.parse import urlencode

import aiohttp
from telegram.error import NetworkError, TelegramError, TimedOut
from telegram.request import BaseRequest, RequestData

# Times in the answers are to be timedeltas; python-telegram-bot warns of the old way at each.
os.environ.setdefault("PTB_TIMEDELTA", "1")

JSONDict = dict[str, Any]

CONNECT: Final = 10.0  # seconds; a name look-up and a handshake on a poor line
_DONE: Final = b'{"ok":true,'  # opens what Telegram answers to a call that it has carried out
_JSON: Final = {"Content-Type": "application/json"}

_encode = json.JSONEncoder(
    separators=(",", ":"), ensure_ascii=False, check_circular=False
).encode  # no call holds itself


class AiohttpRequest(BaseRequest):
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

    async def ask(self, url: str, values: Mapping[str, object], *, unread: bool = False) -> Any:  # noqa: ANN401 - it is JSON
        """What a call without files answers; where that is *unread*, None.  Raises as `post` does.

        As RequestData each value would be packed by itself, and then all of them once more.
        """
        return await self._answer(url, _encode(values).encode(), unread)

    async def tell(self, url: str, words: Mapping[str, str]) -> None:
        """The same with a few *words*, in the address.  Nobody needs to know what is answered.

        Writing a body takes aiohttp a task of its own: a fifth of such a call.
        """
        await self._answer(f"{url}?{urlencode(words)}", None, unread=True)

    async def _answer(self, url: str, body: bytes | None, unread: bool) -> Any:  # noqa: ANN401
        status, answer = await self.do_request(url, "POST", body)
        if status != HTTPStatus.OK:
            if not answer.startswith(b"{"):
                raise NetworkError(f"status {status}, and not from Telegram")
            return await _Answered(status, answer).post(url)
        if unread and answer.startswith(_DONE):
            return None
        return self.parse_json_payload(answer)["result"]

    async def do_request(
        self,
        url: str,
        method: str,
        request_data: RequestData | bytes | None = None,
        *_: object,
        **__: object,
    ) -> tuple[int, bytes]:
        """One request.  An error names what happened and never the URL, which holds the token."""
        assert self._session, "initialize() comes first"
        body, headers = _body(request_data)
        try:
            # Read to its end it gives its line back by itself, and closes it where that fails.
            answer = await self._session.request(method, url, data=body, headers=headers)
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


class _Answered(AiohttpRequest):
    """A request that is answered already: python-telegram-bot says what that means."""

    def __init__(self, status: int, answer: bytes) -> None:
        super().__init__(0)
        self._given = status, answer

    async def do_request(self, *_: object, **__: object) -> tuple[int, bytes]:
        return self._given


def _body(
    data: RequestData | bytes | None,
) -> tuple[bytes | aiohttp.FormData | None, dict[str, str]]:
    """What is sent, and as what: JSON, or a form of several parts where files are with it."""
    if isinstance(data, bytes):
        return data, _JSON
    if data is None:
        return None, {}
    parts = aiohttp.FormData()
    for name, value in data.json_parameters.items():
        parts.add_field(name, value)
    for name, (file_name, content, kind) in data.multipart_data.items():
        parts.add_field(name, content, filename=file_name, content_type=kind)
    return parts, {}
