"""The whole bot, put together: `async with App(settings) as app` runs it.

way in -> turn loop -> store
             |             clock -> turn loop
          sender -> way out
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Coroutine
from contextlib import suppress
from itertools import count
from typing import Protocol, Self

from bot import clock
from bot.backoff import backoff
from bot.clock import Clock
from bot.heard import Mark
from bot.log import log_lost_errors
from bot.loop import Loop
from bot.sender import Sender
from bot.settings import CannotStart, Settings
from bot.telegram.way import TelegramWay
from bot.terminal import Terminal
from bot.wire import Wire
from data.engine import open_engine
from data.errors import BadContent
from data.library import Library, read_library
from data.migrate import NewerSchema
from data.store import Store, StoreAway

LOG = logging.getLogger(__name__)

DRAIN = 10.0  # seconds for what is on its way when the bot stops
ALIVE = 2.0  # seconds in which a database that is well answers


class Way(Protocol):
    """How people talk with the bot: Telegram, or the terminal."""

    @property
    def wire(self) -> Wire: ...
    async def open(self, library: Library) -> None: ...
    async def run(
        self,
        loop: Loop,
        sender: Sender,
        library: Library,
        now: Callable[[], float],
        alive: Callable[[], Awaitable[bool]],
    ) -> None:
        """Bring in what is said, until `stop` is called or there is no more."""

    def stop(self) -> None: ...
    async def close(self) -> None: ...


class App:
    def __init__(
        self,
        settings: Settings,
        now: Callable[[], float] = clock.now,
        library: Library | None = None,
    ) -> None:
        self.settings = settings
        self.now = now
        self.way: Way = TelegramWay(settings) if settings.telegram_token else Terminal()
        self.library = library or _library()
        self.store = Store(open_engine(settings.database_url))
        paced = settings.send_rate if settings.telegram_token else 0
        self.sender = Sender(self.way.wire, self.library, self._mark, now, paced)
        self.loop = Loop(self.store, self.library, now, self.sender.owe, self._alarm_set)
        self.clock = Clock(self.store, self.loop, now)
        self._tasks: list[asyncio.Task[None]] = []
        self._incoming: asyncio.Task[None] | None = None

    async def __aenter__(self) -> Self:
        """Open all, hear what fell due meanwhile, and then begin to speak."""
        log_lost_errors(asyncio.get_running_loop())
        await self._open_store()
        try:
            await self.way.open(self.library)
            self._start(self.loop.run())
            await self.clock.tick()
            self.sender.open()
            self._start(self.sender.catch_up(self.loop.owed))
            self._start(self.clock.run())
            self._incoming = self._start(
                self.way.run(self.loop, self.sender, self.library, self.now, self.is_alive)
            )
        except BaseException:
            await self._close()
            raise
        return self

    async def __aexit__(self, *_: object) -> None:
        """Take nothing more in, finish what has begun, and leave."""
        assert self._incoming, "__aenter__ has started it"
        self.way.stop()
        with suppress(Exception):  # it has been logged, or `wait` has raised it
            await asyncio.wait_for(self._incoming, DRAIN)
        await self._close()

    async def wait(self) -> None:
        """Until there is no more to hear.  What goes wrong for good is raised."""
        done, _ = await asyncio.wait(self._tasks, return_when=asyncio.FIRST_COMPLETED)
        for task in done:
            task.result()

    async def is_alive(self) -> bool:
        try:
            await asyncio.wait_for(self.store.run(lambda t: t.soonest()), ALIVE)
        except (StoreAway, TimeoutError):
            return False
        return True

    async def _open_store(self) -> None:
        for tries in count():
            try:
                await self.store.open()
                break
            except StoreAway as away:
                if self.settings.database_url.startswith("sqlite"):
                    raise CannotStart(f"DATABASE_URL: cannot open the file ({away})") from None
                LOG.warning("the database cannot be reached (%s): trying again", away)
            except NewerSchema as newer:
                raise CannotStart(str(newer)) from None
            await asyncio.sleep(backoff(tries, 1, 15))

    async def _close(self) -> None:
        await self.sender.close(DRAIN)
        self.loop.close()
        for task in self._tasks[1:]:
            task.cancel()
        if self._tasks:  # the turn loop still writes down what was spoken
            await asyncio.wait(self._tasks[:1], timeout=DRAIN)
            self._tasks[0].cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        await self.way.close()
        await self.store.close()

    def _start(self, work: Coroutine[None, None, None]) -> asyncio.Task[None]:
        task = asyncio.create_task(work)
        self._tasks.append(task)
        return task

    def _mark(self, mark: Mark) -> None:
        self.loop.mark(mark)

    def _alarm_set(self, due_at: int) -> None:
        self.clock.alarm_set(due_at)


def _library() -> Library:
    try:
        return read_library()
    except BadContent as error:
        raise CannotStart(str(error)) from None
