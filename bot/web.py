"""What answers at the socket of `bot/server.py`: uvicorn, with routes of Starlette."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

import uvicorn
from starlette.applications import Starlette
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.routing import BaseRoute


class Web(uvicorn.Server):
    def __init__(self, routes: Sequence[BaseRoute]) -> None:
        app = Starlette(routes=routes, exception_handlers={ClientDisconnect: _gone})
        super().__init__(
            uvicorn.Config(
                app,
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
