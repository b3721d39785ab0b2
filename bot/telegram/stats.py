"""/stats: what an operator may ask on Telegram.  Counts alone, nothing about anybody."""

import asyncio
from collections.abc import Callable, Iterator

from bot import metrics
from bot.heard import Heard
from bot.way import Parts
from data.counts import Counts
from data.store import StoreAway

AWAY = "The database is away: nothing can be counted."
TIERS = ("EMERGENCY", "URGENT", "CLINICIAN", "CAUTION", "SELF_CARE")


class Stats:
    def __init__(self, parts: Parts, admins: frozenset[int]) -> None:
        self._parts = parts
        self._admins = admins
        self._telling: set[asyncio.Task[None]] = set()

    def is_asked(self, heard: Heard) -> bool:
        """Whether it is an operator's /stats, which is no part of a conversation."""
        event = heard.event
        command = event.value.partition(" ")[0] if event.name == "command" else ""
        return command == "stats" and heard.chat_id in self._admins

    def tell(self, chat_id: int) -> None:
        telling = asyncio.create_task(self._tell(chat_id))
        self._telling.add(telling)
        telling.add_done_callback(self._telling.discard)

    async def _tell(self, chat_id: int) -> None:
        now = int(self._parts.now())
        try:
            counts = await self._parts.store.look(lambda transaction: transaction.overview(now))
        except StoreAway:
            self._parts.sender.say(chat_id, AWAY)
        else:
            self._parts.sender.say(chat_id, "\n".join(_lines(counts, _told)))


def _told(tier: str) -> int:
    """How often this process has told *tier* since it started."""
    return int(metrics.DISPOSITIONS.labels(tier)._value.get())  # noqa: SLF001 - it has no getter


def _lines(counts: Counts, told: Callable[[str], int]) -> Iterator[str]:
    yield f"Chats: {counts.chats}"
    yield f"In the last 24 hours: {counts.updates} updates of {counts.active} people"
    yield f"Alarms that are set: {counts.alarms}"
    yield f"Screens without an answer: {counts.owed}"
    yield f"Parked: {counts.parked}"
    yield "Told by this process since it started:"
    yield from (f"  {tier}: {told(tier)}" for tier in TIERS)
