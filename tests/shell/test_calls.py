"""A call to the Bot API, and what is taken for an answer to it."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from aiohttp import web

from bot.telegram.api import Api, Unchanged, WrongToken
from bot.wire import Broken, Later, Refused

DONE = b'{"ok":true,"result":{"message_id":7}}'


@asynccontextmanager
async def answering(status: int, body: bytes) -> AsyncIterator[tuple[Api, list[str]]]:
    """The API at a server that answers all calls so; and the calls, as they came."""
    came: list[str] = []

    async def answer(request: web.BaseRequest) -> web.Response:
        words = (await request.read()).decode()
        came.append(f"{request.method} {request.path_qs} {words}".rstrip())
        return web.Response(status=status, body=body)

    runner = web.ServerRunner(web.Server(answer))
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    port = runner.addresses[0][1]
    api = Api("1:a", f"http://127.0.0.1:{port}", "")
    await api.open()
    try:
        yield api, came
    finally:
        await api.close()
        await runner.cleanup()


async def test_what_a_call_is_given_is_one_object_and_its_answer_what_telegram_says() -> None:
    async with answering(200, DONE) as (api, came):
        assert await api.call("sendMessage", chat_id=1, text="Hi, Zoë") == {"message_id": 7}
    assert came == ['POST /bot1:a/sendMessage {"chat_id":1,"text":"Hi, Zoë"}']


@pytest.mark.parametrize("method", ["sendMessage", "editMessageText", "answerCallbackQuery"])
@pytest.mark.parametrize(
    "words", [b"<html>Log in here</html>", b"", b'{"status":"up"}', b"[]", b"{", b"\xff"]
)
async def test_a_page_of_a_wifi_that_wants_a_password_is_no_answer(
    method: str, words: bytes
) -> None:
    async with answering(200, words) as (api, _):
        with pytest.raises(Broken):
            await api.call(method)


@pytest.mark.parametrize(
    ("status", "body", "meant"),
    [
        (429, b'{"ok":false,"description":"Too Many","parameters":{"retry_after":5}}', Later),
        (403, b'{"ok":false,"description":"Forbidden: bot was blocked"}', Refused),
        (400, b'{"ok":false,"description":"Bad Request: message is not modified"}', Unchanged),
        (401, b'{"ok":false,"error_code":401,"description":"Unauthorized"}', WrongToken),
        (404, b'{"ok":false,"error_code":404,"description":"Not Found"}', WrongToken),
        (301, b"", Broken),
        (301, b"{}", Broken),
        (404, b"<html>Not Found, says a proxy</html>", Broken),
        (401, b"", Broken),
        (400, b"<html>Bad Request</html>", Broken),
        (502, b"<html>Bad Gateway</html>", Broken),
    ],
)
async def test_what_telegram_refuses_is_told_apart(
    status: int, body: bytes, meant: type[Exception]
) -> None:
    async with answering(status, body) as (api, _):
        for method in ("sendMessage", "editMessageText"):
            with pytest.raises(meant):
                await api.call(method)
