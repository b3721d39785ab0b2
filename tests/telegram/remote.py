"""A stand-in in a process of its own, and the client of its /control/."""

import asyncio
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import aiohttp

from tests.telegram.core import TOKEN
from tests.telegram.wire import Address


class Remote:
    def __init__(self, address: Address, token: str, client: aiohttp.ClientSession) -> None:
        self.address = address
        self.token = token
        self._client = client

    async def act(self, name: str, **given: object) -> Any:  # noqa: ANN401 - it is JSON
        """Do what `control` calls *name*: "say", "tap", "fault", ..."""
        return (await self._ask("POST", name, given))["result"]

    async def chat(self, chat_id: int) -> Any:  # noqa: ANN401 - it is JSON
        return await self._ask("GET", f"chat/{chat_id}")

    async def ledger(self) -> Any:  # noqa: ANN401 - it is JSON
        return await self._ask("GET", "ledger")

    async def _ask(self, method: str, path: str, given: object = None) -> Any:  # noqa: ANN401
        url = f"{self.address.url}/control/{path}"
        async with self._client.request(method, url, json=given) as answer:
            told = await answer.json()
        if not answer.ok:
            raise RuntimeError(told["error"])
        return told


@asynccontextmanager
async def separate(*options: str, token: str = TOKEN) -> AsyncIterator[Remote]:
    """A stand-in that runs beside this process, with the command line *options* of `server`."""
    command = [sys.executable, "-m", "tests.telegram.server", "--token", token, *options]
    process = await asyncio.create_subprocess_exec(*command, stdout=asyncio.subprocess.PIPE)
    assert process.stdout is not None  # because it is a pipe
    url = (await process.stdout.readline()).decode().strip()
    try:
        async with aiohttp.ClientSession() as client:
            yield Remote(Address(url), token, client)
    finally:
        process.terminate()
        await process.wait()
