"""What goes wrong on the way in: by polling and by web hook."""

import asyncio
import time as real_time
from collections.abc import Callable
from contextlib import AbstractContextManager
from io import BytesIO
from urllib.parse import urlsplit

import aiohttp
import pytest

import flows
from bot.metrics import REGISTRY
from bot.settings import CannotStart, Settings, WrongSettings
from bot.web import MOST, MOST_HEAD
from data.library import Library
from flows.book import Book
from tests.shell.conftest import SECRET, Bot, Start, Time, until
from tests.shell.people import begin, tap
from tests.telegram import Address, Fault, Person, Telegram

UNREADABLE = ({"message": 7}, {"callback_query": {"id": 5}}, {"message": {"chat": "me"}})


async def test_an_update_that_makes_no_sense_blocks_nobody(
    bot: Bot, ann: Person, telegram: Telegram, count_rows: Callable[[str], int]
) -> None:
    await begin(ann)
    for update in UNREADABLE:
        telegram.deliver(update)
    ann.says("/help")
    await ann.answer()
    await until(lambda: not telegram.unconfirmed)
    assert count_rows("parked") == len(UNREADABLE)


async def test_a_step_that_meets_a_bug_is_parked_and_answered(
    bot: Bot,
    ann: Person,
    bob: Person,
    monkeypatch: pytest.MonkeyPatch,
    count_rows: Callable[[str], int],
) -> None:
    def step(chat: flows.Chat, event: flows.Event, book: Book) -> flows.Outcome:
        if event.value == "my secret words":
            raise KeyError(event)
        return flows.step(chat, event, book)

    monkeypatch.setattr("bot.turns.step", step)
    first = await begin(ann)
    ann.says("my secret words")
    sorry = await ann.answer()
    assert sorry.text.startswith(bot.library.book("en").notices["sorry"])
    assert sorry.text.endswith(first.text)
    await begin(bob)
    assert count_rows("parked") == 1
    tap(ann, "help")
    assert (await ann.answer()).text != sorry.text


async def test_a_batch_that_meets_a_bug_costs_one_item_alone(
    bot: Bot,
    ann: Person,
    bob: Person,
    monkeypatch: pytest.MonkeyPatch,
    count_rows: Callable[[str], int],
) -> None:
    def alarms(chat: flows.Chat) -> object:
        if chat.pages == ("help",):
            raise ValueError("a bug in every chat that reads this page")
        return flows.alarms(chat)

    await begin(ann)
    await begin(bob)
    monkeypatch.setattr("data.rows.alarms", alarms)
    ann.says("/help")
    bob.says("/privacy")
    assert (await bob.answer()).rows
    sorry = await ann.answer()
    assert sorry.text.startswith(bot.library.book("en").notices["sorry"])
    assert count_rows("parked") == 1


async def test_while_the_database_is_away_nothing_is_confirmed_and_nothing_is_lost(
    bot: Bot,
    ann: Person,
    telegram: Telegram,
    database_away: Callable[[], AbstractContextManager[None]],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("bot.telegram.webhook.PATIENCE", 0.5)
    telegram.hook_delay = 0.2
    await begin(ann)
    await bot.rest()
    await until(lambda: not telegram.unconfirmed)
    with database_away():
        ann.says("/help")
        await asyncio.sleep(1)
        assert telegram.unconfirmed == 1
        assert len(ann.history) == 1
    assert await ann.answer(20)
    await until(lambda: not telegram.unconfirmed, 15)
    await bot.rest()
    assert len(ann.history) == 2


async def test_telegram_need_not_be_there_yet(
    settings: Settings, time: Time, library: Library, telegram: Telegram, ann: Person
) -> None:
    telegram.fail(Fault("getMe", code=502))
    telegram.fail(Fault("setMyCommands", code=429, retry_after=1))
    async with Bot(settings, time, library):
        assert (await begin(ann)).rows


async def test_a_wrong_token_stops_the_start(
    settings: Settings, time: Time, library: Library
) -> None:
    wrong = settings.model_copy(update={"telegram_token": settings.webhook_secret})
    with pytest.raises(WrongSettings, match="TELEGRAM_TOKEN"):
        async with Bot(wrong, time, library):
            pass


@pytest.mark.parametrize("mode", ["webhook"])
async def test_an_address_that_telegram_refuses_is_no_bug(
    settings: Settings, time: Time, library: Library, telegram: Telegram
) -> None:
    words = "Bad Request: bad webhook: Failed to resolve host"
    telegram.fail(Fault("setWebhook", code=400, description=words))
    with pytest.raises(CannotStart, match=r"WEBHOOK_URL: Telegram does not take it.*resolve host"):
        async with Bot(settings, time, library):
            pass


def fetches() -> float | None:
    return REGISTRY.get_sample_value("bot_fetches")


@pytest.mark.parametrize("mode", ["polling"])
@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
class TestPolling:
    async def test_it_takes_the_updates_back_from_a_web_hook(
        self, start: Start, telegram: Telegram, ann: Person, address: Address
    ) -> None:
        async with aiohttp.ClientSession() as client:
            url = f"{address.api_url}{telegram.token}/setWebhook"
            await client.post(url, json={"url": "http://127.0.0.1:9/hook"})
        ann.says("/start")
        async with start():
            assert (await ann.answer()).rows

    @pytest.mark.parametrize("code", [409, 500, 502, 429])
    async def test_a_fetch_that_fails_is_tried_again(
        self, start: Start, telegram: Telegram, ann: Person, code: int
    ) -> None:
        telegram.fail(Fault("getUpdates", times=2, code=code, retry_after=1 if code == 429 else 0))
        async with start():
            await until(lambda: fetches() == 0, 10)  # as the operator sees
            ann.says("/start")
            assert (await ann.answer(10)).rows
            assert fetches() == 1

    async def test_what_is_kept_is_confirmed_at_the_end(
        self, start: Start, telegram: Telegram, ann: Person
    ) -> None:
        async with start():
            await begin(ann)
        assert telegram.unconfirmed == 0

    async def test_it_stops_at_once_while_it_waits_for_updates(
        self, start: Start, telegram: Telegram
    ) -> None:
        async with start():
            await asyncio.sleep(0.1)
            began = real_time.monotonic()
        assert real_time.monotonic() - began < 3


@pytest.mark.parametrize("mode", ["webhook"])
@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
class TestWebHook:
    @pytest.fixture
    def url(self, settings: Settings) -> str:
        return settings.webhook_url

    @pytest.fixture
    def health(self, settings: Settings) -> str:
        return f"http://127.0.0.1:{settings.port}/healthz"

    async def post(self, url: str, body: bytes, **headers: str) -> aiohttp.ClientResponse:
        secret = {"X-Telegram-Bot-Api-Secret-Token": SECRET}
        async with aiohttp.ClientSession() as client:
            return await client.post(url, data=BytesIO(body), headers=secret | headers)

    @pytest.mark.parametrize("secret", ["", "wrong", SECRET + "x", "é"])
    async def test_who_does_not_know_the_secret_is_not_heard(
        self, bot: Bot, url: str, secret: str
    ) -> None:
        headers = {"X-Telegram-Bot-Api-Secret-Token": secret}
        assert (await self.post(url, b"{}", **headers)).status == 403

    async def test_a_body_that_is_too_large_is_refused(self, bot: Bot, url: str) -> None:
        assert (await self.post(url, b" " * (1024 * 1024 + 1))).status == 413

    @pytest.mark.parametrize(
        "begun",
        [
            b"GET /" + b"x" * 99,
            b"GET / HTTP/1.1\r\nX-Long: ",
            b"GET / HTTP/1.1\r\n" + b"a:\r\n" * 99,
        ],
    )
    async def test_a_head_that_never_ends_is_cut_off(
        self, bot: Bot, settings: Settings, begun: bytes
    ) -> None:
        with pytest.raises(ConnectionError):
            await answer_to(begun + begun[-4:] * MOST_HEAD, settings.port)

    async def test_a_body_that_never_ends_is_cut_off(
        self, bot: Bot, url: str, settings: Settings
    ) -> None:
        with pytest.raises(ConnectionError):
            await answer_to(head(url, 9 * MOST) + b"x" * 2 * MOST, settings.port)

    async def test_a_request_before_the_last_is_answered_is_refused(
        self, bot: Bot, settings: Settings
    ) -> None:
        answer = await answer_to(b"GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n" * 1000, settings.port)
        assert answer.startswith(b"HTTP/1.1 400")
        assert answer.count(b"HTTP/1.1") == 1

    async def test_a_line_bears_any_number_of_requests(
        self, bot: Bot, url: str, settings: Settings
    ) -> None:
        reader, writer = await asyncio.open_connection("127.0.0.1", settings.port)
        body = b" " * 1024 * 1024
        for _ in range(2 * MOST // len(body)):
            writer.write(head(url, len(body)) + body)
            answer = await reader.readuntil(b"\r\n\r\n")
            assert answer.startswith(b"HTTP/1.1 403")  # it does not know the secret
        writer.transport.abort()

    @pytest.mark.parametrize("body", [b"", b"{", b"\xff\xfe", b"nonsense"])
    async def test_what_is_not_json_is_refused(self, bot: Bot, url: str, body: bytes) -> None:
        assert (await self.post(url, body)).status == 400

    @pytest.mark.parametrize("body", [b"{}", b"[]", b"7", b'{"update_id": 1, "message": 2}'])
    async def test_json_that_is_no_update_is_parked(
        self, bot: Bot, url: str, body: bytes, count_rows: Callable[[str], int]
    ) -> None:
        kind = "application/json; charset=utf-8"
        assert (await self.post(url, body, **{"Content-Type": kind})).status == 200
        assert count_rows("parked") == 1

    async def test_another_path_or_method_is_not_there(self, bot: Bot, url: str) -> None:
        assert (await self.post(url + "/x", b"{}")).status == 404
        async with aiohttp.ClientSession() as client:
            assert (await client.get(url)).status == 405

    async def test_health_tells_whether_the_database_is_there(
        self,
        bot: Bot,
        url: str,
        health: str,
        database_away: Callable[[], AbstractContextManager[None]],
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        monkeypatch.setattr("bot.app.ALIVE", 0.2)
        monkeypatch.setattr("bot.telegram.webhook.PATIENCE", 0.2)
        async with aiohttp.ClientSession() as client:
            answer = await client.get(health)
            assert (answer.status, await answer.json()) == (200, {"status": "ok"})
            with database_away():
                assert (await client.get(health)).status == 503
                answer = await self.post(url, b'{"update_id": 1, "message": 2}')
                assert (answer.status, answer.headers["Retry-After"]) == (503, "1")

    async def test_a_port_that_is_taken_stops_the_start(
        self, bot: Bot, settings: Settings, time: Time, library: Library
    ) -> None:
        with pytest.raises(CannotStart, match="PORT"):
            async with Bot(settings, time, library):
                pass


def head(url: str, length: int) -> bytes:
    """The head of a request whose body is to be *length* bytes long, without the secret."""
    path = urlsplit(url).path
    return f"POST {path} HTTP/1.1\r\nHost: x\r\nContent-Length: {length}\r\n\r\n".encode()


async def answer_to(much: bytes, port: int) -> bytes:
    """What is answered when *much* is written, within a second."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    try:
        writer.write(much)
        await writer.drain()
        async with asyncio.timeout(1):
            return await reader.read()
    finally:
        writer.transport.abort()
