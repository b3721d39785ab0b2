"""Updates are brought.  An update is answered with 200 when it is kept, and not before."""

import asyncio
import hmac
import json
import logging
import socket
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import contextmanager
from urllib.parse import urlsplit

import uvicorn
from starlette.applications import Starlette
from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from bot.settings import CannotStart
from bot.telegram.api import Api
from bot.telegram.ear import Ear
from bot.telegram.read import ASKED_FOR

LOG = logging.getLogger(__name__)

LARGEST = 1024 * 1024  # bytes of a body; Telegram's updates are a few thousand
PATIENCE = 5.0  # seconds that Telegram waits for an update to be kept
CONNECTIONS = 100  # at once from Telegram: the most it allows; each waits for its commit
_SECRET = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105 - the name of a header

Alive = Callable[[], Awaitable[bool]]


class WebHook:
    def __init__(self, api: Api, url: str, secret: str, host: str, port: int) -> None:
        self._api = api
        self._url = url
        self._secret = secret
        self._host = host
        self._port = port
        self._socket: socket.socket | None = None
        self._server: _Server | None = None

    async def open(self) -> None:
        """Listen, and then tell Telegram where."""
        self._socket = self._socket or self._listen()
        await self._api.call(
            "setWebhook",
            url=self._url,
            secret_token=self._secret,
            allowed_updates=ASKED_FOR,
            max_connections=CONNECTIONS,
        )

    async def run(self, ear: Ear, alive: Alive) -> None:
        app = build(urlsplit(self._url).path or "/", self._secret, ear, alive)
        config = uvicorn.Config(
            app,
            log_config=None,
            access_log=False,
            lifespan="off",
            timeout_graceful_shutdown=10,
        )
        self._server = _Server(config)
        await self._server.serve(sockets=[self._socket] if self._socket else None)

    def stop(self) -> None:
        """Take nothing more in.  What is being kept is still answered."""
        if self._server:
            self._server.should_exit = True

    def _listen(self) -> socket.socket:
        try:
            return socket.create_server((self._host, self._port), backlog=1024)
        except OSError as error:
            where = f"{self._host}:{self._port}"
            raise CannotStart(f"HOST, PORT: cannot listen at {where}: {error.strerror}") from None


class _Server(uvicorn.Server):
    """Signals are the program's affair, not the server's."""

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield


def build(path: str, secret: str, ear: Ear, alive: Alive) -> Starlette:
    """What answers Telegram at *path*, and whoever asks for /healthz."""

    async def update(request: Request) -> Response:
        given = request.headers.get(_SECRET, "")
        if not hmac.compare_digest(given.encode(), secret.encode()):
            return Response(status_code=403)
        body = await _body(request.stream())
        if body is None:
            return Response(status_code=413)
        try:
            content = json.loads(body)
        except ValueError:
            return Response(status_code=400)
        try:
            await asyncio.wait_for(ear.take([content]), PATIENCE)
        except TimeoutError:
            return Response(status_code=503, headers={"Retry-After": "5"})
        return Response()

    async def health(_: Request) -> Response:
        if await alive():
            return JSONResponse({"status": "ok"})
        return JSONResponse({"status": "the database is away"}, status_code=503)

    return Starlette(
        routes=[
            Route(path, update, methods=["POST"]),
            Route("/healthz", health, methods=["GET"]),
        ],
        exception_handlers={ClientDisconnect: _gone},
    )


async def _body(chunks: AsyncIterator[bytes]) -> bytes | None:
    """The body, or None when it is too large; no more of it than that is ever in memory."""
    body = b""
    async for chunk in chunks:
        body += chunk
        if len(body) > LARGEST:
            return None
    return body


async def _gone(_: Request, __: Exception) -> Response:
    return Response(status_code=400)  # nobody reads it
