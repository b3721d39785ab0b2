"""The page in a browser as a way: it is one more wire, on the same loop, clock and sender."""

import asyncio
from collections.abc import Callable

from bot.chats import is_page
from bot.page.desk import Desk
from bot.page.doors import Doors
from bot.page.rooms import Room, Rooms
from bot.page.visits import Visits
from bot.page.watch import Watch
from bot.page.write import message
from bot.settings import Settings
from bot.way import Parts
from data.seal import Unreadable
from data.store import StoreAway
from flows import screen


class PageWay:
    def __init__(self, settings: Settings, now: Callable[[], float]) -> None:
        self._doors = Doors(settings)
        self.rooms = Rooms(now)
        self.wire = self.rooms
        self._parts: Parts | None = None
        self._watch: Watch | None = None
        self._stopping = asyncio.Event()
        self._showing: set[asyncio.Task[None]] = set()

    def reaches(self, chat_id: int) -> bool:
        return is_page(chat_id)

    async def open(self, parts: Parts) -> None:
        """Listen.  Who comes early waits until the bot runs."""
        self._parts = parts
        parts.when_erased.append(self.rooms.forget)
        watch = self._watch = Watch(parts.library, self._show_again)
        visits = Visits(parts, self.rooms, self._doors)
        desk = Desk(parts, self.rooms, self._doors, lambda: watch.slip)
        parts.server.listen(*visits.routes(), *desk.routes())

    async def run(self) -> None:
        """Read content again when it is saved, until `stop` is called."""
        assert self._watch, "open() comes first"
        watching = asyncio.create_task(self._watch.run())
        try:
            await self._stopping.wait()
        finally:
            watching.cancel()

    def stop(self) -> None:
        self._stopping.set()
        self.rooms.close()

    async def close(self) -> None:
        for showing in self._showing:
            showing.cancel()

    def _show_again(self) -> None:
        """Have those who look see the newest words."""
        for chat_id, room in self.rooms.looked_at():
            showing = asyncio.create_task(self._show(chat_id, room))
            self._showing.add(showing)
            showing.add_done_callback(self._showing.discard)

    async def _show(self, chat_id: int, room: Room) -> None:
        """The screen that a chat has before it, in its place and as its book has it now."""
        assert self._parts, "open() comes first"
        try:
            await self._parts.loop.keep_marks()
            rows = await self._parts.store.run(lambda t: t.lock({chat_id}))
        except (StoreAway, Unreadable):
            return
        row = rows.get(chat_id)
        old = room.messages.get(row.message_id or 0) if row else None
        if row and old and not row.owes:
            book = self._parts.library.book(row.chat.language)
            shown = screen(row.chat, book)
            if shown.made is None:  # else its words are those of the file that is there
                room.put({**old, **message(shown, row.chat.turn)})
        room.tell("reread", {})
