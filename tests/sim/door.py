"""A process's web server, without a socket: what the web hook brings is answered by its routes."""

import asyncio
import json
from collections.abc import Callable
from typing import Any

from starlette.applications import Starlette
from starlette.routing import BaseRoute

from tests.telegram.refusals import Json

GRACE = 5.0  # seconds in which what has begun is answered, when the process stops


class Post:
    """One update on its way; *told* hears once what came of it: a status, or None."""

    def __init__(self, path: str, secret: str, update: Json, told: Callable[..., None]) -> None:
        self.scope: dict[str, Any] = {
            "type": "http", "method": "POST", "path": path, "query_string": b"",
            "headers": [(b"x-telegram-bot-api-secret-token", secret.encode())],
        }  # fmt: skip
        self.body = json.dumps(update).encode()
        self._told: Callable[..., None] | None = told

    def tell(self, status: int | None, retry_after: float = 0.0) -> None:
        told, self._told = self._told, None
        if told:
            told(status, retry_after)


class Door:
    """Takes the place of `bot.server.Server`."""

    def __init__(self, *_: object) -> None:
        self._routes: list[BaseRoute] = []
        self._posts: dict[Post, asyncio.Task[None] | None] = {}  # None: waits for `run`
        self._app: Starlette | None = None
        self._stopping = asyncio.Event()
        self._loop = asyncio.get_running_loop()

    @property
    def is_asked(self) -> bool:
        return bool(self._routes)

    @property
    def is_open(self) -> bool:
        """Whether a line to it comes about."""
        return self.is_asked and not self._stopping.is_set()

    def listen(self, *routes: BaseRoute) -> None:
        self._routes += routes

    async def run(self) -> None:
        self._app = Starlette(routes=self._routes)
        for post in self._posts:
            self._begin(post)
        await self._stopping.wait()
        if tasks := [task for task in self._posts.values() if task]:
            await asyncio.wait(tasks, timeout=GRACE)
        self.close()

    def stop(self) -> None:
        self._stopping.set()

    def close(self) -> None:
        """Cut all lines that there are, as when the process is gone."""
        for post, task in list(self._posts.items()):
            if task:
                task.cancel()
            post.tell(None)
        self._posts.clear()
        self._stopping.set()

    def take(self, post: Post) -> None:
        """Somebody posts something; the world's affair, and so not called from the loop."""
        self._posts[post] = None
        if self._app:
            self._begin(post)

    def _begin(self, post: Post) -> None:
        self._posts[post] = self._loop.create_task(self._serve(post))

    async def _serve(self, post: Post) -> None:
        assert self._app, "it runs"
        answer: dict[str, Any] = {}

        async def receive() -> dict[str, Any]:
            return {"type": "http.request", "body": post.body, "more_body": False}

        async def send(message: Any) -> None:  # noqa: ANN401 - as ASGI has it
            answer.update(message)

        await self._app(post.scope, receive, send)
        self._posts.pop(post, None)
        headers = {name: value for name, value in answer["headers"]}  # noqa: C416 - they are lists
        post.tell(answer["status"], float(headers.get(b"retry-after", 0)))
