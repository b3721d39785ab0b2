"""What answers at the socket of `bot/server.py`: uvicorn, with routes of Starlette."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

import uvicorn
from starlette.applications import Starlette
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.routing import BaseRoute
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

MOST = 4 * 1024 * 1024  # bytes of one request with its head: far above what anybody has to say


class Line(HttpToolsProtocol):
    """One connection.  It is cut where a request does not end: its head is kept in memory."""

    _taken = 0  # bytes of the request that is coming in

    def data_received(self, data: bytes) -> None:
        self._taken += len(data)
        if self._taken > MOST:
            self.transport.abort()
        else:
            super().data_received(data)

    def on_message_complete(self) -> None:
        super().on_message_complete()
        self._taken = 0


class Web(uvicorn.Server):
    def __init__(self, routes: Sequence[BaseRoute]) -> None:
        app = Starlette(routes=routes, exception_handlers={ClientDisconnect: _gone})
        super().__init__(
            uvicorn.Config(
                app,
                http=Line,
                log_config=None,
                access_log=False,
                lifespan="off",
                server_header=False,
                timeout_graceful_shutdown=5,
            )
        )

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Signals are the program's affair, not the server's."""
        yield


async def _gone(_: Request, __: Exception) -> Response:
    return Response(status_code=400)  # nobody reads it
