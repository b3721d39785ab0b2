"""axe-core on every screen: everybody can read and use the page."""

from typing import Literal

import pytest
from axe_playwright_python.base import AXE_SCRIPT

from bot.chats import of_visitor
from flows import screen
from flows.book import Book
from tests.page.gallery import gallery
from tests.page.reader import Reader
from tests.page.test_browser import to_the_questions

pytestmark = pytest.mark.asyncio(loop_scope="session")

GRAVE = {"serious", "critical"}
# All but the old messages that are followed by another: they were looked at when they became old.
NOT_SEEN_YET = {"exclude": [["#log > .old:has(+ .old)"]]}
ONLY_FAULTS = {"resultTypes": ["violations"]}
# Of what it answers, what passed is most, and takes as long to carry out of the page as to find.
LOOK = "([what, how]) => axe.run(what, how).then(found => found.violations)"


async def faults(reader: Reader) -> list[str]:
    """What keeps somebody from using what is new on the page."""
    if await reader.page.evaluate("typeof axe === 'undefined'"):
        await reader.page.evaluate(AXE_SCRIPT)
    found = await reader.page.evaluate(LOOK, [NOT_SEEN_YET, ONLY_FAULTS])
    return [
        f"{one['id']}: {one['help']}: {[node['html'] for node in one['nodes']]}"
        for one in found
        if one["impact"] in GRAVE
    ]


async def test_every_screen(reader: Reader, book: Book) -> None:
    await reader.page.emulate_media(reduced_motion="reduce")  # what still fades in is not judged
    assert await faults(reader) == [], "the first thing that is seen"
    await reader.begins()
    secret = next(c["value"] for c in await reader.page.context.cookies() if c["name"] == "chat")
    number = None
    for chat in await gallery(book):
        shown = screen(chat, book)
        number = await reader.bot.rooms.speak(of_visitor(secret), shown, chat.turn, number)
        await reader.rests()
        assert await faults(reader) == [], f"{chat.state} {chat.page}"


@pytest.mark.parametrize("scheme", ["light", "dark"])
async def test_old_messages_the_menu_and_the_desk(
    reader: Reader, scheme: Literal["light", "dark"]
) -> None:
    await reader.page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
    await reader.opens("?desk")
    await to_the_questions(reader)
    await reader.says("kind of, since yesterday")
    await reader.page.locator("#desk details summary").click()
    assert await faults(reader) == []
    await reader.page.click("#open-menu")
    assert await faults(reader) == []
