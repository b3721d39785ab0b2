"""The bot as a process of its own, which can be killed."""

import asyncio
import os
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path

import aiohttp

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
