"""What waits for the bot: updates, in order, until it has confirmed them."""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from itertools import count, islice

from tests.telegram.refusals import Json, bad_request, conflict
from tests.telegram.waiting import Bell

KEPT = 24 * 60 * 60  # seconds; Telegram forgets what a bot has not fetched for a day
MOST_AT_ONCE = 100
NOT_SENT_UNASKED = ("chat_member", "message_reaction", "message_reaction_count")
TWO_POLLERS = (
    "terminated by other getUpdates request; make sure that only one bot instance is running"
)
HOOKED = (
    "can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook"
    " first"
)


@dataclass(slots=True)
class Pending:
    number: int  # its place in the line; an update that is delivered twice stands there twice
    update: Json
    chat_id: int
    at: float
    is_repeat: bool = False  # comes once more even when the bot has confirmed its id
    is_handed_out: bool = False


class Updates:
    def __init__(self, now: Callable[[], float], changed: Bell) -> None:
        self._now = now
        self._changed = changed
        self._ids = count(500_000_001)
        self._numbers = count(1)
        self._poll = 0  # the newest poll; an older one that still waits is ended
        self._bell = Bell()
        self.pending: dict[int, Pending] = {}
        self.allowed: Collection[str] = ()
        self.times = 1  # how often each new update is delivered
        self.hooked: Callable[[Pending], None] | None = None  # who delivers, if there is a web hook

    def tell(self, kind: str, content: Json, chat_id: int) -> None:
        """Put an update in line, if its kind is asked for."""
        is_wanted = kind in self.allowed if self.allowed else kind not in NOT_SENT_UNASKED
        if is_wanted:
            self.add({kind: content}, chat_id)

    def add(self, content: Json, chat_id: int, *, is_repeat: bool = False) -> Json:
        """Put *content* in line as it is; only a missing update_id is given."""
        update = {"update_id": next(self._ids), **content}
        for _ in range(self.times):
            self._put(Pending(next(self._numbers), update, chat_id, self._now(), is_repeat))
        self._bell.ring()
        return update

    def _put(self, pending: Pending) -> None:
        self.pending[pending.number] = pending
        if self.hooked:
            self.hooked(pending)

    async def fetch(self, offset: int, limit: int, patience: float) -> list[Json]:
        """The earliest updates from *offset* on; waits up to *patience* seconds for one."""
        if self.hooked:
            raise conflict(HOOKED)
        self._poll += 1
        mine = self._poll
        self._bell.ring()
        self.confirm(offset)
        self._changed.ring()
        if not self.pending:
            await self._bell.until(lambda: self.pending or self._poll != mine, patience)
        if self._poll != mine or self.hooked:
            raise conflict(HOOKED if self.hooked else TWO_POLLERS)
        self._forget_old()
        found = list(islice(self.pending.values(), limit))
        for pending in found:
            pending.is_handed_out = True
        return [pending.update for pending in found]

    def confirm(self, offset: int) -> None:
        """Drop what stands before *offset*; if it is negative, all but so many of the last."""
        if offset < 0:
            for number in list(self.pending)[:offset]:
                del self.pending[number]
        elif offset:
            done = [
                number
                for number, pending in self.pending.items()
                if _id(pending) < offset and (pending.is_handed_out or not pending.is_repeat)
            ]
            for number in done:
                del self.pending[number]

    def _forget_old(self) -> None:
        while self.pending:
            first = next(iter(self.pending.values()))
            if self._now() - first.at <= KEPT:
                return
            del self.pending[first.number]

    def allow(self, kinds: object) -> None:
        """What to deliver from now on; None leaves it as it was, and nothing named is all."""
        if kinds is None:
            return
        if not isinstance(kinds, list):
            raise bad_request("can't parse allowed_updates: Array of String expected")
        self.allowed = tuple(kinds)

    def forget(self, pending: Pending) -> None:
        """It was delivered by web hook."""
        self.pending.pop(pending.number, None)
        self._changed.ring()

    def hand_over_to(self, push: Callable[[Pending], None]) -> None:
        """From now on *push* delivers what waits, and what will."""
        self.hooked = push
        self.end_poll()
        for pending in list(self.pending.values()):
            push(pending)

    def end_poll(self) -> None:
        """End the poll that is under way."""
        self._poll += 1
        self._bell.ring()


def _id(pending: Pending) -> int:
    number: int = pending.update["update_id"]
    return number
