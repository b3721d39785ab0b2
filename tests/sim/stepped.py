"""What takes the place of the store's thread: one transaction after the other, in the world's time.

A transaction is one moment of the world: no other process comes in between.  So what locks do
while two transactions run is not seen here; `make chaos` is for that.
"""

import asyncio
import sqlite3
from collections import deque
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, TypeVar

import psycopg
from sqlalchemy.exc import OperationalError

from data.engine import KEEPS
from data.store import StoreAway
from tests.sim.ticking import Killed

if TYPE_CHECKING:
    from tests.sim.process import Life

T = TypeVar("T")
Job = tuple["partial[object]", asyncio.Future[object]]
TAKES = 0.0005, 0.004  # seconds for a transaction
SLOW = 0.1, 3.0  # and on a slow disk


class Stepped:
    def __init__(self, life: "Life") -> None:
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
                tell = partial(done.set_exception, StoreAway("the line broke"))
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


def away(dialect: str) -> OperationalError:
    """What SQLAlchemy raises when the database does not take a call."""
    if dialect == "postgresql":
        gone = psycopg.OperationalError("server closed the connection unexpectedly")
        return OperationalError("", None, gone)
    error = sqlite3.OperationalError("disk I/O error")
    error.sqlite_errorname = "SQLITE_IOERR"
    return OperationalError("", None, error)
