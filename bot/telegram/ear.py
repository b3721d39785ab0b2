"""The way in: updates, as they come, to the turn loop."""

import logging
from collections.abc import Callable, Iterable

from bot import metrics
from bot.heard import Hasty, Heard, Item, Parked
from bot.telegram.flood import Flood
from bot.telegram.read import GroupCall, Ignored, Unreadable, read, update_id
from bot.telegram.stats import Stats
from bot.telegram.wire import TelegramWire
from bot.way import Parts

LOG = logging.getLogger(__name__)


class Ear:
    def __init__(
        self,
        parts: Parts,
        wire: TelegramWire,
        to_group: Callable[[int], None],
        username: str,
        stats: Stats,
        *,
        flood: Flood | None,
    ) -> None:
        """*flood* is None where everybody may say as much as they like."""
        self._loop = parts.loop
        self._wire = wire
        self._to_group = to_group
        self._now = parts.now
        self._username = username
        self._stats = stats
        self._flood = flood

    async def take(self, updates: Iterable[object]) -> None:
        """Returns when all of *updates* is kept: now they may be confirmed."""
        updates = list(updates)
        for update in updates:
            metrics.count_update(update)
        items = [item for update in updates if (item := self._item(update))]
        waiting = [(item, self._loop.put(item)) for item in items]
        for item, kept in waiting:
            toast = await kept
            if isinstance(item, Heard) and item.query_id:
                self._wire.answer(item.query_id, toast)

    def _item(self, update: object) -> Item | None:
        """What the turn loop is to hear of *update*.  What cannot be read blocks nobody."""
        try:
            heard = read(update, int(self._now()), self._username)
        except Unreadable as error:
            LOG.warning("an update is parked: %s", error, extra={"update": update_id(update)})
            return Parked(update_id(update), str(error))
        except Exception as error:
            LOG.exception("an update met a bug, and is parked", extra={"update": update_id(update)})
            return Parked(update_id(update), type(error).__name__)
        match heard:
            case GroupCall():
                self._to_group(heard.chat_id)
                return None
            case Ignored():
                return None
            case Heard() if self._stats.is_asked(heard):
                self._stats.tell(heard.chat_id)
                return None
            case Heard() if self._flood and self._flood.is_too_much(heard):
                return self._let_go(heard, self._flood)
        return heard

    def _let_go(self, heard: Heard, flood: Flood) -> Item | None:
        if heard.query_id:
            self._wire.answer(heard.query_id, "")
        return Hasty(heard.chat_id) if flood.is_to_be_told(heard.chat_id) else None
