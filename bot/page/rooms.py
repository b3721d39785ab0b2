"""What was shown to each chat on the page, and who is looking at it now.

It is in memory only: nothing is kept of a chat but the chat itself.  After a restart the page
shows where the chat stands.
"""

import asyncio
import secrets
from collections.abc import Callable

from bot.page.write import Data, message
from bot.wire import CannotEdit
from flows import File, Screen

MANY = 500  # rooms; those that nobody looks at go first, the longest unused of them before
MESSAGES = 200  # in a room
FILES = 12  # in a room: older ones are made anew by asking for them again
BEHIND = 100  # things that somebody has not been told yet: they are not there any more

News = tuple[str, Data]  # what it is, and what it holds
Listener = asyncio.Queue[News | None]  # None: it is over


class Room:
    def __init__(self) -> None:
        self.messages: dict[int, Data] = {}  # by number, in order
        self.files: dict[str, File] = {}  # made for this chat, by a name that nobody can guess
        self.ahead = 0  # seconds that the chat's clock is ahead of ours, as far as it was looked at
        self.listeners: set[Listener] = set()

    def join(self) -> Listener:
        """Hear all that happens here from now on."""
        listener: Listener = asyncio.Queue(BEHIND + 1)
        self.listeners.add(listener)
        return listener

    def leave(self, listener: Listener) -> None:
        self.listeners.discard(listener)

    def keep(self, file: File | None) -> str:
        """Where the browsers that this room belongs to find *file*, if there is one."""
        if file is None:
            return ""
        name = secrets.token_urlsafe(16)
        self.files[name] = file
        while len(self.files) > FILES:
            del self.files[next(iter(self.files))]
        return f"/made/{name}"

    def put(self, shown: Data) -> None:
        """Show a message, in the place of the one with the same number if there is one."""
        self.messages[shown["id"]] = shown
        while len(self.messages) > MESSAGES:
            del self.messages[next(iter(self.messages))]
        self.tell("message", shown)

    def forget(self) -> None:
        """Leave nothing but the last message, which says so."""
        last = list(self.messages.values())[-1:]
        self.messages = {shown["id"]: shown for shown in last}
        self.files = {}
        self.ahead = 0
        self.tell("forgotten", {"messages": last})

    def tell(self, what: str, data: Data) -> None:
        for listener in list(self.listeners):
            if listener.qsize() >= BEHIND:
                self.leave(listener)
                listener.put_nowait(None)
            else:
                listener.put_nowait((what, data))

    def close(self) -> None:
        """Send everybody away."""
        for listener in list(self.listeners):
            self.leave(listener)
            listener.put_nowait(None)


class Rooms:
    """All rooms, and the wire to them."""

    def __init__(self, now: Callable[[], float]) -> None:
        self._now = now
        self._rooms: dict[int, Room] = {}
        self._last = 0

    def room(self, chat_id: int) -> Room:
        room = self._rooms.pop(chat_id, None) or Room()
        self._rooms[chat_id] = room  # now the newest
        if len(self._rooms) > MANY:
            self._forget_oldest()
        return room

    def forget(self, chat_id: int) -> None:
        if chat_id in self._rooms:
            self._rooms[chat_id].forget()

    def looked_at(self) -> list[tuple[int, Room]]:
        return [(chat_id, room) for chat_id, room in self._rooms.items() if room.listeners]

    def close(self) -> None:
        for room in self._rooms.values():
            room.close()

    # The wire

    async def speak(self, chat_id: int, screen: Screen, turn: int, edit_id: int | None) -> int:
        room = self.room(chat_id)
        if edit_id is not None and edit_id not in room.messages:
            raise CannotEdit
        number = edit_id or self._number()
        at = int(self._now()) + room.ahead
        room.put({"id": number, "at": at, **message(screen, turn, room.keep(screen.file))})
        return number

    async def say(self, chat_id: int, text: str) -> None:
        await self.speak(chat_id, Screen(text), 0, None)

    def _number(self) -> int:
        """One that was never used, not even before a restart."""
        self._last = max(self._last + 1, int(self._now() * 1000))
        return self._last

    def _forget_oldest(self) -> None:
        for chat_id, room in self._rooms.items():
            if not room.listeners:
                del self._rooms[chat_id]
                return
