"""The pictures in docs/screenshots.  `make screenshots`"""

import asyncio
import sys
from collections.abc import Awaitable, Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Literal, NamedTuple

from playwright.async_api import Browser

from data.library import Library, read_library
from tests.page.bots import PageBot, browsing, find_chromium, page_settings
from tests.page.reader import Reader
from tests.page.test_browser import to_a_hold, to_the_questions
from tests.shell.conftest import Time

FOLDER = Path(__file__).parents[2] / "docs" / "screenshots"
PHONE, DESKTOP = (390, 780), (1360, 900)
STILL = 400  # milliseconds until all has come to rest


class Shot(NamedTuple):
    """One picture: on what, in which light, and of what."""

    name: str
    size: tuple[int, int]
    scheme: Literal["light", "dark"]
    to: Callable[[Reader], Awaitable[None]]
    query: str = ""


async def stranger(_: Reader) -> None:
    """Nothing is said yet."""


async def red_flag(reader: Reader) -> None:
    await to_the_questions(reader)
    await reader.says("i cant feel anything between my legs")


SHOTS = [
    Shot("welcome-phone-light", PHONE, "light", Reader.begins),
    Shot("question-phone-light", PHONE, "light", to_the_questions),
    Shot("hold-phone-dark", PHONE, "dark", to_a_hold),
    Shot("emergency-phone-dark", PHONE, "dark", red_flag),
    Shot("about-desktop-dark", DESKTOP, "dark", stranger),
    Shot("hold-desktop-light", DESKTOP, "light", to_a_hold),
    Shot("desk-light", DESKTOP, "light", red_flag, "?desk"),
    Shot("desk-dark", DESKTOP, "dark", to_a_hold, "?desk"),
]


async def take(browser: Browser, library: Library, shot: Shot) -> None:
    with TemporaryDirectory() as folder:
        async with PageBot(page_settings(Path(folder)), Time(), library) as bot:
            width, height = shot.size
            context = await browser.new_context(
                viewport={"width": width, "height": height},
                color_scheme=shot.scheme,
                reduced_motion="reduce",
                timezone_id="UTC",
                locale="en-GB",
            )
            reader = Reader(bot, await context.new_page())
            await reader.opens(shot.query)
            await shot.to(reader)
            await reader.page.mouse.move(0, 0)
            await reader.page.evaluate("document.activeElement.blur()")
            await reader.page.wait_for_timeout(STILL)
            await reader.page.screenshot(path=FOLDER / f"{shot.name}.png")
            await context.close()


async def main() -> None:
    chromium = find_chromium()
    if not chromium:
        sys.exit("There is no Chromium: apt-get install chromium")
    FOLDER.mkdir(parents=True, exist_ok=True)
    library = read_library()
    async with browsing(chromium) as browser:
        for shot in SHOTS:
            await take(browser, library, shot)


if __name__ == "__main__":
    asyncio.run(main())
