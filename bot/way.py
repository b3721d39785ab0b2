"""What every way of talking with the bot has, and what it may use: several run side by side."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from bot.clock import Clock
from bot.loop import Loop
from bot.sender import Sender
from bot.server import Server
from bot.wire import Elsewhere, Wire
from data.library import Library
from data.store import Store
from flows import Screen


@dataclass(frozen=True, slots=True)
class Parts:
    """The bot, as a way sees it."""

    loop: Loop
    sender: Sender
    clock: Clock
    store: Store
    library: Library
    server: Server
    now: Callable[[], float]
    alive: Callable[[], Awaitable[bool]]
    # Told of each chat of which nothing is to be left.
    when_erased: list[Callable[[int], None]] = field(default_factory=list)


class Way(Protocol):
    """How people talk with the bot: Telegram, the page in a browser, or the terminal."""

    @property
    def wire(self) -> Wire: ...
    def reaches(self, chat_id: int) -> bool:
        """Whether this is the way to the person of that chat."""

    async def open(self, parts: Parts) -> None: ...
    async def run(self) -> None:
        """Bring in what is said, until `stop` is called or there is no more."""

    def stop(self) -> None: ...
    async def close(self) -> None: ...


class Fork:
    """One wire out of several: to each person by the way that reaches them."""

    def __init__(self, ways: Sequence[Way]) -> None:
        self._ways = ways

    async def speak(
        self, chat_id: int, screen: Screen, turn: int, edit_id: int | None
    ) -> int | None:
        return await self._to(chat_id).speak(chat_id, screen, turn, edit_id)

    async def say(self, chat_id: int, text: str) -> None:
        await self._to(chat_id).say(chat_id, text)

    def _to(self, chat_id: int) -> Wire:
        for way in self._ways:
            if way.reaches(chat_id):
                return way.wire
        raise Elsewhere
