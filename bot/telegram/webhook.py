"""Updates are brought.  An update is answered with 200 when it is kept, and not before."""

import asyncio
import hmac
import json
from urllib.parse import urlsplit

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bot.server import read_body
from bot.settings import CannotStart
from bot.telegram.api import Api
from bot.telegram.ear import Ear
from bot.telegram.read import ASKED_FOR
from bot.way import Parts
from bot.wire import Wrong

LARGEST = 1024 * 1024  # bytes of a body; Telegram's updates are a few thousand
PATIENCE = 5.0  # seconds that Telegram waits for an update to be kept
RETRY_AFTER = "1"  # seconds: who is in trouble is not to wait once all is there again
CONNECTIONS = 100  # at once from Telegram: the most it allows; each waits for its commit
_SECRET = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105 - the name of a header


class WebHook:
    def __init__(self, api: Api, url: str, secret: str) -> None:
        self._api = api
        self._url = url
        self._secret = secret
        self._stopping = asyncio.Event()

    async def open(self, ear: Ear, parts: Parts, _: int) -> None:
        """Listen, and then tell Telegram where."""
        parts.server.listen(route(urlsplit(self._url).path or "/", self._secret, ear))
        try:
            await self._api.call(
                "setWebhook",
                url=self._url,
                secret_token=self._secret,
                allowed_updates=ASKED_FOR,
                max_connections=CONNECTIONS,
            )
        except Wrong as words:
            raise CannotStart(f"WEBHOOK_URL: Telegram does not take it: {words}") from None

    async def run(self) -> None:
        await self._stopping.wait()  # the server brings them in

    def stop(self) -> None:
        self._stopping.set()


def route(path: str, secret: str, ear: Ear) -> Route:
    """What answers Telegram at *path*."""

    async def update(request: Request) -> Response:
        given = request.headers.get(_SECRET, "")
        if not hmac.compare_digest(given.encode(), secret.encode()):
            return Response(status_code=403)
        body = await read_body(request.stream(), LARGEST)
        if body is None:
            return Response(status_code=413)
        try:
            content = json.loads(body)
        except ValueError:
            return Response(status_code=400)
        try:
            async with asyncio.timeout(PATIENCE):
                await ear.take([content])
        except TimeoutError:
            return Response(status_code=503, headers={"Retry-After": RETRY_AFTER})
        return Response()

    return Route(path, update, methods=["POST"])
