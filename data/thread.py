"""A thread that does what it is given, one thing after the other.

A pool of one would do as well, and costs a turn a tenth more: its locks, a future of its own, and
a chain from that to the one that is waited for.
"""

import asyncio
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from queue import SimpleQueue
from threading import Thread
from typing import TypeVar

T = TypeVar("T")
Job = Callable[[], None]


class Worker:
    def __init__(self, name: str) -> None:
        self._jobs: SimpleQueue[Job | None] = SimpleQueue()
        self._thread = Thread(target=self._run, name=name, daemon=True)
        self._thread.start()

    async def do(self, work: Callable[..., T], *given: object) -> T:
        """What *work* gives, or raises.  It is done also if nobody waits for it any more."""
        loop = asyncio.get_running_loop()
        done: asyncio.Future[T] = loop.create_future()
        self._jobs.put(partial(_carry_out, work, given, loop, done))
        return await done

    def leave(self) -> None:
        """Let it end when all that was given is done; nobody waits for that."""
        self._jobs.put(None)

    def close(self) -> None:
        """Returns when all that was given is done."""
        self.leave()
        self._thread.join()

    def _run(self) -> None:
        while job := self._jobs.get():
            job()


async def apart(work: Callable[..., T], *given: object) -> T:
    """What *work* gives, in a thread of its own, which keeps no process from ending."""
    worker = Worker("apart")
    try:
        return await worker.do(work, *given)
    finally:
        worker.leave()


def _carry_out(
    work: Callable[..., T],
    given: tuple[object, ...],
    loop: asyncio.AbstractEventLoop,
    done: asyncio.Future[T],
) -> None:
    try:
        tell: Callable[[], None] = partial(done.set_result, work(*given))
    except StopIteration as error:  # a future takes none, and whoever waits would wait for ever
        tell = partial(done.set_exception, RuntimeError(repr(error)))
    except BaseException as error:  # noqa: BLE001 - it is raised where it is waited for
        tell = partial(done.set_exception, error)
    with suppress(RuntimeError):  # the loop is closed: nobody is there any more
        loop.call_soon_threadsafe(_unless, done, tell)


def _unless(done: asyncio.Future[T], tell: Callable[[], None]) -> None:
    """Nobody waits for what was cancelled."""
    if not done.done():
        tell()
