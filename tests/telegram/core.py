"""What Telegram knows about one bot: its chats, its files, what waits for it, what it called."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from itertools import count

from tests.telegram.chats import Chat, Message, Sent
from tests.telegram.faults import Fault
from tests.telegram.hook import Hook
from tests.telegram.rates import Limits, Rates
from tests.telegram.refusals import Json, bad_request, forbidden
from tests.telegram.updates import Updates
from tests.telegram.waiting import Bell

TOKEN = "8000000001:stand-in_for_the_real_token_of_a_bot"
LIMITS = Limits()


@dataclass(frozen=True, slots=True)
class Call:
    """One line of the ledger."""

    at: float
    method: str
    chat_id: int | None
    ok: bool
    code: int = 200
    description: str = ""


@dataclass(slots=True)
class Query:
    """A tap that waits for its answer."""

    at: float
    chat: Chat
    is_answered: bool = False


@dataclass(frozen=True, slots=True)
class File:
    file_id: str
    unique_id: str
    kind: str  # "photo", "document", ...
    name: str
    content: bytes

    @property
    def path(self) -> str:
        return f"{self.kind}s/{self.file_id}-{self.name}"


class Telegram:
    """Telegram, as far as one bot can see it.

    *now* tells dates and how old a tap is; *ticks* tells the rates, so that a test which moves
    the clock does not move them.
    """

    def __init__(
        self,
        token: str = TOKEN,
        *,
        limits: Limits = LIMITS,
        latency: float = 0.0,
        now: Callable[[], float] = time.time,  # noqa: TID251 - this is not the bot: own clock
        ticks: Callable[[], float] = time.monotonic,
    ) -> None:
        self.token = token
        self.now = now
        self.latency = latency  # seconds that each call spends on the way, there and back
        self.bot: Json = {
            "id": int(token.partition(":")[0]),
            "is_bot": True,
            "first_name": "Stand-in",
            "username": "stand_in_bot",
        }
        self.changed = Bell()  # rings after every call and every delivery
        self.chats: dict[int, Chat] = {}
        self.files: dict[str, File] = {}
        self.queries: dict[str, Query] = {}
        self.updates = Updates(now, self.changed)
        self.rates = Rates(limits, ticks)
        self.faults: list[Fault] = []
        self.ledger: list[Call] = []
        self.about: dict[tuple[str, ...], object] = {}  # commands, descriptions, menu button
        self.hook: Hook | None = None
        self.new_hook: Callable[[Updates, str, str, int, float], Hook] = Hook  # who brings updates
        self.hook_delay = 1.0  # seconds before the second retry of a delivery; it doubles
        self._message_ids = count(1)
        self._query_ids = count(4_000_000_000_000_000_001)

    @property
    def unconfirmed(self) -> int:
        """How many updates the bot has not confirmed yet."""
        return len(self.updates.pending)

    def fail(self, fault: Fault) -> None:
        self.faults.append(fault)

    def calls(self, method: str = "", chat_id: int | None = None) -> list[Call]:
        """The ledger; only of *method*, and only to *chat_id*, if they are given."""
        return [
            call
            for call in self.ledger
            if (not method or call.method == method) and chat_id in (None, call.chat_id)
        ]

    def deliver(self, content: Json, chat_id: int = 0) -> Json:
        """Put an update in line, be it ever so malformed; gives it as it will be delivered."""
        return self.updates.add(content, chat_id)

    def deliver_again(self, update: Json) -> None:
        """Deliver an update once more, confirmed or not."""
        body = next(body for name, body in update.items() if name != "update_id")
        message = body.get("message", body)
        self.updates.add(update, message["chat"]["id"], is_repeat=True)

    async def until(self, happened: Callable[[], object], within: float = 5.0) -> None:
        """Wait until *happened* is true; an error says what stood there instead."""
        if not await self.changed.until(happened, within):
            last = [f"{call.method} {call.code}" for call in self.ledger[-5:]]
            raise AssertionError(f"did not happen within {within} s; the last calls were {last}")

    # What the methods of the Bot API do with all this.

    def chat_to_send_to(self, chat_id: int) -> Chat:
        chat = self.chats.get(chat_id)
        if chat is None:
            raise bad_request("chat not found" if chat_id else "chat_id is empty")
        if chat.is_deactivated:
            raise forbidden("user is deactivated")
        if chat.is_blocked and chat.is_private:
            raise forbidden("bot was blocked by the user")
        if chat.is_blocked:
            raise forbidden("bot was kicked from the group chat")
        if not chat.is_open:
            raise forbidden("bot can't initiate conversation with a user")
        return chat

    def spend(self, chat: Chat) -> None:
        """Count a send or an edit against the rates."""
        self.rates.spend(chat.id)

    def next_message_id(self) -> int:
        return next(self._message_ids)

    def put(self, chat: Chat, content: Json, *, buzzes: bool = True) -> Message:
        """A new message of the bot's; the phone buzzes, if it is not told to stay still."""
        raw: Json = {
            "message_id": self.next_message_id(),
            "from": self.bot,
            "chat": chat.raw,
            "date": int(self.now()),
            **content,
        }
        return self.change(chat, raw, "send", buzzes=buzzes)

    def change(self, chat: Chat, raw: Json, how: str, *, buzzes: bool = False) -> Message:
        message = Message.of(raw)
        chat.keep(Sent(self.now(), how, message, buzzes))
        return message

    def new_query(self, chat: Chat) -> str:
        query_id = str(next(self._query_ids))
        self.queries[query_id] = Query(self.now(), chat)
        return query_id

    async def unhook(self) -> None:
        hook, self.hook = self.hook, None
        self.updates.hooked = None
        if hook:
            await hook.close()

    async def close(self) -> None:
        """End what is under way: the poll and web hook deliveries."""
        await self.unhook()
        self.updates.end_poll()
