"""Telegram's side of the web hook in the world's time: it outlives every process of the bot.

An update that is not answered with 200 comes again, also when only the answer was lost.  Chats go
side by side, as many as the bot allows; within a chat one is brought after the other.
"""

from collections import deque
from functools import partial
from urllib.parse import urlsplit

from tests.sim.door import Post
from tests.sim.network import JITTER, Network
from tests.telegram import hook
from tests.telegram.updates import Pending, Updates


class Hook(hook.Hook):
    def __init__(  # noqa: PLR0917 - as the stand-in makes its own
        self, network: Network, updates: Updates, url: str, secret: str, most: int, delay: float
    ) -> None:
        self.url, self.most, self.last_error = url, most, ""
        self._path, self._secret = urlsplit(url).path, secret
        self._network = network
        self._world = network.world
        self._updates = updates
        self._first_delay = delay
        self._lines: dict[int, deque[Pending]] = {}
        self._free = most  # lines to the bot that are not in use
        self._next: deque[tuple[int, float]] = deque()  # chats that wait for one
        self._is_closed = False

    def push(self, pending: Pending) -> None:
        line = self._lines.setdefault(pending.chat_id, deque())
        line.append(pending)
        if len(line) == 1:
            self._try(pending.chat_id, 0.0)

    async def close(self) -> None:
        self._is_closed = True

    def _try(self, chat_id: int, delay: float) -> None:
        """Bring the first of a chat; *delay* is how long is waited for if it fails."""
        if self._is_closed:
            return
        if not self._free:
            self._next.append((chat_id, delay))
            return
        self._free -= 1
        arrives = partial(self._arrive, chat_id, delay)
        self._world.later(self._world.dice.uniform(*JITTER), arrives)

    def _arrive(self, chat_id: int, delay: float) -> None:
        world, doors = self._world, self._network.doors()
        if not doors or world.breaks(world.odds.cut):
            self._answered(chat_id, delay, None, 0.0)
            return
        update, told = self._lines[chat_id][0].update, partial(self._leave, chat_id, delay)
        post = Post(self._path, self._secret, update, told)
        world.later(hook.PATIENCE, lambda: post.tell(None))
        world.dice.choice(doors).take(post)

    def _leave(self, chat_id: int, delay: float, status: int | None, asked: float) -> None:
        """The bot has answered; whether Telegram ever gets to know is open till then."""
        world = self._world
        if world.breaks(world.odds.cut):
            status, asked = None, 0.0
        answered = partial(self._answered, chat_id, delay, status, asked)
        world.later(world.dice.uniform(*JITTER), answered)

    def _answered(self, chat_id: int, delay: float, status: int | None, asked: float) -> None:
        self._free += 1
        if self._is_closed:
            return
        if status == 200:
            self._updates.forget(self._lines[chat_id].popleft())
            self._go_on(chat_id)
        else:
            self._world.note(f"{chat_id} is not taken: {status}")
            longer = min(hook.LONGEST_DELAY, delay * 2 or self._first_delay)
            self._world.later(max(asked, delay), partial(self._try, chat_id, longer))
        while self._free and self._next:
            self._try(*self._next.popleft())

    def _go_on(self, chat_id: int) -> None:
        if self._lines[chat_id]:
            self._try(chat_id, 0.0)
        else:
            del self._lines[chat_id]
