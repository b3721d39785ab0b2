"""One web server for all that this process is asked over HTTP: the web hook, the page, /healthz."""

import errno
import socket
from collections.abc import AsyncIterator, Callable, Sequence
from typing import TYPE_CHECKING

from starlette.routing import BaseRoute

from bot.settings import CannotStart

if TYPE_CHECKING:
    from bot.web import Web


class Server:
    def __init__(
        self, host: str, port: int, setting: str, always: Callable[[], Sequence[BaseRoute]]
    ) -> None:
        """*setting* names the port; what is *always* answered, too, once anything is."""
        self._host = host
        self._port = port
        self._setting = setting
        self._always = always
        self._routes: list[BaseRoute] = []
        self._socket: socket.socket | None = None
        self._web: Web | None = None
        self._stopped = False

    @property
    def is_asked(self) -> bool:
        """Whether anything is served at all."""
        return bool(self._routes)

    def listen(self, *routes: BaseRoute) -> None:
        """Serve *routes* too.  Who comes before `run` waits for it."""
        self._routes += routes
        if self._socket is None:
            self._socket = self._listen()

    async def run(self) -> None:
        """Answer until `stop` is called."""
        from bot.web import Web  # noqa: PLC0415 - a bot that is asked nothing needs none of it

        self._web = Web([*self._always(), *self._routes])
        self._web.should_exit = self._stopped
        await self._web.serve(sockets=[self._socket] if self._socket else None)

    def stop(self) -> None:
        """Take nothing more in.  What is being kept is still answered."""
        self._stopped = True
        if self._web:
            self._web.should_exit = True

    def close(self) -> None:
        if self._socket:
            self._socket.close()

    def _listen(self) -> socket.socket:
        try:
            listening = open_socket(self._host, self._port)
        except OSError as error:
            why = cannot_listen(self._host, self._port, error)
            taken = " (does it run already?)" if error.errno == errno.EADDRINUSE else ""
            raise CannotStart(f"HOST, {self._setting}: {why}{taken}") from None
        # An answer's second packet does not wait 40 ms until the first is confirmed.  Those that
        # are accepted inherit it.
        listening.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        return listening


def open_socket(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    return socket.create_server((host, port), backlog=1024, family=family)


def cannot_listen(host: str, port: int, error: OSError) -> str:
    """Why not, in the system's words; what Python adds to them says the place once more."""
    why = str(error.strerror).partition(" (while")[0]
    return f"cannot listen at {with_port(host, port)}: {why}"


def with_port(host: str, port: int) -> str:
    return f"[{host}]:{port}" if ":" in host else f"{host}:{port}"


async def read_body(chunks: AsyncIterator[bytes], most: int) -> bytes | None:
    """The body, or None when it is larger than *most*; no more of it is ever in memory."""
    body = b""
    async for chunk in chunks:
        body += chunk
        if len(body) > most:
            return None
    return body
