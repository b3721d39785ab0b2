"""Every transcript, held on the page over real HTTP, with time that its desk lets go by."""

import re
from pathlib import Path

import pytest

from bot.chats import of_visitor
from tests.page.bots import PageBot
from tests.page.visitor import Visitor
from tests.shell.conftest import until
from tests.transcript import TRANSCRIPTS, Seen, play


class PagePlayer:
    """A person on the page."""

    def __init__(self, bot: PageBot, visitor: Visitor) -> None:
        self.bot = bot
        self.visitor = visitor

    async def says(self, words: str) -> None:
        self.bot.time.seconds += 1
        await self.visitor.says(words)
        await self.is_answered()

    async def sends(self, kind: str, caption: str) -> None:
        raise NotImplementedError("nothing but words can be sent on the page")

    async def edits(self, words: str) -> None:
        raise NotImplementedError("what was typed on the page is not edited")

    async def presses(self, label: str, above: str) -> None:
        self.bot.time.seconds += 1
        shown = [said for kind, said in self.visitor.news if kind == "message"]
        under = [one for one in shown if above in one["text"].replace("**", "")]
        await self.visitor.taps(label, under[-1])
        await self.is_answered()

    async def forges(self, event: str, value: str) -> None:
        self.bot.time.seconds += 1
        shown = self.visitor.messages[self.visitor.newest]
        turn = shown["rows"][0][0]["data"].partition(":")[0]
        said = {"id": shown["id"], "data": f"{turn}:{event}:{value}"}
        assert (await self.visitor.posts("/say", said))[0] == 200
        await self.is_answered()

    async def waits(self, seconds: int) -> None:
        assert (await self.visitor.posts("/desk/clock", {"seconds": seconds}))[0] == 200
        await self.is_answered()

    async def is_away(self, seconds: int) -> None:
        await self.bot.pass_time(seconds)
        await self.is_answered()

    def sees(self) -> Seen:
        shown = self.visitor.messages[self.visitor.newest]
        labels = [button["label"] for row in shown["rows"] for button in row]
        return Seen(shown["text"].replace("**", ""), tuple(labels))

    async def is_answered(self) -> None:
        """Until all that was shown has arrived."""
        await self.bot.rest()
        room = self.bot.rooms.room(of_visitor(self.visitor.cookie("chat")[0]))
        await until(lambda: self.visitor.messages == room.messages)


def can_be_held(transcript: Path) -> bool:
    """Whether it needs nothing but words and buttons."""
    said = transcript.read_text(encoding="utf-8")
    before = re.findall(r"^after: *(.+)$", said, re.MULTILINE)
    others = (transcript.with_name(f"{name.replace(' ', '_')}.txt") for name in before)
    return not re.search(r"^(edit:|you: +\()", said, re.MULTILINE) and all(map(can_be_held, others))


HELD = [transcript for transcript in TRANSCRIPTS if can_be_held(transcript)]


@pytest.mark.parametrize("transcript", HELD, ids=lambda path: path.stem)
async def test_on_the_page(bot: PageBot, ann: Visitor, transcript: Path) -> None:
    await play(transcript, PagePlayer(bot, ann))
