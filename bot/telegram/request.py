"""One request to the Bot API over HTTP: what goes out, and what comes back."""

import mimetypes
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import aiohttp

from bot.wire import Broken

CONNECT: Final = 10.0  # seconds; a name look-up and a handshake on a poor line
_JSON: Final = {"Content-Type": "application/json"}


@dataclass(frozen=True, slots=True)
class Form:
    """What is sent where a file is with it."""

    values: Mapping[str, str]
    field: str  # the file's, among them
    name: str
    content: bytes


class AiohttpRequest:
    def __init__(self, seconds: float) -> None:
        """An answer may take *seconds* in all."""
        self._seconds = seconds
        self._session: aiohttp.ClientSession | None = None

    async def initialize(self) -> None:
        if self._session is None:
            self._session = aiohttp.ClientSession(
                connector=aiohttp.TCPConnector(limit=0),  # how much is sent is the sender's affair
                cookie_jar=aiohttp.DummyCookieJar(),  # Telegram sets none, and looking costs
                timeout=aiohttp.ClientTimeout(total=self._seconds, connect=CONNECT),
            )

    async def shutdown(self) -> None:
        if self._session:
            await self._session.close()
            self._session = None

    async def do_request(self, url: str, body: bytes | Form) -> tuple[int, bytes]:
        """The status and the answer, to JSON or to a form.

        An error names what happened and never the URL, which holds the token.
        """
        assert self._session, "initialize() comes first"
        data, headers = (body, _JSON) if isinstance(body, bytes) else (_parts(body), {})
        try:
            async with self._session.post(url, data=data, headers=headers) as answer:
                return answer.status, await answer.read()
        except (aiohttp.ClientError, OSError) as error:  # a time-out is one of the latter
            raise Broken(type(error).__name__) from None


def _parts(form: Form) -> aiohttp.FormData:
    parts = aiohttp.FormData(form.values)
    kind = mimetypes.guess_type(form.name)[0] or "application/octet-stream"
    parts.add_field(form.field, form.content, filename=form.name, content_type=kind)
    return parts
