"""The bot as a process of its own, which can be killed."""

import asyncio
import gc
import os
import signal
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from multiprocessing import get_context
from pathlib import Path

import aiohttp

from bot.run import run
from tests.keys import KEY
from tests.telegram import TOKEN, Address

ROOT = Path(__file__).parents[2]


def environment(address: Address, mode: str, port: int, database_url: str) -> dict[str, str]:
    """Settings for a bot on the stand-in at *address*."""
    return {
        **os.environ,
        "TELEGRAM_TOKEN": TOKEN,
        "TELEGRAM_API_URL": address.url,
        "DATABASE_URL": database_url,
        "DATA_KEY": KEY,
        "MODE": mode,
        "WEBHOOK_URL": f"http://127.0.0.1:{port}/hook",
        "WEBHOOK_SECRET": "secret",
        "PORT": str(port),
        "SEND_RATE": "0",
        "LOG_LEVEL": "ERROR",
    }


async def start_program(settings: dict[str, str]) -> asyncio.subprocess.Process:
    return await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bot", "run", env=settings, cwd=ROOT
    )


async def is_ready(port: int, within: float = 180.0) -> None:
    """Wait until the bot says at *port* that people may come."""
    async with asyncio.timeout(within), aiohttp.ClientSession() as client:
        while True:
            with suppress(aiohttp.ClientError):
                async with client.get(f"http://127.0.0.1:{port}/readyz") as answer:
                    if answer.ok:
                        return
            await asyncio.sleep(0.1)


class Again:
    """The program, started once more: by a process that has imported it all, and forks.

    What it does from there on is what `python -m bot run` does; imports are three quarters of
    what a start costs.
    """

    def __init__(self, settings: dict[str, str]) -> None:
        self._process = _CONTEXT.Process(target=_run, args=(settings,), daemon=True)
        self._process.start()

    def send_signal(self, number: signal.Signals) -> None:
        assert self._process.pid, "it was started"
        os.kill(self._process.pid, number)

    def terminate(self) -> None:
        self.send_signal(signal.SIGTERM)

    async def wait(self) -> int | None:
        await asyncio.to_thread(self._process.join)
        return self._process.exitcode


_CONTEXT = get_context("forkserver")
_CONTEXT.set_forkserver_preload([__name__])


def _run(settings: dict[str, str]) -> None:
    gc.disable()  # as `bot/__main__.py` does
    os.environ.clear()
    os.environ.update(settings)
    run()


@asynccontextmanager
async def running(settings: dict[str, str]) -> AsyncIterator[asyncio.subprocess.Process]:
    """A process that is gone at the end, also when the test fails."""
    process = await start_program(settings)
    try:
        yield process
    finally:
        if process.returncode is None:
            process.terminate()
        await process.wait()
