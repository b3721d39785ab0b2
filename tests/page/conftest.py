"""A whole bot with its page, and browsers to visit it with: one without eyes, and Chromium."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio
from playwright.async_api import Browser

from data.library import Library
from tests.page.bots import PageBot, browsing, find_chromium, page_settings
from tests.page.reader import Reader
from tests.page.visitor import Visitor
from tests.shell.conftest import Time
from tests.telegram import UNLIMITED, Address, Telegram, serve

NO_BROWSER = "there is no Chromium: `apt-get install chromium`, or name one in CHROMIUM"


@pytest.fixture(scope="session")
def chromium() -> str:
    """Where the system's Chromium is."""
    found = find_chromium()
    if not found:
        pytest.skip(NO_BROWSER)
    return found


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
