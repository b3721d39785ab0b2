"""A whole bot with its page, and browsers to visit it with: one without eyes, and Chromium."""

import os
import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
import pytest_asyncio
from playwright.async_api import Browser, async_playwright

from bot.page.rooms import Rooms
from bot.page.way import PageWay
from bot.settings import Settings, read_settings
from data.library import Library
from tests.page.reader import Reader
from tests.page.visitor import Visitor
from tests.shell.conftest import Bot, Time, free_port
from tests.telegram import UNLIMITED, Address, Telegram, serve

NAMES = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome", "chrome")
NO_BROWSER = "there is no Chromium: `apt-get install chromium`, or name one in CHROMIUM"
FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
]  # fmt: skip


def address_of(settings: Settings) -> str:
    return f"http://127.0.0.1:{settings.port}"


class PageBot(Bot):
    """The bot with its page."""

    @property
    def address(self) -> str:
        return address_of(self.settings)

    @property
    def rooms(self) -> Rooms:
        return next(way.rooms for way in self.ways if isinstance(way, PageWay))


def page_settings(folder: Path, **more: object) -> Settings:
    given = {"telegram_token": None, "database_url": f"sqlite:///{folder}/bot.db"}
    return read_settings(_env_file=None, **(given | {"port": free_port()} | more))


@pytest.fixture(scope="session")
def chromium() -> str:
    """Where the system's Chromium is."""
    found = find_chromium()
    if not found:
        pytest.skip(NO_BROWSER)
    return found


def find_chromium() -> str | None:
    named = os.environ.get("CHROMIUM", "")
    return shutil.which(named) if named else next(filter(None, map(shutil.which, NAMES)), None)


@asynccontextmanager
async def browsing(chromium: str) -> AsyncIterator[Browser]:
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        yield browser
        await browser.close()


@pytest.fixture
def telegram() -> Telegram:
    return Telegram(limits=UNLIMITED, now=Time())


@pytest.fixture
async def address(telegram: Telegram) -> AsyncIterator[Address]:
    async with serve(telegram) as address:
        yield address


@pytest.fixture
async def bot(tmp_path: Path, library: Library) -> AsyncIterator[PageBot]:
    async with PageBot(page_settings(tmp_path), Time(), library) as bot:
        yield bot


@pytest.fixture
async def ann(bot: PageBot) -> AsyncIterator[Visitor]:
    async with Visitor(bot.address) as ann:
        await ann.comes()
        yield ann


@pytest.fixture
async def bob(bot: PageBot) -> AsyncIterator[Visitor]:
    async with Visitor(bot.address) as bob:
        await bob.comes()
        yield bob


# In Chromium.  One for all tests of a session, so these live in the session's event loop.


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def browser(chromium: str) -> AsyncIterator[Browser]:
    async with browsing(chromium) as browser:
        yield browser


@pytest_asyncio.fixture(loop_scope="session")
async def shown_bot(tmp_path: Path, library: Library) -> AsyncIterator[PageBot]:
    async with PageBot(page_settings(tmp_path), Time(), library) as bot:
        yield bot


@pytest_asyncio.fixture(loop_scope="session")
async def reader(browser: Browser, shown_bot: PageBot) -> AsyncIterator[Reader]:
    """Somebody at a browser, with nothing said yet."""
    context = await browser.new_context(viewport={"width": 1280, "height": 900})
    reader = Reader(shown_bot, await context.new_page())
    await reader.opens()
    yield reader
    await context.close()
    assert reader.complaints == [], "the browser's console"
