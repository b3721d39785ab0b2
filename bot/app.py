"""The whole bot, put together: `async with App(settings) as app` runs it.

ways in -> turn loop -> store
              |             clock -> turn loop
           sender -> the way out to that person
              |
            maker -> printer, a process of its own
"""

import asyncio
import logging
from collections.abc import Callable, Coroutine, Sequence
from contextlib import suppress
from itertools import count
from typing import Self

from bot import clock
from bot.backoff import backoff
from bot.chats import NOT_OF_THE_PAGE
from bot.clock import Clock
from bot.health import Health
from bot.heard import Mark
from bot.keys import open_ring
from bot.log import CHATS, log_lost_errors
from bot.loop import Loop
from bot.making import KINDS, Maker
from bot.others import Others
from bot.printer import Printer
from bot.sender import Sender
from bot.server import Server
from bot.settings import CannotStart, Settings, WrongSettings
from bot.share import Share
from bot.ticks import ticks
from bot.traces import TimedStore, TracedWire, Traces, provide
from bot.way import Fork, Parts, Way
from bot.ways import ways_of
from data.engine import open_engine
from data.errors import BadContent
from data.library import Library, read_library
from data.migrate import NewerSchema
from data.seal import WrongKey
from data.store import Store, StoreAway
from data.transaction import LOWEST
from data.where import with_line

LOG = logging.getLogger(__name__)

# When the bot stops: by how many seconds later each of these is over, whatever happens.
HEAR, SPEAK, KEEP, LEAVE = 6.0, 11.0, 14.0, 17.0
DOCTOR = "`python -m bot doctor` says what to look at."
ALIVE = 2.0  # seconds in which a database that is well answers


class App:
    def __init__(
        self,
        settings: Settings,
        now: Callable[[], float] = clock.now,
        library: Library | None = None,
        ways: Sequence[Way] = (),
        *,
        traces: Traces | None = None,
        printer: Printer | None = None,
    ) -> None:
        """*ways* and *traces* are those of the settings, if none are given."""
        self.settings = settings
        self.now = now
        self.ways = ways or ways_of(settings, now)
        self.library = kept_for(settings.keep_days, library or _library())
        self.ring = open_ring(settings)
        CHATS.tag = self.ring.tag
        self.traces = traces or _traces(settings, now)
        store = TimedStore if self.traces else Store
        self.store = store(open_engine(settings.database_url), self.ring, self._least())
        self.others = Others(self.store)
        self.printer = printer or Printer()
        self.maker = Maker(self.store, self.printer, KINDS)
        self.sender = self._sender()
        owe = self.traces.owing(self.sender.owe) if self.traces else self.sender.owe
        self.loop = Loop(
            self.store, self.library, now, owe, self._alarm_set,
            look_again=self.sender.look_for_more, say=self.sender.say, traces=self.traces,
        )  # fmt: skip
        self.clock = Clock(self.store, self.loop, now)
        self.health = Health(self)
        self.server = Server(settings.host, settings.port, "PORT", self.health.routes)
        self.operations = Server(
            settings.host, settings.metrics_port, "METRICS_PORT", self.health.all_routes
        )
        self.is_running = False
        self.parts = Parts(
            self.loop, self.sender, self.clock, self.store, self.library, self.server, now,
            self.is_alive,
        )  # fmt: skip
        self._tasks: list[asyncio.Task[None]] = []
        self._operating: asyncio.Task[None] | None = None
        self._incoming: list[asyncio.Task[None]] = []

    async def __aenter__(self) -> Self:
        """Open all, hear what fell due meanwhile, and then begin to speak."""
        log_lost_errors(asyncio.get_running_loop())
        self._serve_operations()
        try:
            await self._open_store()
            for way in self.ways:
                await way.open(self.parts)
            self._start(self.loop.run())
            await self.clock.catch_up()
            self.sender.open()
            self._start(self.sender.catch_up(self.loop.owed))
            self._start(self.clock.run())
            if self.store.is_shared:
                self._start(self.others.watch(self.sender.look_for_more))
                self._start(self.others.sweep())
            self._incoming = [self._start(way.run()) for way in self.ways]
            if self.server.is_asked:
                self._incoming.append(self._start(self.server.run()))
        except BaseException:
            await self._close(ticks())
            raise
        self.is_running = True
        return self

    async def __aexit__(self, *_: object) -> None:
        """Take nothing more in, finish what has begun, and leave."""
        began = ticks()
        self.is_running = False
        for way in self.ways:
            way.stop()
        self.server.stop()
        await asyncio.wait(self._incoming, timeout=HEAR)
        await self._close(began)

    async def wait(self) -> None:
        """Until there is no more to hear.  What goes wrong for good is raised."""
        done, _ = await asyncio.wait(self._tasks, return_when=asyncio.FIRST_COMPLETED)
        for task in done:
            task.result()

    async def is_alive(self) -> bool:
        try:
            await asyncio.wait_for(self.store.run(lambda t: t.soonest(0)), ALIVE)
        except (StoreAway, TimeoutError):
            return False
        return True

    def _least(self) -> int:
        """The lowest id of a chat that is reached from here."""
        is_on_page = any(way.reaches(NOT_OF_THE_PAGE - 1) for way in self.ways)
        return LOWEST if is_on_page else NOT_OF_THE_PAGE

    def _sender(self) -> Sender:
        rate = self.settings.send_rate if self.settings.telegram_token else 0
        fork = Fork(self.ways)
        wire = TracedWire(fork, self.traces) if self.traces else fork
        given = self.library, self.maker.fill, self._mark, self.now
        if not self.store.is_shared:
            return Sender(wire, *given, rate=rate)
        share, again = Share(rate, self.others.take_sends), self.others.still_owed
        return Sender(wire, *given, rate=rate, share=share, read_again=again)

    async def _open_store(self) -> None:
        for tries in count():
            try:
                await self.store.open()
                break
            except StoreAway as away:
                if self.settings.database_url.startswith("sqlite"):
                    raise CannotStart(f"DATABASE_URL: cannot open the file ({away})") from None
                LOG.warning("the database cannot be reached (%s): trying again. %s", away, DOCTOR)
            except NewerSchema as newer:
                raise CannotStart(str(newer)) from None
            except WrongKey as wrong:
                raise WrongSettings(f"DATA_KEY, DATA_KEY_FILE: {wrong}") from None
            await asyncio.sleep(backoff(tries, 1, 15))

    async def _close(self, began: float) -> None:
        await self.sender.close(began + SPEAK - ticks())
        await self.printer.close()
        self.loop.close()
        for task in self._tasks[1:]:
            task.cancel()
        if self._tasks:  # the turn loop still writes down what was spoken
            await asyncio.wait(self._tasks[:1], timeout=max(0.0, began + KEEP - ticks()))
            self._tasks[0].cancel()
        leaving = [*self._tasks, asyncio.create_task(self._stop_operations())]
        await asyncio.wait(leaving, timeout=max(0.1, began + LEAVE - ticks()))
        for way in self.ways:
            await way.close()
        self.server.close()
        with suppress(TimeoutError):  # a database that does not answer keeps nobody here
            await asyncio.wait_for(self.store.close(), max(0.1, began + LEAVE - ticks()))
        if self.traces:
            self.traces.close()

    def _serve_operations(self) -> None:
        """From the first moment on, so that whoever asks learns that the bot is not ready."""
        if self.settings.metrics_port:
            self.operations.listen()
            self._operating = asyncio.create_task(self.operations.run())

    async def _stop_operations(self) -> None:
        self.operations.stop()
        if self._operating:
            self._operating.cancel()
            await asyncio.wait([self._operating])
        self.operations.close()

    def _start(self, work: Coroutine[None, None, None]) -> asyncio.Task[None]:
        task = asyncio.create_task(work)
        self._tasks.append(task)
        return task

    def _mark(self, mark: Mark) -> None:
        self.loop.mark(mark)
        if mark.erased:
            for forget in self.parts.when_erased:
                forget(mark.chat_id)

    def _alarm_set(self, due_at: int) -> None:
        self.clock.alarm_set(due_at)


def _library() -> Library:
    try:
        return read_library()
    except BadContent as error:
        raise CannotStart(with_line(str(error))) from None


def kept_for(days: int | None, library: Library) -> Library:
    """People agree to what content says, so a setting can only shorten it."""
    longest = library.book("").reminding.keep_days
    if days is not None and days > longest:
        raise WrongSettings(f"KEEP_DAYS: must be {longest} or less, which is what people agree to")
    return library.kept_for(days)


def _traces(settings: Settings, now: Callable[[], float]) -> Traces | None:
    return Traces(provide(settings.traces_url), now) if settings.traces_url else None
