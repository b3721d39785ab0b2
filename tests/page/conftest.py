"""A whole bot with its page, and a browser to look at it with."""

import os
import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
import pytest_asyncio
from playwright.async_api import Browser, async_playwright

from bot.settings import Settings, read_settings
from data.library import Library
from tests.page.reader import Reader
from tests.shell.conftest import Bot, Time, free_port

NAMES = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome", "chrome")
NO_BROWSER = "there is no Chromium: `apt-get install chromium`, or name one in CHROMIUM"
FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
]  # fmt: skip


def chromium() -> str | None:
    """Where the system's Chromium is."""
    named = os.environ.get("CHROMIUM", "")
    return shutil.which(named) if named else next(filter(None, map(shutil.which, NAMES)), None)


@asynccontextmanager
async def browsing() -> AsyncIterator[Browser]:
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=chromium(), args=FLAGS)
        yield browser
        await browser.close()


def page_settings(folder: Path, **more: str | int) -> Settings:
    return read_settings(
        _env_file=None,
        telegram_token=None,
        database_url=f"sqlite:///{folder}/bot.db",
        port=free_port(),
        **more,
    )


@pytest.fixture
def page_time() -> Time:
    return Time()


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def browser() -> AsyncIterator[Browser]:
    if not chromium():
        pytest.skip(NO_BROWSER)
    async with browsing() as browser:
        yield browser


@pytest_asyncio.fixture(loop_scope="session")
async def bot(tmp_path: Path, library: Library) -> AsyncIterator[Bot]:
    async with Bot(page_settings(tmp_path), Time(), library) as bot:
        yield bot


@pytest_asyncio.fixture(loop_scope="session")
async def ann(browser: Browser, bot: Bot) -> AsyncIterator[Reader]:
    """Somebody at a browser, with nothing said yet."""
    context = await browser.new_context(viewport={"width": 1280, "height": 900})
    ann = Reader(bot, await context.new_page())
    await ann.opens()
    yield ann
    assert ann.complaints == [], "the browser's console"
    await context.close()
