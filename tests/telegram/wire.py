"""The stand-in over HTTP."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from functools import partial
from http import HTTPStatus

from aiohttp import web
from yarl import URL

from tests.telegram import calls, control
from tests.telegram.core import Telegram
from tests.telegram.params import Upload
from tests.telegram.refusals import Json, bad_request

LARGEST_BODY = 60 * 1024 * 1024
BAD_GATEWAY = "<html><head><title>502 Bad Gateway</title></head><body>nginx</body></html>"


@dataclass(frozen=True, slots=True)
class Address:
    url: str  # what stands before /bot<token>

    @property
    def api_url(self) -> str:
        """What stands before the token of a call."""
        return f"{self.url}/bot"

    @property
    def file_url(self) -> str:
        """What stands before the token of a download."""
        return f"{self.url}/file/bot"


@asynccontextmanager
async def serve(telegram: Telegram, port: int = 0) -> AsyncIterator[Address]:
    """*telegram* over HTTP on the loopback, while the context lasts."""

    async def handle(request: web.BaseRequest) -> web.StreamResponse:
        return await _handle(telegram, request)

    loop = asyncio.get_running_loop()
    make = partial(web.BaseRequest, loop=loop, client_max_size=LARGEST_BODY)
    server = web.Server(handle, request_factory=make)
    runner = web.ServerRunner(server, access_log=None, shutdown_timeout=1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", port).start()
    try:
        yield Address(f"http://127.0.0.1:{runner.addresses[0][1]}")
    finally:
        await telegram.close()
        await runner.cleanup()


async def _handle(telegram: Telegram, request: web.BaseRequest) -> web.StreamResponse:
    path = request.path
    if path.startswith("/bot"):
        token, _, name = path.removeprefix("/bot").partition("/")
        return await _call(telegram, request, token, name)
    if path.startswith("/file/bot"):
        token, _, name = path.removeprefix("/file/bot").partition("/")
        return _download(telegram, token, name)
    if path.startswith("/control/"):
        given = await request.read()
        status, answer = control.answer(telegram, path.removeprefix("/control/"), given)
        return _as_json(status, answer)
    return _as_json(404, {"ok": False, "error_code": 404, "description": "Not Found"})


async def _call(
    telegram: Telegram, request: web.BaseRequest, token: str, name: str
) -> web.StreamResponse:
    try:
        params = await _params(request)
    except (ValueError, LookupError):
        return _as_json(400, bad_request("can't parse the request").as_json())
    try:
        status, answer = await calls.answer(telegram, token, name, params)
    except calls.LineCut:
        assert request.transport is not None  # aiohttp: it is there while a request is handled
        request.transport.abort()
        return web.Response()
    if status == HTTPStatus.BAD_GATEWAY:  # said by a proxy on the way, in its own manner
        return web.Response(text=BAD_GATEWAY, status=status, content_type="text/html")
    return _as_json(status, answer)


async def _params(request: web.BaseRequest) -> Json:
    """From the address, and from a body that is JSON, a form, or a form with files."""
    params: Json = dict(request.query)
    kind = request.content_type
    if kind == "multipart/form-data":
        for name, value in (await request.post()).items():
            if isinstance(value, web.FileField):
                params[name] = Upload(value.filename, value.file.read())
            else:
                params[name] = value
        return params
    body = await request.read()
    if not body:
        return params
    if kind == "application/json":
        given = json.loads(body)
        if not isinstance(given, dict):
            raise ValueError("object expected")
        return params | given
    return params | dict(URL.build(query_string=body.decode(), encoded=True).query)


def _download(telegram: Telegram, token: str, path: str) -> web.StreamResponse:
    found = next((file for file in telegram.files.values() if file.path == path), None)
    if token != telegram.token or found is None:
        return _as_json(404, {"ok": False, "error_code": 404, "description": "Not Found"})
    return web.Response(body=found.content, content_type="application/octet-stream")


def _as_json(status: int, answer: object) -> web.Response:
    body = json.dumps(answer, separators=(",", ":")).encode()  # as Telegram writes it
    return web.Response(body=body, status=status, content_type="application/json")
