"""Who may come in, and what the browser is told to refuse."""

import asyncio
import re
from collections.abc import AsyncIterator
from pathlib import Path

import aiohttp
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.chats import is_page, of_visitor
from bot.page.doors import WRONG
from bot.page.visits import FILES, STATIC
from bot.page.way import PageWay
from bot.settings import WrongSettings
from data.library import Library
from tests.page.bots import PageBot, page_settings
from tests.page.visitor import Visitor
from tests.shell.conftest import SECRET, Time
from tests.shell.people import begin, walk_to_hold
from tests.telegram import TOKEN, Address, Person, Telegram

PASSWORD = "correct horse battery"


class TestOnThisMachine:
    async def test_whose_name_is_not_this_machine_s_gets_nothing(
        self, bot: PageBot, ann: Visitor
    ) -> None:
        """A page elsewhere that has its own name lead to 127.0.0.1."""
        for host in ("example.org", "example.org:8080", "127.0.0.1.example.org", "[", ""):
            for path in ("/", "/live", "/desk", "/static/chat.js"):
                assert (await ann.gets(path, Host=host)).status == 403, (host, path)
        for host in ("localhost:8080", "127.0.0.1", "[::1]:8080"):
            assert (await ann.gets("/", Host=host)).status == 200, host

    @pytest.mark.parametrize("path", ["/say", "/desk/clock", "/desk/new"])
    async def test_what_another_page_has_it_say_is_not_heard(self, ann: Visitor, path: str) -> None:
        said = {"text": "/start", "seconds": 1}
        wrong = (
            {"Origin": "http://example.org"},
            {"Origin": "null"},
            {"Origin": ""},
            {"X-Token": ""},
            {"X-Token": "0" * 64},
            {"X-Token": "\u00e9"},
        )
        for headers in wrong:
            assert (await ann.posts(path, said, **headers))[0] == 403, headers
        assert (await ann.desk())["is_new"]

    async def test_a_token_is_good_for_one_visitor(self, ann: Visitor, bob: Visitor) -> None:
        assert (await ann.posts("/say", {"text": "/start"}, **{"X-Token": bob.token}))[0] == 403

    async def test_no_cookie_can_be_read_or_sent_from_elsewhere(self, ann: Visitor) -> None:
        value, is_closed_to_scripts, is_sent = ann.cookie("chat")
        assert (is_closed_to_scripts, is_sent) == (True, "strict")
        assert len(value) == 43  # 256 bits

    async def test_the_page_may_load_nothing_from_elsewhere(self, ann: Visitor) -> None:
        for path in ("/", "/static/chat.js", "/static/page.css", "/desk"):
            headers = (await ann.gets(path)).headers
            assert headers["Content-Security-Policy"].startswith("default-src 'self';"), path
            assert "unsafe" not in headers["Content-Security-Policy"]
            assert headers["X-Content-Type-Options"] == "nosniff"
            assert headers["Referrer-Policy"] == "no-referrer"
        assert "server" not in headers

    @pytest.mark.parametrize(
        "body",
        [
            b"", b"[]", b"null", b"{", b'{"text": 1}', b'{"text": " "}', b'{"id": "1"}',
            b'{"id": -1, "data": "1:yes:"}', b'{"id": true}', b'{"id": 1, "data": 1}',
            b'{"text": "' + b"a" * 4097 + b'"}', b" " * 40_000, b"\xff\xfe",
            b"[" * 20_000,
        ],
        ids=range(14),
    )  # fmt: skip
    async def test_what_makes_no_sense_is_refused_and_changes_nothing(
        self, ann: Visitor, body: bytes
    ) -> None:
        assert (await ann.posts("/say", body))[0] == 400
        assert (await ann.posts("/desk/clock", body))[0] in (400, 409)
        assert (await ann.desk())["is_new"]

    async def test_only_files_of_the_page_are_given(self, ann: Visitor) -> None:
        for name in ("page.html", "..%2Fway.py", "%2Fetc%2Fpasswd", "nothing.js"):
            assert (await ann.gets(f"/static/{name}")).status == 404, name

    def test_no_file_of_the_page_names_another_place_or_makes_html(self) -> None:
        for name, path in {**FILES, "page.html": STATIC / "page.html"}.items():
            text = path.read_text(encoding="utf-8")
            places = set(re.findall(r"(?:https?:)?//[a-z0-9.]+", text.replace("// ", "")))
            assert places <= {"http://www.w3.org"}, name  # which names SVG, and is not called
            for word in ("innerHTML", "outerHTML", "insertAdjacentHTML", "eval(", "document.write"):
                assert word not in text, name
            assert not re.search(r"<script(?![^>]*src=)|\sstyle=|\son\w+=\"", text), name


class TestWithAPassword:
    @pytest.fixture
    async def bot(self, tmp_path: Path, library: Library) -> AsyncIterator[PageBot]:
        settings = page_settings(tmp_path, preview_password=PASSWORD)
        async with PageBot(settings, Time(), library) as bot:
            yield bot

    @pytest.fixture
    async def client(self) -> AsyncIterator[aiohttp.ClientSession]:
        jar = aiohttp.CookieJar(unsafe=True)
        async with aiohttp.ClientSession(cookie_jar=jar) as client:
            yield client

    async def knocks(self, client: aiohttp.ClientSession, bot: PageBot, password: str) -> int:
        """Fill in the form; what comes of it."""
        async with client.get(f"{bot.address}/") as form:
            found = re.search(r'name="token" value="(\w+)"', await form.text())
        assert found
        given = {"token": found[1], "password": password}
        headers = {"Origin": bot.address}
        async with client.post(f"{bot.address}/enter", data=given, headers=headers) as answer:
            return answer.status

    async def live(self, client: aiohttp.ClientSession, bot: PageBot) -> int:
        async with client.get(f"{bot.address}/live") as answer:
            return answer.status

    async def test_who_does_not_know_it_stays_outside(
        self, bot: PageBot, client: aiohttp.ClientSession
    ) -> None:
        assert await self.knocks(client, bot, "something else") == 403
        for path in ("/live", "/desk"):
            async with client.get(bot.address + path) as answer:
                assert answer.status == 403
        async with client.post(f"{bot.address}/say", json={"text": "/start"}) as answer:
            assert answer.status == 403

    async def test_who_knows_it_comes_in_by_any_name(
        self, bot: PageBot, client: aiohttp.ClientSession
    ) -> None:
        assert await self.knocks(client, bot, PASSWORD) == 200
        assert await self.live(client, bot) == 200
        async with client.get(f"{bot.address}/", headers={"Host": "example.org"}) as answer:
            assert 'id="log"' in await answer.text()

    async def test_each_wrong_one_takes_its_time(
        self, bot: PageBot, client: aiohttp.ClientSession
    ) -> None:
        time = asyncio.get_running_loop().time
        before = time()
        assert await self.knocks(client, bot, "guess number 1") == 403
        assert await self.knocks(client, bot, "guess number 2") == 403
        assert time() - before >= 2 * WRONG

    async def test_the_form_is_for_one_browser(
        self, bot: PageBot, client: aiohttp.ClientSession
    ) -> None:
        for form in ({"password": PASSWORD}, {"password": PASSWORD, "token": "0" * 64}):
            headers = {"Origin": bot.address}
            async with client.post(f"{bot.address}/enter", data=form, headers=headers) as answer:
                assert answer.status == 403
        assert await self.live(client, bot) == 403

    async def test_a_made_up_pass_is_none(
        self, bot: PageBot, client: aiohttp.ClientSession
    ) -> None:
        for made_up in ("", ".", "a.b", "a." + "0" * 64):
            headers = {"Cookie": f"entered={made_up}"}
            async with client.get(f"{bot.address}/desk", headers=headers) as answer:
                assert answer.status == 403


def test_without_a_password_only_this_machine_is_served(tmp_path: Path) -> None:
    for host in ("0.0.0.0", "::", "192.0.2.1", "example.org"):
        with pytest.raises(WrongSettings, match="PREVIEW_PASSWORD"):
            PageWay(page_settings(tmp_path, host=host), Time())
        PageWay(page_settings(tmp_path, host=host, preview_password=PASSWORD), Time())
    for host in ("127.0.0.1", "localhost", "::1"):
        PageWay(page_settings(tmp_path, host=host), Time())


@given(st.text())
def test_no_visitor_ever_has_the_id_of_a_chat_on_telegram(secret: str) -> None:
    chat_id = of_visitor(secret)
    assert -(2**63) <= chat_id < -(2**52)
    assert is_page(chat_id)


@given(st.integers(-(2**52), 2**52))
def test_no_chat_on_telegram_is_the_page_s(chat_id: int) -> None:
    assert not is_page(chat_id)


class TestBesideTelegram:
    """With a token and PREVIEW=1, in one process, behind one port."""

    @pytest.fixture(params=["polling", "webhook"])
    async def bot(
        self, request: pytest.FixtureRequest, tmp_path: Path, library: Library, address: Address
    ) -> AsyncIterator[PageBot]:
        settings = page_settings(
            tmp_path, telegram_token=TOKEN, telegram_api_url=address.url, preview="1",
            telegram_file_url=f"{address.url}/file", mode=request.param, webhook_secret=SECRET,
            webhook_url="http://127.0.0.1:9/", send_rate=0,
        )  # fmt: skip
        hook = f"http://127.0.0.1:{settings.port}/"
        settings = settings.model_copy(update={"webhook_url": hook})
        async with PageBot(settings, Time(), library) as bot:
            yield bot

    @pytest.fixture
    def person(self, telegram: Telegram) -> Person:
        return Person(telegram, 1001, name="Ann")

    async def test_both_are_served_and_neither_hears_of_the_other(
        self, bot: PageBot, person: Person
    ) -> None:
        await walk_to_hold(person)
        async with Visitor(bot.address) as visitor:
            await visitor.comes()
            assert (await visitor.desk())["is_new"]
            assert visitor.messages == {}
            await visitor.says("/start")
            await visitor.says("/help")
            await bot.rest()
            before = len(person.history)
            await visitor.posts("/desk/clock", {"seconds": 30 * 24 * 3600})
            await bot.clock.tick()
            await bot.rest()
            assert len(person.history) == before, "no time went by on Telegram"
            await bot.pass_time(25)
            await bot.rest()
            assert "Time." in person.history[-1].message.text
            assert all("Time." not in shown["text"] for shown in visitor.messages.values())

    @pytest.mark.parametrize("secret", ["1001", "-1001", "0", "", "1001" * 11, "../1001"])
    async def test_no_cookie_leads_to_a_chat_on_telegram(
        self, bot: PageBot, person: Person, secret: str
    ) -> None:
        await begin(person)
        headers = {"Cookie": f"chat={secret[:43].ljust(43, 'A')}"}
        async with aiohttp.ClientSession() as client:
            async with client.get(f"{bot.address}/desk", headers=headers) as answer:
                assert (await answer.json())["is_new"]
            async with client.get(f"{bot.address}/desk", headers={"Cookie": f"chat={secret}"}) as a:
                assert (await a.json())["is_new"]
