"""What becomes of a call to Telegram: at the border where another bot has an HTTP client."""

import asyncio
import json
from collections.abc import Callable
from contextvars import ContextVar
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from telegram.error import NetworkError, TimedOut
from telegram.request import RequestData

from bot.telegram.client import Answer, Client, Disconnected
from bot.telegram.request import FileRequest
from bot.telegram.wire import TelegramWire
from flows import Screen
from tests.sim.world import World
from tests.telegram import Telegram, calls
from tests.telegram.chats import Sent
from tests.telegram.faults import Fault
from tests.telegram.params import Upload

if TYPE_CHECKING:
    from tests.sim.door import Door

BEGAN: ContextVar[float] = ContextVar("BEGAN")  # when the screen that is being spoken was taken
JITTER = 0.005, 0.15  # seconds on the way, each way
SLOW = 1.0, 30.0  # seconds that an answer takes then; the client waits for twenty
BODY = b"<html>502 Bad Gateway</html>"


@dataclass(frozen=True)
class Spoken:
    """A screen that Telegram has taken."""

    chat_id: int
    began: float
    turn: int
    sent: Sent


class Network:
    def __init__(self, world: World, telegram: Telegram) -> None:
        self.world = world
        self.telegram = telegram
        self.spoken: list[Spoken] = []
        self.unanswered: dict[int, int] = {}  # by chat: taken, and the bot was not told
        self.doors: Callable[[], list[Door]] = list  # the bot's, of processes that listen

    async def call(self, name: str, params: dict[str, Any], most: float) -> tuple[int, bytes]:
        """One call; raises what the client would."""
        world, chat_id = self.world, int(params.get("chat_id", 0))
        await asyncio.sleep(world.dice.uniform(*JITTER))
        if world.breaks(world.odds.cut):
            raise Disconnected
        if world.breaks(world.odds.refused):
            return self._refused()
        token = self.telegram.token
        status, answer = await calls.answer(self.telegram, token, name, params)
        if chat_id and status == 200:
            self._note(name, chat_id)
        await self._return(chat_id, most)
        return status, json.dumps(answer, separators=(",", ":")).encode()

    async def _return(self, chat_id: int, most: float) -> None:
        """On the way back: whether the bot ever gets to know is open till then."""
        world = self.world
        self.unanswered[chat_id] = self.unanswered.get(chat_id, 0) + 1
        if world.breaks(world.odds.slow):
            wait = world.dice.uniform(*SLOW)
            await asyncio.sleep(min(wait, most))
            if wait > most:
                raise TimeoutError
        await asyncio.sleep(world.dice.uniform(*JITTER))
        if world.breaks(world.odds.cut):
            raise Disconnected
        self.unanswered[chat_id] -= 1

    def _refused(self) -> tuple[int, bytes]:
        if self.world.dice.random() < 0.5:
            return 502, BODY
        refusal = Fault(code=429, retry_after=self.world.dice.randrange(1, 4)).refusal()
        return 429, json.dumps(refusal.as_json()).encode()

    def _note(self, name: str, chat_id: int) -> None:
        history = self.telegram.chats[chat_id].history
        is_screen = name.startswith(("send", "edit")) and history and history[-1].message.rows
        if is_screen and name != "editMessageReplyMarkup":
            sent = history[-1]
            turn = int(sent.message.rows[0][0].data.partition(":")[0], 36)
            self.spoken.append(Spoken(chat_id, BEGAN.get(), turn, sent))
            self.world.note(f"{chat_id} sees {turn}")


class Calls(Client):
    """Takes the place of the HTTP client of one process."""

    def __init__(
        self, network: Network, point: Callable[[], None], host_url: str, agent: str
    ) -> None:
        """*point* is where the process may die."""
        super().__init__(host_url, agent)
        self._network = network
        self._point = point

    async def post(self, path: str, body: bytes, seconds: float) -> Answer:
        self._point()
        name = path.rpartition("/")[2]
        answer = await self._network.call(name, dict(json.loads(body)), seconds)
        self._point()
        return answer


class Files(FileRequest):
    """And of the one for files."""

    def __init__(self, network: Network, point: Callable[[], None], seconds: float) -> None:
        super().__init__(seconds)
        self._network = network
        self._point = point

    async def initialize(self) -> None: ...
    async def shutdown(self) -> None: ...
    async def do_request(
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        *_: object,
        **__: object,
    ) -> Answer:
        self._point()
        name = url.rpartition("/")[2]
        try:
            answer = await self._network.call(name, _params(request_data), self._seconds)
        except TimeoutError:
            raise TimedOut from None
        except OSError as error:
            raise NetworkError(type(error).__name__) from None
        self._point()
        return answer


def _params(data: RequestData | None) -> dict[str, Any]:
    """What a call is given, as the stand-in takes it."""
    if data is None:
        return {}
    params: dict[str, Any] = dict(data.json_parameters)
    for name, (file_name, content, _) in data.multipart_data.items():
        assert isinstance(content, bytes), "nothing is read from a file on the way"
        params[name] = Upload(file_name, content)
    return params


class Wire(TelegramWire):
    """The way out, which notes when each screen was taken to be spoken."""

    async def speak(
        self, chat_id: int, screen: Screen, turn: int, edit_id: int | None
    ) -> int | None:
        BEGAN.set(asyncio.get_running_loop().time())
        return await super().speak(chat_id, screen, turn, edit_id)
