"""A client of HTTP/1.1 for calls of JSON to one host, over connections that are kept.

An update takes two calls, and with a client for whatever the web holds they are two fifths of what
it costs (decision 61).  Reading what comes is httptools' affair, the way to one of the host's
addresses aiohappyeyeballs', and TLS asyncio's.
"""

import asyncio
import socket
import ssl
from base64 import b64encode
from collections import deque
from typing import Final, cast
from urllib.parse import SplitResult, quote, unquote, urlsplit

from aiohappyeyeballs import start_connection
from httptools import HttpParserError, HttpResponseParser

CONNECT: Final = 10.0  # seconds; a name look-up and a handshake on a poor network
IDLE: Final = 15.0  # seconds; what rests for longer may just be closed at the other end
LONGEST: Final = 64 * 2**20  # bytes of an answer; a hundred updates are hardly more than one MiB
_HAPPY_EYEBALLS: Final = 0.25  # seconds until the host's next address is tried too (RFC 8305)
_LAST_OF_SEVERAL: Final = 200  # a status below it says that another answer follows

Answer = tuple[int, bytes]  # a status and what comes with it


class Disconnected(OSError):
    """The connection ended, or what came is no HTTP, before there was an answer."""


class Client:
    """Asks *host_url*, and calls itself *agent*.  Several may ask at the same time."""

    def __init__(self, host_url: str, agent: str) -> None:
        parts = urlsplit(host_url)
        self._host, self._port = parts.hostname or "", parts.port
        self._is_secret = parts.scheme == "https"
        self._base = quote(parts.path, safe="/%:@~+,;=")
        self._headers = f" HTTP/1.1\r\n{_headers(parts, agent)}Content-Length: "
        self._resting: deque[_Connection] = deque()  # the one that rests longest comes first
        self._tls: ssl.SSLContext | None = None
        self._is_closed = False

    async def post(self, path: str, body: bytes, seconds: float) -> Answer:
        """What is answered to *body*, which is JSON or nothing, within *seconds* in all.

        *path* is put behind the host's URL as it is.  Raises TimeoutError, and OSError where there
        is no connection or it ends; what was asked may have been done all the same.
        """
        head = f"POST {self._base}{path}{self._headers}{len(body)}\r\n\r\n"
        async with asyncio.timeout(seconds):
            connection = self._rested() or await self._connect()
            try:
                answer = await connection.ask(head.encode() + body)
            except BaseException:  # one that is cancelled, too, leaves half an answer behind
                connection.close()
                raise
        self._rest(connection)
        return answer

    async def close(self) -> None:
        self._is_closed = True
        while self._resting:
            self._resting.pop().close()
        await asyncio.sleep(0)  # asyncio closes a socket one step later

    def _rested(self) -> "_Connection | None":
        """The one that was asked last, so that those above what is needed grow old and go."""
        while self._resting:
            connection = self._resting.pop()
            if connection.is_open and connection.idle() < IDLE:
                return connection
            connection.close()
        return None

    def _rest(self, connection: "_Connection") -> None:
        if self._is_closed or not connection.is_open:
            connection.close()
            return
        self._resting.append(connection)
        if self._resting[0].idle() >= IDLE:
            self._resting.popleft().close()

    async def _connect(self) -> "_Connection":
        if self._is_secret and not self._tls:
            self._tls = ssl.create_default_context()
            self._tls.set_alpn_protocols(["http/1.1"])
        loop, port = asyncio.get_running_loop(), self._port or (443 if self._is_secret else 80)
        async with asyncio.timeout(CONNECT):
            found = await loop.getaddrinfo(self._host, port, type=socket.SOCK_STREAM)
            open_socket = await start_connection(
                found, happy_eyeballs_delay=_HAPPY_EYEBALLS, interleave=1
            )
            name = self._host if self._tls else None
            _, connection = await loop.create_connection(
                _Connection, sock=open_socket, ssl=self._tls, server_hostname=name
            )
        return connection


class _Connection(asyncio.Protocol):
    """Carries one request after another."""

    def __init__(self) -> None:
        self._loop = asyncio.get_running_loop()
        self._parser = HttpResponseParser(self)
        self._transport: asyncio.Transport | None = None  # None: it is closed
        self._asked: asyncio.Future[Answer] | None = None
        self._body: list[bytes] = []
        self._length = 0
        self._since = self._loop.time()

    @property
    def is_open(self) -> bool:
        return self._transport is not None

    def idle(self) -> float:
        """The seconds since it was answered."""
        return self._loop.time() - self._since

    async def ask(self, request: bytes) -> Answer:
        if not self._transport:
            raise Disconnected
        self._asked = self._loop.create_future()
        self._transport.write(request)
        return await self._asked

    def close(self) -> None:
        if self._transport:
            self._transport.abort()
            self._transport = None
        if self._asked and not self._asked.done():
            self._asked.set_exception(Disconnected())

    # What asyncio calls

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast("asyncio.Transport", transport)

    def data_received(self, data: bytes) -> None:
        try:
            self._parser.feed_data(data)
        except HttpParserError:
            self.close()

    def connection_lost(self, _: Exception | None) -> None:
        self.close()

    # What the parser calls

    def on_body(self, part: bytes) -> None:
        self._length += len(part)
        if self._length > LONGEST:
            self.close()
        else:
            self._body.append(part)

    def on_message_complete(self) -> None:
        status, body = self._parser.get_status_code(), b"".join(self._body)
        self._body, self._length = [], 0
        if status < _LAST_OF_SEVERAL:
            return
        self._since = self._loop.time()
        if not self._asked or self._asked.done():  # nobody asked: the host is about to close it
            self.close()
            return
        self._asked.set_result((status, body))
        if not self._parser.should_keep_alive():
            self.close()


def _headers(parts: SplitResult, agent: str) -> str:
    """What each request says of itself: lines, each with its end."""
    host = (parts.hostname or "").encode("idna").decode()
    host = f"[{host}]" if ":" in host else host
    host += f":{parts.port}" if parts.port else ""
    lines = [f"Host: {host}", f"User-Agent: {agent}", "Content-Type: application/json"]
    if parts.username:
        known = f"{unquote(parts.username)}:{unquote(parts.password or '')}"
        lines.append(f"Authorization: Basic {b64encode(known.encode()).decode()}")
    return "".join(f"{line}\r\n" for line in lines)
