"""The bot as one process: it lives on a loop of its own until it is stopped, or dies."""

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from unittest.mock import patch

from sqlalchemy import Connection, event
from sqlalchemy.sql import ClauseElement

from bot import app
from bot.app import App
from bot.settings import CannotStart, Settings
from bot.telegram import api
from bot.telegram.way import TelegramWay
from data.library import Library
from data.straight import Given, Straight
from tests.sim import database
from tests.sim.door import Door
from tests.sim.journal import Journal
from tests.sim.network import Calls, Files, Network, Wire
from tests.sim.stepped import Stepped, away
from tests.sim.ticking import Killed, Ticking
from tests.sim.world import Clock, World

PRINTED = 0.3  # seconds until a file is made


@dataclass(frozen=True)
class Place:
    """What a process finds, wherever it is started."""

    settings: Settings
    world: World
    network: Network
    journal: Journal
    library: Library
    database_clock: Clock


class Life:
    """One process, from its start to its end."""

    def __init__(self, place: Place, clock: Clock, number: int) -> None:
        self.place = place
        self.world = place.world
        self.network = place.network
        self.journal = place.journal
        self.clock = clock  # of its machine
        self.number = number
        self.is_dead = False
        self.end = ""  # how it ended
        self.loop = Ticking(place.world)
        self.bot: Bot | None = None
        self.stopping = asyncio.Event()
        self._all = self.loop.create_task(self._live())
        self.began, self.ended = self.world.now, 0.0

    @property
    def is_ready(self) -> bool:
        """Whether it has anything to do now."""
        return self.loop.is_ready or self.is_dead

    def turn(self) -> None:
        """Do that; afterwards `end` says whether it was the last."""
        if not self.is_dead:
            self.loop.turn()
        if self.is_dead:
            self._bury("killed")
        elif self._all.done():
            self._leave()

    def stop(self) -> None:
        self.loop.call_soon(self.stopping.set)

    def die(self) -> None:
        """From here on nothing that it does has any effect."""
        self.is_dead = True

    def point(self) -> None:
        """Here it may die, as it speaks."""
        if not self.is_dead and self.world.dies(self.world.odds.crash_at_send):
            self.world.note("dies at a send")
            self.die()
        if self.is_dead:
            raise asyncio.CancelledError

    def at_call(self, *_: object) -> None:
        """And here, at a call of the database; or that fails."""
        if self.world.dies(self.world.odds.crash_at_call):
            self.world.note("dies in a transaction")
            raise Killed
        if self.bot and self.world.breaks(self.world.odds.away):
            self.world.lines_lost += 1
            raise away(self.bot.store._engine.dialect.name)

    async def _live(self) -> None:
        self.bot = Bot(self)
        async with self.bot:
            await self.stopping.wait()

    def _leave(self) -> None:
        try:
            self._all.result()
        except CannotStart:
            self._bury("did not start")
        else:
            self.loop.close()
            self.end, self.ended = "stopped", self.world.now

    def _bury(self, end: str) -> None:
        self.is_dead = True
        self.end, self.ended = end, self.world.now
        if self.bot:
            self.bot.server.close()
        self.loop.bury()
        if self.bot:
            self.bot.store._drop()


class Bot(App):
    """The bot, with nothing changed but its border to the world."""

    def __init__(self, life: Life) -> None:
        place = life.place
        to_telegram = life.network, life.point
        with (
            patch.object(api, "Client", partial(Calls, *to_telegram)),
            patch.object(api, "FileRequest", partial(Files, *to_telegram)),
            patch.object(app, "Server", Door),
        ):
            way = TelegramWay(place.settings)
            way.wire = Wire(way._api, way._files)
            super().__init__(place.settings, life.clock, place.library, [way])
        self.store._thread.close()
        self.store._thread = Stepped(life)  # type: ignore[assignment]
        self.store._me = life.number
        self.maker._printer = Printer()  # type: ignore[assignment]
        if self.store.is_shared:
            database.join(self.store._engine, place.database_clock)
        event.listen(self.store._engine, "before_cursor_execute", life.at_call)
        connect = self.store._connect

        def frail() -> tuple[Connection, Straight]:
            connection, _ = connect()
            return connection, Frail(connection, life.at_call)

        self.store._connect = frail  # type: ignore[method-assign]


class Frail(Straight):
    """No event is told of what goes straight to the driver: that fails here."""

    def __init__(self, connection: Connection, at_call: Callable[[], None]) -> None:
        super().__init__(connection)
        self._at_call = at_call

    def ask(self, statement: ClauseElement, given: Given) -> list[object]:
        self._at_call()
        return super().ask(statement, given)

    def count(self, statement: ClauseElement, given: Given) -> int:
        self._at_call()
        return super().count(statement, given)

    def do(self, statement: ClauseElement, given: Sequence[Given]) -> None:
        if given:
            self._at_call()
        super().do(statement, given)

    def commit(self) -> None:
        self._at_call()
        super().commit()


class Printer:
    """Takes the place of the process that makes files."""

    async def make(self, maker: str, value: object) -> bytes:
        await asyncio.sleep(PRINTED)
        return b"a file"
