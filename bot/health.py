"""What an operator's machines ask: /healthz (does it live), /readyz (may people come), /metrics."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING

from prometheus_client import CONTENT_TYPE_LATEST, generate_latest
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from bot import metrics
from bot.loop import MANY
from data.store import StoreAway

if TYPE_CHECKING:
    from bot.app import App

STUCK = 5.0  # seconds in which nothing could be kept
PATIENCE = 2.0  # seconds in which a database that is well answers
MOST = 10_000  # owed screens are counted up to here; what is more is as bad
WHOSE = "X-Bot"  # the header that tells `doctor` which bot answers

Answer = Callable[[Request], Awaitable[Response]]


class Health:
    def __init__(self, app: "App") -> None:
        self._app = app

    def routes(self) -> list[Route]:
        """What any server of the bot answers."""
        return [_get("/healthz", self._healthz), _get("/readyz", self._readyz)]

    def all_routes(self) -> list[Route]:
        """What is answered to the operator's machines alone."""
        return [*self.routes(), _get("/metrics", self._metrics)]

    async def findings(self) -> dict[str, str]:
        """What is asked about readiness, and "ok" or what is wrong."""
        app = self._app
        if not app.is_running:
            return {"bot": "it starts or stops"}
        is_alive = await app.is_alive()
        is_stuck = app.loop.stuck_for() > STUCK
        return {
            "bot": "ok",
            "database": "ok" if is_alive else "it is away",
            "migrations": await self._migrations() if is_alive else "not known",
            "turns": "nothing can be kept" if is_stuck else "ok",
            "backlog": "too much waits" if app.loop.waiting > MANY else "ok",
        }

    async def _healthz(self, _: Request) -> Response:
        if self._app.is_running and not await self._app.is_alive():
            return JSONResponse({"status": "the database is away"}, status_code=503)
        return JSONResponse({"status": "ok"})

    async def _readyz(self, _: Request) -> Response:
        found = await self.findings()
        is_ready = set(found.values()) == {"ok"}
        whose = {WHOSE: self._app.settings.bot_id}
        return JSONResponse(found, status_code=200 if is_ready else 503, headers=whose)

    async def _metrics(self, _: Request) -> Response:
        app = self._app
        metrics.BACKLOG.labels("updates").set(app.loop.waiting)
        metrics.BACKLOG.labels("screens").set(app.sender.waiting)
        metrics.OLDEST.set(app.sender.oldest())
        if app.is_running:
            owed = await self._owed()
            metrics.OWED.set(float("nan") if owed is None else owed)
        return Response(generate_latest(metrics.REGISTRY), media_type=CONTENT_TYPE_LATEST)

    async def _migrations(self) -> str:
        try:
            looking = self._app.store.look(lambda t: t.is_current())
            is_current = await asyncio.wait_for(looking, PATIENCE)
        except (StoreAway, TimeoutError):
            return "not known"
        return "ok" if is_current else "the tables are of another version"

    async def _owed(self) -> int | None:
        """How many screens are owed; None when the database does not say."""
        try:
            counting = self._app.store.look(lambda t: t.count_owed(MOST))
            return await asyncio.wait_for(counting, PATIENCE)
        except (StoreAway, TimeoutError):
            return None


def _get(path: str, answer: Answer) -> Route:
    return Route(path, answer, methods=["GET"])
