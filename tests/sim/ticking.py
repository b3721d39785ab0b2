"""An event loop whose time is the world's.  It never waits: it is had to go on, turn by turn."""

import asyncio
import selectors
from collections.abc import Callable, Mapping
from concurrent.futures import Executor
from contextvars import Context
from typing import Any, TypeVarTuple

from tests.sim.world import Stuck, World

Ts = TypeVarTuple("Ts")


class Killed(BaseException):
    """The process is gone, as by kill -9."""


class Sleeper(selectors.BaseSelector):
    """No file is ever ready.  Only the dead wait for one: time goes by for them alone."""

    def __init__(self) -> None:
        self._keys: dict[Any, selectors.SelectorKey] = {}
        self.world: World | None = None  # that of the dead

    def register(self, fileobj: Any, events: int, data: Any = None) -> selectors.SelectorKey:  # noqa: ANN401
        key = self._keys[fileobj] = selectors.SelectorKey(fileobj, -1, events, data)
        return key

    def unregister(self, fileobj: Any) -> selectors.SelectorKey:  # noqa: ANN401 - as above
        return self._keys.pop(fileobj)

    def get_map(self) -> Mapping[Any, selectors.SelectorKey]:
        return self._keys

    def select(self, timeout: float | None = None) -> list[tuple[selectors.SelectorKey, int]]:
        if timeout is None:
            raise Stuck
        if self.world:
            self.world.now += timeout
        return []


class Ticking(asyncio.SelectorEventLoop):
    """A loop of one process; `bury` ends it when that was killed."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._sleeper = Sleeper()
        self.is_ready = False  # whether there is anything to do now
        super().__init__(self._sleeper)

    def time(self) -> float:
        return self._world.now

    def turn(self) -> None:
        """Do what is to be done now, once."""
        self.is_ready = False
        self.stop()
        self.run_forever()

    def call_soon(
        self, callback: Callable[[*Ts], object], *args: *Ts, context: Context | None = None
    ) -> asyncio.Handle:
        self.is_ready = True
        return super().call_soon(callback, *args, context=context)

    def call_at(
        self,
        when: float,
        callback: Callable[[*Ts], object],
        *args: *Ts,
        context: Context | None = None,
    ) -> asyncio.TimerHandle:
        handle = super().call_at(when, callback, *args, context=context)
        self._world.at(when, lambda: self._wake(handle))
        return handle

    def _wake(self, handle: asyncio.TimerHandle) -> None:
        self.is_ready = self.is_ready or not handle.cancelled()

    def run_in_executor(
        self, executor: Executor | None, func: Callable[[*Ts], Any], *args: *Ts
    ) -> asyncio.Future[Any]:
        done: asyncio.Future[Any] = self.create_future()
        done.set_result(func(*args))
        return done

    def bury(self) -> None:
        """Put away what a dead process has left in memory.  The world's time stands still."""
        now, self._world = self._world.now, World(0)
        self._world.now, self._sleeper.world = now, self._world
        self.set_exception_handler(lambda *_: None)
        while left := asyncio.all_tasks(self):
            for task in left:
                task.cancel()
            self.run_until_complete(asyncio.wait(left))
        self.close()
