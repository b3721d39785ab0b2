"""Every transcript, held with the whole bot: real HTTP, a real database, a clock that is moved."""

import logging
import pickle
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from io import StringIO
from pathlib import Path
from typing import NamedTuple

import pytest

from bot.log import start_logging
from data.engine import open_engine
from data.library import Library
from data.migrate import upgrade
from tests.held import Kept, hold, put_in, take_out
from tests.keys import ring
from tests.shell.conftest import Bot, Time, free_port, settings_for
from tests.shell.postgres import Postgres
from tests.telegram import UNLIMITED, Address, Button, Message, Person, Telegram, serve
from tests.transcript import TRANSCRIPTS, Seen


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

    def newest(self) -> int:
        return max((message.message_id for message in self.person.messages), default=0)

    def takes_a_moment(self) -> None:
        self.bot.time.seconds += 1

    async def is_answered(self) -> None:
        telegram = self.person.telegram
        await telegram.until(lambda: not telegram.unconfirmed, 20)
        await self.bot.rest()

    async def soonest(self) -> float | None:
        return await self.bot.store.run(
            lambda transaction: transaction.soonest(int(self.bot.time.seconds))
        )


class End(NamedTuple):
    kept: Kept
    person: Person
    time: Time
    typed: Message | None


Pickled = bytes  # an `End`: of what is there at one, each that goes on from it has its own


class Wire:
    """Telegram and the bot, by polling or by web hook, on one database."""

    def __init__(self, mode: str, database_url: str, library: Library) -> None:
        self.port = free_port()  # of Telegram
        self.settings = settings_for(Address(f"http://127.0.0.1:{self.port}"), mode, database_url)
        self.library = library
        self.engine = open_engine(database_url)
        upgrade(self.engine, ring())
        self.kept = take_out(self.engine)  # what is there before anybody comes
        self.log = StringIO()

    @asynccontextmanager
    async def begin(self, end: Pickled | None) -> AsyncIterator[WirePlayer]:
        kept, person, time, typed = pickle.loads(end) if end else somebody_new(self.kept)
        put_in(self.engine, kept)
        async with (
            serve(person.telegram, self.port),
            Bot(self.settings, time, self.library) as bot,
        ):
            player = WirePlayer(bot, person)
            player.typed = typed
            self.log = all_that_is_logged()
            yield player

    def end(self, player: WirePlayer) -> Pickled:
        end = End(take_out(self.engine), player.person, player.bot.time, player.typed)
        return pickle.dumps(end)


def somebody_new(kept: Kept) -> End:
    time = Time()
    ann = Person(Telegram(limits=UNLIMITED, now=time), 1001, name="Ann")
    return End(kept, ann, time, None)


@pytest.fixture(scope="module")
def polling(tmp_path_factory: pytest.TempPathFactory, library: Library) -> Wire:
    return Wire("polling", f"sqlite:///{tmp_path_factory.mktemp('polling')}/bot.db", library)


@pytest.fixture(scope="module")
def webhook(postgres: Postgres, library: Library) -> Wire:
    return Wire("webhook", postgres.create(), library)


@pytest.fixture(scope="module")
def ends() -> dict[str, dict[Path, Pickled]]:
    """For each wire, where transcripts that others go on from have ended."""
    return {"polling": {}, "webhook": {}}


@pytest.mark.parametrize("wire", ["polling", "webhook"])
@pytest.mark.parametrize("transcript", TRANSCRIPTS, ids=lambda path: path.stem)
async def test_through_the_whole_bot(
    wire: str,
    transcript: Path,
    ends: dict[str, dict[Path, Pickled]],
    request: pytest.FixtureRequest,
) -> None:
    """And nothing that was said is in the log of it, nor who said it."""
    stage: Wire = request.getfixturevalue(wire)
    player = await hold(transcript, stage, ends[wire])
    log = stage.log.getvalue().lower()
    assert '"event": "debug"' in log
    assert not re.search(rf"\b{player.person.chat_id}\b", log)  # a time may have its digits
    for word in player.words - OWN_WORDS:
        assert not re.search(rf"\b{re.escape(word)}\b", log), word


OWN_WORDS = {"error", "event", "level", "logger", "timestamp", "debug", "info", "data", "bot"}


def all_that_is_logged() -> StringIO:
    """The log, from here on, of a bot that writes all it can."""
    log = StringIO()
    start_logging("DEBUG", log)
    logging.getLogger("bot").debug("debug")
    return log
