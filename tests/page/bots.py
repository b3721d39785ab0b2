"""A bot with its page, and the system's Chromium to look at it with."""

import os
import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from playwright.async_api import Browser, async_playwright, expect

from bot.page.rooms import Rooms
from bot.page.way import PageWay
from bot.settings import Settings, read_settings
from tests.databases import with_tables
from tests.keys import KEY
from tests.shell.conftest import Bot, free_port

NAMES = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome", "chrome")
PATIENCE = 30_000  # milliseconds, on a machine that has much else to do
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
    given = {"telegram_token": None, "database_url": with_tables(folder), "data_key": KEY}
    return read_settings(_env_file=None, **(given | {"port": free_port()} | more))


def find_chromium() -> str | None:
    named = os.environ.get("CHROMIUM", "")
    return shutil.which(named) if named else next(filter(None, map(shutil.which, NAMES)), None)


@asynccontextmanager
async def browsing(chromium: str) -> AsyncIterator[Browser]:
    expect.set_options(timeout=PATIENCE)
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        yield browser
        await browser.close()
