"""How updates come to a bot by web hook: one at a time in each chat, until they are taken."""

import asyncio
import time as real_time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from itertools import pairwise

import pytest
from aiohttp import web
from telegram import Bot, Update
from telegram.error import BadRequest, Conflict

from tests.telegram import Person, Telegram
from tests.telegram.conftest import refused

Taker = Callable[[web.Request], Awaitable[web.Response]]


@asynccontextmanager
async def listening(take: Taker) -> AsyncIterator[str]:
    """The address of a bot that *take*s updates."""
    app = web.Application()
    app.router.add_post("/hook", take)
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    yield f"http://127.0.0.1:{runner.addresses[0][1]}/hook"
    await runner.cleanup()


async def test_the_web_hook_is_given_each_update_with_the_secret(
    bot: Bot, ann: Person, world: Telegram
) -> None:
    taken: list[tuple[str, str]] = []

    async def take(request: web.Request) -> web.Response:
        update = Update.de_json(await request.json(), bot)
        assert update.message
        secret = request.headers["X-Telegram-Bot-Api-Secret-Token"]
        taken.append((update.message.text or "", secret))
        return web.Response()

    ann.says("Before")
    async with listening(take) as url:
        await bot.set_webhook(url, secret_token="abc-123_X")
        ann.says("After")
        await world.until(lambda: world.unconfirmed == 0)
        with refused(Conflict, "Conflict: can't use getUpdates method while webhook"):
            await bot.get_updates()
        assert taken == [("Before", "abc-123_X"), ("After", "abc-123_X")]
        assert (await bot.get_webhook_info()).pending_update_count == 0
        await bot.delete_webhook()
        ann.says("By polling")
        assert len(await bot.get_updates()) == 1


async def test_a_chat_waits_for_its_failed_delivery_while_others_go_on(
    bot: Bot, ann: Person, world: Telegram
) -> None:
    """Retried at once, then after a delay that doubles; Retry-After is obeyed."""
    world.hook_delay = 0.1
    refusals = [500, 500, 500, 503]
    taken: list[tuple[int, str]] = []
    tries: list[float] = []

    async def take(request: web.Request) -> web.Response:
        message = (await request.json())["message"]
        if message["text"] == "One":
            tries.append(real_time.monotonic())
            if refusals:
                status = refusals.pop(0)
                asked = {"Retry-After": "1"} if status == 503 else {}
                return web.Response(status=status, headers=asked)
        taken.append((message["chat"]["id"], message["text"]))
        return web.Response()

    bob = Person(world, 1002)
    async with listening(take) as url:
        await bot.set_webhook(url)
        ann.says("One")
        ann.says("Two")
        bob.says("Hi")
        await world.until(lambda: world.unconfirmed == 0)
        info = await bot.get_webhook_info()
    assert taken == [(1002, "Hi"), (1001, "One"), (1001, "Two")]
    assert info.last_error_message
    waits = [after - before for before, after in pairwise(tries)]
    assert waits == pytest.approx([0, 0.1, 0.2, 1], abs=0.08)


async def test_deliveries_of_many_chats_run_side_by_side_but_no_more_than_allowed(
    bot: Bot, world: Telegram
) -> None:
    running: set[int] = set()
    most: list[int] = []

    async def take(request: web.Request) -> web.Response:
        chat_id = (await request.json())["message"]["chat"]["id"]
        assert chat_id not in running
        running.add(chat_id)
        most.append(len(running))
        await asyncio.sleep(0.05)
        running.discard(chat_id)
        return web.Response()

    people = [Person(world, 2000 + n) for n in range(8)]
    async with listening(take) as url:
        await bot.set_webhook(url, max_connections=4)
        for person in people * 2:
            person.says("Hello")
        await world.until(lambda: world.unconfirmed == 0)
    assert len(most) == 16
    assert max(most) == 4


@pytest.mark.parametrize(
    ("url", "secret", "words"),
    [
        ("http://example.org/hook", None, "bad webhook: An HTTPS URL must be provided"),
        ("https://example.org/hook", "a b", "secret token contains unallowed characters"),
    ],
)
async def test_a_web_hook_is_refused(bot: Bot, url: str, secret: str | None, words: str) -> None:
    with refused(BadRequest, words):
        await bot.set_webhook(url, secret_token=secret)
