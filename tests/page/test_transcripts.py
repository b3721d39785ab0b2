"""Every transcript, held on the page over real HTTP, with time that its desk lets go by."""

import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from copy import copy
from pathlib import Path
from typing import NamedTuple

import pytest

from bot.chats import of_visitor
from bot.page.rooms import Room
from bot.page.write import Data
from data.engine import open_engine
from data.library import Library
from data.migrate import upgrade
from tests.held import Kept, hold, put_in, take_out
from tests.keys import ring
from tests.page.bots import PageBot, page_settings
from tests.page.visitor import Visitor
from tests.shell.conftest import Time, until
from tests.transcript import TRANSCRIPTS, Seen


class PagePlayer:
    """A person on the page."""

    def __init__(self, bot: PageBot, visitor: Visitor) -> None:
        self.bot = bot
        self.visitor = visitor
        self.before: list[Data] = []  # messages that were shown before this visit

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
        under = [one for one in self.shown() if above in one["text"].replace("**", "")]
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

    def newest(self) -> int:
        return self.visitor.newest

    def shown(self) -> list[Data]:
        """Each message, each time it was shown."""
        return self.before + [said for kind, said in self.visitor.news if kind == "message"]

    def room(self) -> Room:
        return self.bot.rooms.room(of_visitor(self.visitor.cookie("chat")[0]))

    async def is_answered(self) -> None:
        """Until all that was shown has arrived."""
        await self.bot.rest()
        await until(lambda: self.visitor.messages == self.room().messages)


def can_be_held(transcript: Path) -> bool:
    """Whether it needs nothing but words and buttons."""
    said = transcript.read_text(encoding="utf-8")
    before = re.findall(r"^after: *(.+)$", said, re.MULTILINE)
    others = (transcript.with_name(f"{name.replace(' ', '_')}.txt") for name in before)
    return not re.search(r"^(edit:|you: +\()", said, re.MULTILINE) and all(map(can_be_held, others))


HELD = [transcript for transcript in TRANSCRIPTS if can_be_held(transcript)]


class End(NamedTuple):
    kept: Kept
    time: Time
    visitor: Visitor
    room: dict[int, Data]  # messages as they are there now
    shown: list[Data]


class PageStage:
    """The page of a bot, on one database."""

    def __init__(self, folder: Path, library: Library) -> None:
        self.settings = page_settings(folder)
        self.library = library
        self.engine = open_engine(self.settings.database_url)
        upgrade(self.engine, ring())
        self.kept = take_out(self.engine)  # what is there before anybody comes

    @asynccontextmanager
    async def begin(self, end: End | None) -> AsyncIterator[PagePlayer]:
        put_in(self.engine, end.kept if end else self.kept)
        time = copy(end.time) if end else Time()
        bot = PageBot(self.settings, time, self.library)
        async with bot, Visitor(bot.address) as visitor:
            player = PagePlayer(bot, visitor)
            if end:
                self._shows_again(player, end)
            await visitor.comes()
            yield player
            player.before = player.shown()  # while it is there

    def _shows_again(self, player: PagePlayer, end: End) -> None:
        """What the page shows is in memory, and would be said anew after a restart."""
        player.visitor.share(end.visitor)
        player.before = end.shown
        for shown in end.room.values():
            player.room().put(shown)

    def end(self, player: PagePlayer) -> End:
        kept, room = take_out(self.engine), player.room().messages
        return End(kept, player.bot.time, player.visitor, room, player.before)


@pytest.fixture(scope="module")
def stage(tmp_path_factory: pytest.TempPathFactory, library: Library) -> PageStage:
    return PageStage(tmp_path_factory.mktemp("page"), library)


@pytest.fixture(scope="module")
def ends() -> dict[Path, End]:
    """Where transcripts that others go on from have ended."""
    return {}


@pytest.mark.parametrize("transcript", HELD, ids=lambda path: path.stem)
async def test_on_the_page(transcript: Path, stage: PageStage, ends: dict[Path, End]) -> None:
    await hold(transcript, stage, ends)
