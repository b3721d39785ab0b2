"""What the page asks for: itself, all that happens in its chat, and that something be heard."""

import asyncio
import html
import json
from collections.abc import AsyncIterator
from pathlib import Path
from string import Template
from urllib.parse import parse_qs

from starlette.requests import Request
from starlette.responses import (
    FileResponse,
    HTMLResponse,
    JSONResponse,
    RedirectResponse,
    Response,
    StreamingResponse,
)
from starlette.routing import Route

from bot.chats import of_visitor
from bot.heard import Again
from bot.page import desk
from bot.page.asked import LARGEST, read_json, read_said
from bot.page.doors import KNOCKED, VISITOR, Doors, give, new_visitor, visitor
from bot.page.kept import look
from bot.page.rooms import Listener, Room, Rooms
from bot.page.write import Data
from bot.server import read_body
from bot.way import Parts
from data.media import read_media
from data.store import StoreAway
from data.transaction import Row
from flows.book import Book

STATIC = Path(__file__).parent / "static"
FILES = {path.name: path for path in STATIC.iterdir() if path.suffix in (".css", ".js", ".svg")}
PREFIX = "browser."  # of the labels that the page itself needs
FROM_RIGHT = {"ar", "ckb", "dv", "fa", "he", "ps", "sd", "ug", "ur", "yi"}

BREATH = 20.0  # seconds after which a line that is silent is tried
AGAIN = 1000  # milliseconds after which the page calls again when the line was cut


class Visits:
    def __init__(self, parts: Parts, rooms: Rooms, doors: Doors) -> None:
        self._parts = parts
        self._rooms = rooms
        self._doors = doors

    def routes(self) -> list[Route]:
        public, private, said = self._doors.public, self._doors.private, self._doors.said
        return [
            Route("/", public(self.page), methods=["GET"]),
            Route("/enter", public(self.enter), methods=["POST"]),
            Route("/static/{name}", public(self.file), methods=["GET"]),
            Route("/media/{hash}/{id}", private(self.medium), methods=["GET"]),
            Route("/made/{name}", private(self.made), methods=["GET"]),
            Route("/live", private(self.live), methods=["GET"]),
            Route("/say", said(self.say), methods=["POST"]),
        ]

    # The page

    async def page(self, request: Request) -> Response:
        if not self._doors.has_entered(request):
            return self._door(request, wrong=False)
        return HTMLResponse(fill("page.html", words(self._book())))

    async def enter(self, request: Request) -> Response:
        body = await read_body(request.stream(), LARGEST) or b""
        given = parse_qs(body.decode(errors="replace"))
        password, token = given.get("password", [""])[0], given.get("token", [""])[0]
        if not await self._doors.enter(request, password, token):
            return self._door(request, wrong=True)
        response = RedirectResponse("/", status_code=303)
        self._doors.let_in(request, response)
        return response

    async def file(self, request: Request) -> Response:
        path = FILES.get(request.path_params["name"])
        return FileResponse(path) if path else Response(status_code=404)

    async def medium(self, request: Request) -> Response:
        """A picture, a film or a sound, which never changes under its address."""
        medium = read_media().get(request.path_params["id"])
        if medium is None or medium.hash != request.path_params["hash"]:
            return Response(status_code=404)
        kept = {"Cache-Control": "private, max-age=31536000, immutable"}
        return FileResponse(medium.path, media_type=medium.mime, headers=kept)

    async def made(self, request: Request) -> Response:
        """A file that was made for the chat of whoever asks, and for nobody else."""
        room = self._rooms.room(of_visitor(visitor(request)))
        file = room.files.get(request.path_params["name"])
        if file is None:
            return Response(status_code=404)
        how = "inline" if file.kind == "photo" else "attachment"
        headers = {"Content-Disposition": f'{how}; filename="{file.name}"'}
        return Response(file.content, media_type=file.mime, headers=headers)

    def _door(self, request: Request, *, wrong: bool) -> Response:
        """The form that asks for the password, with a token that belongs to this browser."""
        knocked = new_visitor()
        filled = words(self._book()) | {
            "token": self._doors.token(knocked),
            "hidden": "" if wrong else "hidden",
        }
        response = HTMLResponse(fill("enter.html", filled), status_code=403 if wrong else 200)
        give(request, response, KNOCKED, knocked, None)
        return response

    # What happens in a chat

    async def live(self, request: Request) -> Response:
        """All that is there, and then whatever happens, until the page leaves."""
        secret = visitor(request) or new_visitor()
        headers = {"X-Accel-Buffering": "no"}
        response = StreamingResponse(
            self._news(secret), media_type="text/event-stream", headers=headers
        )
        if secret != visitor(request):
            give(request, response, VISITOR, secret)
        return response

    async def _news(self, secret: str) -> AsyncIterator[str]:
        chat_id = of_visitor(secret)
        room = self._rooms.room(chat_id)
        listener = room.join()
        try:
            yield f"retry: {AGAIN}\n\n"
            yield line("all", await self.all(chat_id, room) | {"token": self._doors.token(secret)})
            async for said in _until_over(listener):
                yield said
        except StoreAway:
            return  # the page calls again
        finally:
            room.leave(listener)

    async def all(self, chat_id: int, room: Room) -> Data:
        """Everything that a page needs to begin with."""
        row = await look(self._parts, chat_id, room)
        book = self._book(row)
        if row and not room.messages and not row.owes:  # spoken before this process was started
            await self._parts.loop.put(Again(chat_id))
        return {
            "messages": list(room.messages.values()),
            "about": "" if row or room.messages else book.texts["about"],
            "menu": [{"command": name, "does": does} for name, does in book.commands.items()],
            "words": words(book),
        }

    # What is said

    async def say(self, request: Request) -> Response:
        """`{"text": ...}` or `{"id": ..., "data": ...}`; with `"desk": true` it is explained."""
        at = int(self._parts.now())
        given = await read_json(request)
        heard = read_said(given, of_visitor(visitor(request)), at)
        if heard is None:
            return JSONResponse({}, status_code=400)
        if not given.get("desk"):
            return JSONResponse({"toast": await self._parts.loop.put(heard)})
        room = self._rooms.room(heard.chat_id)
        why = await desk.explain(self._parts, room, heard)
        toast = await self._parts.loop.put(heard)
        return JSONResponse({"toast": toast} | why | await desk.soon(self._parts, room, heard))

    def _book(self, row: Row | None = None) -> Book:
        return self._parts.library.book(row.chat.language if row else "")


async def _until_over(listener: Listener) -> AsyncIterator[str]:
    while True:
        try:
            news = await asyncio.wait_for(listener.get(), BREATH)
        except TimeoutError:
            yield ": still here\n\n"
            continue
        if news is None:
            return
        yield line(*news)


def line(what: str, data: Data) -> str:
    """As server-sent events have it; JSON has no line breaks in it."""
    return f"event: {what}\ndata: {json.dumps(data, ensure_ascii=False)}\n\n"


def words(book: Book) -> dict[str, str]:
    """What the page itself says, in the language of *book*."""
    said = {
        name.removeprefix(PREFIX): label
        for name, label in book.labels.items()
        if name.startswith(PREFIX)
    }
    direction = "rtl" if book.language.partition("-")[0] in FROM_RIGHT else "ltr"
    shared = {name: book.labels[name] for name in ("begin", "emergency")}
    return said | shared | {"language": book.language, "direction": direction}


def fill(name: str, filled: dict[str, str]) -> str:
    """A page of ours with its gaps filled, in which nothing that fills them is HTML."""
    page = Template((STATIC / name).read_text(encoding="utf-8"))
    return page.substitute({gap: html.escape(said) for gap, said in filled.items()})
