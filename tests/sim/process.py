"""The bot as one process: it lives on a loop of its own until it is stopped, or dies."""

import asyncio
import sqlite3
from collections import deque
from collections.abc import Callable, Sequence
from functools import partial
from typing import TypeVar

from sqlalchemy import Connection, event
from sqlalchemy.exc import OperationalError
from sqlalchemy.sql import ClauseElement

from bot.app import App
from bot.settings import CannotStart, Settings
from bot.telegram import api
from bot.telegram.way import TelegramWay
from data.engine import KEEPS
from data.library import Library
from data.store import StoreAway
from data.straight import Given, Straight
from tests.sim.journal import Journal
from tests.sim.network import Client, Network, Wire
from tests.sim.ticking import Killed, Ticking
from tests.sim.world import World

T = TypeVar("T")
Job = tuple["partial[object]", asyncio.Future[object]]
TAKES = 0.0005, 0.004  # seconds for a transaction
SLOW = 0.1, 3.0  # and on a slow disk
PRINTED = 0.3  # seconds until a file is made


class Life:
    """One process, from its start to its end."""

    def __init__(
        self, settings: Settings, world: World, network: Network, journal: Journal, library: Library
    ) -> None:
        self.settings = settings
        self.world = world
        self.network = network
        self.journal = journal
        self.library = library
        self.is_dead = False
        self.ended = 0.0  # when it died; 0: it did not
        self.loop = Ticking(world)
        self.bot: Bot | None = None
        self.stopping = asyncio.Event()

    def live(self) -> str:
        """Until it ends; how it did."""
        try:
            self.loop.run_until_complete(self._live())
        except Killed:
            self._bury()
            return "killed"
        except CannotStart:
            self._bury()
            return "did not start"
        self.loop.close()
        return "stopped"

    def stop(self) -> None:
        self.loop.call_soon(self.stopping.set)

    def die(self) -> None:
        """From here on nothing that it does has any effect."""
        self.is_dead, self.ended = True, self.world.now
        self.loop.kill()

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
        if self.world.breaks(self.world.odds.away):
            error = sqlite3.OperationalError("disk I/O error")
            error.sqlite_errorname = "SQLITE_IOERR"
            raise OperationalError("", None, error)

    async def _live(self) -> None:
        self.bot = Bot(self)
        async with self.bot:
            await self.stopping.wait()

    def _bury(self) -> None:
        self.is_dead = True
        self.loop.bury()
        if self.bot:
            self.bot.store._drop()


class Bot(App):
    """The bot, with nothing changed but its border to the world."""

    def __init__(self, life: Life) -> None:
        client = vars(api)["AiohttpRequest"]
        vars(api)["AiohttpRequest"] = partial(Client, life.network, life.point)
        try:
            way = TelegramWay(life.settings)
        finally:
            vars(api)["AiohttpRequest"] = client
        way.wire = Wire(way._api, way._files)
        super().__init__(life.settings, life.world.wall, life.library, [way])
        self.store._thread.close()
        self.store._thread = Stepped(life)  # type: ignore[assignment]
        self.maker._printer = Printer()  # type: ignore[assignment]
        for name in ("before_cursor_execute", "commit"):
            event.listen(self.store._engine, name, life.at_call)
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

    def do(self, statement: ClauseElement, given: Sequence[Given]) -> None:
        if given:
            self._at_call()
        super().do(statement, given)


class Stepped:
    """Takes the place of the store's thread: one thing after the other, in the world's time."""

    def __init__(self, life: Life) -> None:
        self._life = life
        self._jobs: deque[Job] = deque()
        self._is_busy = False

    async def do(self, work: Callable[..., T], *given: object) -> T:
        if self._life.is_dead:
            raise asyncio.CancelledError
        done: asyncio.Future[T] = self._life.loop.create_future()
        self._jobs.append((partial(work, *given), done))  # type: ignore[arg-type]
        self._begin()
        return await done

    def close(self) -> None: ...

    def _begin(self) -> None:
        if self._jobs and not self._is_busy:
            self._is_busy = True
            world = self._life.world
            takes = world.dice.uniform(*TAKES)
            if world.breaks(world.odds.slow_disk):
                takes += world.dice.uniform(*SLOW)
            self._life.loop.call_later(takes, self._step)

    def _step(self) -> None:
        if self._life.is_dead:
            return
        job, done = self._jobs.popleft()
        try:
            result = job()
        except Killed:
            self._life.journal.drop()
            self._life.die()
            return
        except BaseException as error:  # noqa: BLE001 - it is raised where it is waited for
            self._life.journal.drop()
            tell: Callable[[], None] = partial(done.set_exception, error)
        else:
            self._life.journal.keep()
            tell = partial(done.set_result, result)
            world, keeps = self._life.world, KEEPS in job.args
            if keeps and world.breaks(world.odds.away):  # nobody knows that it was kept
                tell = partial(done.set_exception, StoreAway("SQLITE_IOERR"))
        self._tell(done, tell)

    def _tell(self, done: asyncio.Future[object], tell: Callable[[], None]) -> None:
        world = self._life.world
        if world.dies(world.odds.crash_at_call):
            world.note("dies after a transaction")
            self._life.die()
            return
        if not done.done():
            tell()
        self._is_busy = False
        self._begin()


class Printer:
    """Takes the place of the process that makes files."""

    async def make(self, maker: str, value: object) -> bytes:
        await asyncio.sleep(PRINTED)
        return b"a file"
