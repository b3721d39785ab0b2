"""An event loop whose time is the world's.  Where another would sleep, the world goes on."""

import asyncio
import selectors
from collections.abc import Callable, Mapping
from concurrent.futures import Executor
from typing import Any, TypeVarTuple

from tests.sim.world import World

Ts = TypeVarTuple("Ts")


class Killed(BaseException):
    """The process is gone, as by kill -9."""


class Stuck(AssertionError):
    """Everybody waits, and nothing will ever happen."""


class Sleeper(selectors.BaseSelector):
    """No file is ever ready; waiting for one lets time go by."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._keys: dict[Any, selectors.SelectorKey] = {}
        self.is_killed = False
        self.buried = 0.0  # seconds that went by for the dead alone

    def register(self, fileobj: Any, events: int, data: Any = None) -> selectors.SelectorKey:  # noqa: ANN401
        key = self._keys[fileobj] = selectors.SelectorKey(fileobj, -1, events, data)
        return key

    def unregister(self, fileobj: Any) -> selectors.SelectorKey:  # noqa: ANN401 - as above
        return self._keys.pop(fileobj)

    def get_map(self) -> Mapping[Any, selectors.SelectorKey]:
        return self._keys

    def select(self, timeout: float | None = None) -> list[tuple[selectors.SelectorKey, int]]:
        if self.is_killed:
            raise Killed
        if timeout is None:
            raise Stuck
        self._world.go_on(self._world.now + timeout)
        return []


class Ticking(asyncio.SelectorEventLoop):
    """A loop of one process; `bury` ends it when that was killed."""

    def __init__(self, world: World) -> None:
        self._world = world
        self.sleeper = Sleeper(world)
        super().__init__(self.sleeper)

    def time(self) -> float:
        return self._world.now

    def kill(self) -> None:
        """Nothing of the process is heard of any more; what runs just now ends without effect."""
        self.sleeper.is_killed = True

    def run_in_executor(
        self, executor: Executor | None, func: Callable[[*Ts], Any], *args: *Ts
    ) -> asyncio.Future[Any]:
        done: asyncio.Future[Any] = self.create_future()
        done.set_result(func(*args))
        return done

    def bury(self) -> None:
        """Put away what a dead process has left in memory.  Time stands still meanwhile."""
        world, self._world = self._world, World(0)
        self._world.now = world.now
        self.sleeper.is_killed, self.sleeper._world = False, self._world
        self.set_exception_handler(lambda *_: None)
        while left := asyncio.all_tasks(self):
            for task in left:
                task.cancel()
            self.run_until_complete(asyncio.wait(left))
        self.close()
