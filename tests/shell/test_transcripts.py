"""Every transcript, held with the whole bot: real HTTP, a real database, a clock that is moved."""

import logging
import re
from collections.abc import Iterator
from io import StringIO
from pathlib import Path

import pytest

from bot.log import start_logging
from tests.shell.conftest import Bot, until
from tests.telegram import Button, Message, Person
from tests.transcript import TRANSCRIPTS, Seen, play


class WirePlayer:
    """A person on their phone."""

    def __init__(self, bot: Bot, person: Person) -> None:
        self.bot = bot
        self.person = person
        self.typed: Message | None = None
        self.words: set[str] = set()  # all that the person typed, word by word

    async def says(self, words: str) -> None:
        self.words |= set(re.findall(r"\w{3,}", words.lower()))
        self.takes_a_moment()
        self.typed = self.person.says(words)
        await self.is_answered()

    async def sends(self, kind: str, caption: str) -> None:
        self.words |= set(re.findall(r"\w{3,}", caption.lower()))
        self.takes_a_moment()
        self.person.sends(kind, caption)
        await self.is_answered()

    async def edits(self, words: str) -> None:
        self.words |= set(re.findall(r"\w{3,}", words.lower()))
        self.takes_a_moment()
        message = self.typed or self.person.says("hello")
        self.person.edits(message, words)
        await self.is_answered()

    async def presses(self, label: str, above: str) -> None:
        self.takes_a_moment()
        message = self.person.finds(above, label) if above else self.person.reads()
        self.person.presses(label, message)
        await self.is_answered()

    async def forges(self, event: str, value: str) -> None:
        self.takes_a_moment()
        message = self.person.reads()
        turn = message.rows[0][0].data.partition(":")[0]
        self.person.presses(Button("forged", f"{turn}:{event}:{value}"), message)
        await self.is_answered()

    async def waits(self, seconds: int) -> None:
        end = self.bot.time.seconds + seconds
        while (soonest := await self.soonest()) is not None and soonest <= end:
            await self.bot.pass_time(max(0, soonest - self.bot.time.seconds))
            await self.bot.rest()
        await self.bot.pass_time(end - self.bot.time.seconds)
        await self.bot.rest()

    async def is_away(self, seconds: int) -> None:
        await self.bot.pass_time(seconds)
        await self.bot.rest()

    def sees(self) -> Seen:
        message = self.person.reads()
        return Seen(message.text, tuple(message.labels))

    def takes_a_moment(self) -> None:
        self.bot.time.seconds += 1

    async def is_answered(self) -> None:
        await until(lambda: not self.person.telegram.unconfirmed, 20)
        await self.bot.rest()

    async def soonest(self) -> float | None:
        return await self.bot.store.run(
            lambda transaction: transaction.soonest(int(self.bot.time.seconds))
        )


@pytest.mark.parametrize(
    ("mode", "database_url"), [("polling", "sqlite"), ("webhook", "postgresql")], indirect=True
)
@pytest.mark.parametrize("transcript", TRANSCRIPTS, ids=lambda path: path.stem)
async def test_through_the_whole_bot(
    bot: Bot, ann: Person, transcript: Path, written: StringIO
) -> None:
    """And nothing that was said is in the log of it, nor who said it."""
    player = WirePlayer(bot, ann)
    await play(transcript, player)
    log = written.getvalue().lower()
    assert str(ann.chat_id) not in log
    for word in player.words - OWN_WORDS:
        assert not re.search(rf"\b{re.escape(word)}\b", log), word


OWN_WORDS = {"error", "event", "level", "logger", "timestamp", "debug", "info", "data", "bot"}


@pytest.fixture
def written() -> Iterator[StringIO]:
    """The log of a bot that writes all it can."""
    log = StringIO()
    start_logging("DEBUG", log)
    logging.getLogger("bot").debug("debug")
    yield log
    assert '"event": "debug"' in log.getvalue()
