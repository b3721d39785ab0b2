"""What stands before the replicas: each connection goes to one that is there."""

import asyncio
from contextlib import suppress
from itertools import count

_CHUNK = 65_536


class Balance:
    def __init__(self, ports: list[int]) -> None:
        self._ports = ports
        self._turn = count()
        self._open: set[asyncio.StreamWriter] = set()
        self._server: asyncio.Server | None = None
        self.is_cut = False

    async def listen(self, port: int) -> None:
        self._server = await asyncio.start_server(self._serve, "127.0.0.1", port)

    def cut(self) -> None:
        """Cut every line, and let nobody through until `mend`."""
        self.is_cut = True
        for writer in self._open:
            writer.transport.abort()

    def mend(self) -> None:
        self.is_cut = False

    async def close(self) -> None:
        self.cut()
        if self._server:
            self._server.close()

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        there = None if self.is_cut else await self._reach()
        if there is None:
            writer.transport.abort()
            return
        lines = writer, there[1]
        self._open.update(lines)
        pipes = [asyncio.create_task(_pipe(reader, there[1])),
                 asyncio.create_task(_pipe(there[0], writer))]  # fmt: skip
        await asyncio.wait(pipes, return_when=asyncio.FIRST_COMPLETED)
        for line in lines:
            line.transport.abort()
        await asyncio.gather(*pipes, return_exceptions=True)
        self._open.difference_update(lines)

    async def _reach(self) -> tuple[asyncio.StreamReader, asyncio.StreamWriter] | None:
        first = next(self._turn)
        for number in range(len(self._ports)):
            port = self._ports[(first + number) % len(self._ports)]
            with suppress(OSError):
                return await asyncio.open_connection("127.0.0.1", port)
        return None


async def _pipe(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    with suppress(OSError):
        while chunk := await reader.read(_CHUNK):
            writer.write(chunk)
            await writer.drain()
