"""A person at a browser."""

import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from playwright.async_api import ConsoleMessage, Page, expect

from bot.page.write import Data
from tests.page.bots import PATIENCE, PageBot

LAST = ".message:not(.old)"
# Whether the newest message says just this, marks and spaces aside.
SAYS = """wanted => {
  const newest = [...document.querySelectorAll(".message:not(.old) :is(p, ul)")];
  return newest.map(e => e.textContent).join("").replace(/[\\s*•]/g, "") === wanted;
}"""


class Reader:
    """Taps, types and reads.  After each of it, the page has shown what the bot said."""

    def __init__(self, bot: PageBot, page: Page) -> None:
        self.bot = bot
        self.page = page
        self.complaints: list[str] = []
        page.set_default_timeout(PATIENCE)
        page.on("console", self._hears)
        page.on("pageerror", lambda error: self.complaints.append(str(error)))

    async def opens(self, query: str = "") -> None:
        await self.page.goto(f"http://127.0.0.1:{self.bot.settings.port}/{query}")
        await self.page.wait_for_selector("#log > article")

    async def reloads(self) -> None:
        await self.page.reload()
        await self.page.wait_for_selector("#log > article")

    async def begins(self) -> None:
        async with self._answered():
            await self.page.click("#about button")

    async def says(self, words: str) -> None:
        async with self._answered():
            await self.page.fill("#text", words)
            await self.page.press("#text", "Enter")

    async def presses(self, label: str, above: str = "", times: int = 1) -> None:
        message = self.page.locator(LAST)
        if above:
            message = self.page.locator(".message", has_text=above).last
        for _ in range(times):
            async with self._answered():
                await message.get_by_role("button", name=label, exact=True).click()

    async def sees(self, words: str) -> None:
        """*words* are in the newest message, or will be soon."""
        await expect(self.page.locator(LAST)).to_contain_text(words)

    async def buttons(self) -> list[str]:
        """The labels under the newest message."""
        return await self.page.locator(f"{LAST} .row button").all_text_contents()

    def newest(self) -> Data:
        """The message that the bot means this person to have before them."""
        (room,) = (room for _, room in self.bot.rooms.looked_at() if room.messages)
        return room.messages[max(room.messages)]

    async def rests(self) -> None:
        """Until the newest message is on the page."""
        said = re.sub(r"[\s*•]", "", self.newest()["text"])
        await self.page.wait_for_function(SAYS, arg=said)

    @asynccontextmanager
    async def _answered(self) -> AsyncIterator[None]:
        self.bot.time.seconds += 1  # nothing a person does takes no time at all
        async with self.page.expect_response("**/say"):
            yield
        await self.bot.rest()
        await self.rests()

    def _hears(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            self.complaints.append(message.text)
