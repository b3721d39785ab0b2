"""The printer (`printing/`) as the bot sees it: a process beside it, which makes a file at a time.

1. It starts with the first file, and gives its memory back after some minutes without one.
2. What takes too long is given up, and the process with it; the next file has a new one.
3. Whoever does not want a file any more stops waiting; the process is not stopped for that.
4. An answer carries the number of its question: nobody is ever given the file of somebody else.
"""

import asyncio
import os
import pickle
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from itertools import count
from pathlib import Path

LONGEST = 20.0  # seconds that one file may take, the start of the process included
IDLE = 600.0  # seconds without a file, after which the process goes
ROOT = Path(__file__).parents[1]
# Of the environment it gets what finds programs and fonts; the bot's secrets are none of its.
NEEDED = ("PATH", "HOME", "LANG", "TMPDIR", "XDG_CACHE_HOME", "MPLCONFIGDIR")

Process = subprocess.Popen[bytes]


class NotMade(Exception):
    """The file could not be made.  Says why, and nothing of what was to be in it."""


class Printer:
    def __init__(self, longest: float = LONGEST, idle: float = IDLE) -> None:
        self._longest = longest
        self._idle = idle
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="printer")
        self._process: Process | None = None
        self._numbers = count(1)
        self._turn = asyncio.Lock()
        self._leaving: asyncio.TimerHandle | None = None
        self._tasks: set[asyncio.Task[bytes]] = set()

    async def make(self, maker: str, value: object) -> bytes:
        """What *maker*, as "printing.chart:draw", makes of *value*, which is plain data.

        Raises NotMade.
        """
        task = asyncio.create_task(self._in_turn(maker, value))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        return await asyncio.shield(task)

    async def close(self) -> None:
        for task in self._tasks:
            task.cancel()
        self._stop()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        self._thread.shutdown()

    async def _in_turn(self, maker: str, value: object) -> bytes:
        loop = asyncio.get_running_loop()
        async with self._turn:
            self._stay()
            question = next(self._numbers), maker, value
            asked = loop.run_in_executor(self._thread, self._ask, *question)
            try:
                content, why = await asyncio.wait_for(asked, self._longest)
            except TimeoutError:
                self._stop()
                raise NotMade("it took too long") from None
            except (OSError, EOFError, pickle.UnpicklingError) as error:
                self._stop()
                raise NotMade(f"the printer is gone ({type(error).__name__})") from None
            self._leaving = loop.call_later(self._idle, self._stop)
        if why:
            raise NotMade(why)
        return content

    def _stay(self) -> None:
        if self._leaving:
            self._leaving.cancel()
            self._leaving = None

    def _stop(self) -> None:
        """End the process; whoever waits for its answer reads an end."""
        self._stay()
        process, self._process = self._process, None
        if process:
            process.kill()
            self._thread.submit(_bury, process)

    # In its thread

    def _ask(self, number: int, maker: str, value: object) -> tuple[bytes, str]:
        process = self._process = self._process or _start()
        assert process.stdin, "opened by `_start`"
        assert process.stdout, "opened by `_start`"
        pickle.dump((number, maker, value), process.stdin)
        process.stdin.flush()
        answered, content, why = pickle.load(process.stdout)  # noqa: S301 - of our own process
        if answered != number:  # it is that of a question which was given up
            raise EOFError
        return content, why


def _start() -> Process:
    environment = {name: os.environ[name] for name in NEEDED if name in os.environ}
    return subprocess.Popen(
        [sys.executable, "-m", "printing"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        cwd=ROOT,
        env=environment,
    )


def _bury(process: Process) -> None:
    process.wait()
    for pipe in (process.stdin, process.stdout):
        if pipe:
            pipe.close()
