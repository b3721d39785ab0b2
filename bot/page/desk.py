"""The desk beside the chat: where it stands, why, what is stored, and a clock to move.

For whoever writes or reviews content.  It shows the chat of the browser that asks, and no
other; what was typed is read again for it on the spot, and kept nowhere.
"""

import asyncio
from collections.abc import Callable, Iterator
from dataclasses import asdict, replace
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from bot.chats import of_visitor
from bot.heard import Heard
from bot.page.asked import read_json
from bot.page.doors import VISITOR, Doors, give, new_visitor, visitor
from bot.page.kept import alarms_of, look, move_clock
from bot.page.rooms import Room, Rooms
from bot.page.write import Data
from bot.way import Parts
from data.transaction import Row
from flows import Chat, pack
from flows.book import Book
from flows.guard import Hit, read
from flows.paths import path, paths_in, paths_out, row_for, standing
from flows.screens import asked
from flows.step import is_heard, opened, step
from flows.texts import key

LONGEST_MOVE = 366 * 24 * 3600  # seconds that the clock of a chat is moved at once
WORDS = ("text", "edited", "caption")


class Desk:
    def __init__(self, parts: Parts, rooms: Rooms, doors: Doors, slip: Callable[[], str]) -> None:
        """*slip* says what is wrong with the content files, if anything."""
        self._parts = parts
        self._rooms = rooms
        self._doors = doors
        self._slip = slip
        self._moving = asyncio.Lock()  # one move at a time, so that each goes as far as it says

    def routes(self) -> list[Route]:
        private, said = self._doors.private, self._doors.said
        return [
            Route("/desk", private(self.state), methods=["GET"]),
            Route("/desk/clock", said(self.clock), methods=["POST"]),
            Route("/desk/new", said(self.new), methods=["POST"]),
        ]

    async def state(self, request: Request) -> Response:
        """Everything that the desk shows."""
        chat_id = of_visitor(visitor(request))
        shown = await state(self._parts, chat_id, self._rooms.room(chat_id))
        return JSONResponse(shown | {"slip": self._slip()})

    async def clock(self, request: Request) -> Response:
        """`{"seconds": ...}` go by, or all the time to the next alarm: `{"to_alarm": true}`."""
        chat_id = of_visitor(visitor(request))
        room = self._rooms.room(chat_id)
        if await look(self._parts, chat_id, room) is None:
            return JSONResponse({}, status_code=409)
        given = await read_json(request)
        async with self._moving:
            seconds = await self._seconds(given, chat_id)
            if not 0 < seconds <= LONGEST_MOVE:
                return JSONResponse({}, status_code=400)
            await move_clock(self._parts, chat_id, room, seconds)
        room.tell("clock", {})
        return JSONResponse({"now": int(self._parts.now()) + room.ahead})

    async def new(self, request: Request) -> Response:
        """Let the browser be somebody new.  The chat that it had stays as it is."""
        response = JSONResponse({})
        give(request, response, VISITOR, new_visitor())
        return response

    async def _seconds(self, given: Data, chat_id: int) -> int:
        match given:
            case {"to_alarm": True}:
                due = await alarms_of(self._parts, chat_id)
                return max(1, due[0].alarm.due - int(self._parts.now())) if due else 0
            case {"seconds": int(seconds)}:
                return seconds
        return 0


async def explain(parts: Parts, room: Room, heard: Heard) -> Data:
    """What will come of *heard*: as what it is meant, which row it takes, what the guard reads."""
    row = await look(parts, heard.chat_id, room)
    chat = row.chat if row else Chat()
    book = parts.library.book(chat.language)
    said = heard.event
    at = said.at + room.ahead
    event = replace(said, at=at)
    turn = opened(chat, event, book).turn
    taken = row_for(turn) if is_heard(turn) else None
    return {
        "at": at,
        "why": {
            "kind": said.name,
            "meant": f"{turn.event.name} {turn.event.value}".strip(),
            "notice": step(chat, event, book).notice,
            "row": asdict(path(taken, turn.state, ())) if taken is not None else None,
            "reading": reading(said.value, book) if said.name in WORDS else None,
        },
    }


async def soon(parts: Parts, room: Room, heard: Heard) -> Data:
    """When the next alarm of the chat is due, by its own clock."""
    due = await alarms_of(parts, heard.chat_id)
    return {"soonest": due[0].alarm.due + room.ahead if due else None}


async def state(parts: Parts, chat_id: int, room: Room) -> Data:
    """Where the chat stands, and everything about it."""
    row = await look(parts, chat_id, room)
    now = {"now": int(parts.now()) + room.ahead, "ahead": room.ahead}
    if row is None:
        return now | {"is_new": True}
    book = parts.library.book(row.chat.language)
    here = standing(row.chat, book)
    return now | {
        "is_new": False,
        "state": here.state.name,
        "pages": here.pages,
        "out": [asdict(one) for one in paths_out(here, book)],
        "in": [asdict(one) for one in paths_in(here.state)],
        "alarms": [
            {"kind": one.alarm.kind, "due": one.alarm.due + room.ahead, "turn": one.alarm.turn}
            for one in await alarms_of(parts, chat_id)
        ],
        "stored": stored(row),
        "content": [*content(here, book)],
        "edition": book.edition,
    }


def stored(row: Row) -> Data:
    """The row as it is in the database."""
    return {
        "turn": row.chat.turn,
        "shown": row.shown,
        "message_id": row.message_id,
        "edit_id": row.edit_id,
        "notice": row.notice,
        "paused": row.paused,
        "body": pack(row.chat),
    }


def reading(text: str, book: Book) -> Data:
    """What the guard makes of *text*."""
    found = read(text, book.lexicon)
    return {
        "tier": found.tier.name,
        "mends": [list(mend) for mend in found.mends],
        "hits": [hit_data(hit, book) for hit in found.hits],
    }


def hit_data(hit: Hit, book: Book) -> Data:
    question = book.questions.get(hit.question)
    return asdict(hit) | {
        "tier": hit.tier.name,
        "label": question.label if question else "",
        "disposition": question.disposition.name if question else "",
    }


def content(chat: Chat, book: Book) -> Iterator[Data]:
    """What the screen is made of, each with its source and whether a clinician has read it."""
    yield {"kind": "text", "id": key(chat, book), "file": f"{book.language}/texts.toml"}
    id = asked(chat, book)
    for item in book.checklists[id].items if id in book.checklists else (id,):
        yield from _item(item, book)
    if chat.technique in book.techniques:
        file = f"{book.language}/techniques/{chat.technique}.toml"
        yield _reviewed("technique", book.techniques[chat.technique], file)
    for rule in chat.lock.rules if chat.lock else ():
        yield from _item(rule, book)
    if chat.topic in book.topics:
        topic = book.topics[chat.topic]
        file = f"{book.language}/learn.toml"
        yield {"kind": "topic", "id": topic.id, "file": file, "source": topic.source}


def _item(id: str, book: Book) -> Iterator[Data]:
    if id in book.questions:
        yield _reviewed("question", book.questions[id], f"{book.language}/screening.toml")
    elif id in book.conditions:
        yield _reviewed("condition", book.conditions[id], f"{book.language}/conditions.toml")


def _reviewed(kind: str, thing: Any, file: str) -> Data:  # noqa: ANN401 - whatever is reviewed
    return {
        "kind": kind,
        "id": thing.id,
        "file": file,
        "source": thing.source,
        "reviewed_on": thing.reviewed_on,
        "reviewed_by": thing.reviewed_by,
    }
