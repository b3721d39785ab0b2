"""What answers at the socket of `bot/server.py`: uvicorn, with routes of Starlette."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

import uvicorn
from httptools import HttpParserError
from starlette.applications import Starlette
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.routing import BaseRoute
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

MOST_HEAD = 64 * 1024  # bytes that come in before a head has ended
MOST = 4 * 1024 * 1024  # bytes of one request: far above what anybody has to say


class Line(HttpToolsProtocol):
    """One connection.  It keeps in memory what comes in, so it is cut where that does not end.

    And where a request comes before the last one is answered: nobody whom we know does so, and
    all of them would be kept.
    """

    _taken = 0  # bytes of the request that is coming in
    _has_head = False  # whether all of its head is there

    def data_received(self, data: bytes) -> None:
        self._taken += len(data)
        super().data_received(data)
        if self._taken > (MOST if self._has_head else MOST_HEAD):
            self.transport.abort()

    def on_message_begin(self) -> None:
        if self.cycle and not self.cycle.response_complete:
            raise HttpParserError("a request before the last one is answered")
        super().on_message_begin()

    def on_headers_complete(self) -> None:
        super().on_headers_complete()
        self._has_head = True

    def on_message_complete(self) -> None:
        super().on_message_complete()
        self._taken, self._has_head = 0, False


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
