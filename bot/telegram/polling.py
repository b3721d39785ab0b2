"""Updates are fetched.  The offset moves when all that was fetched is kept, and not before.

Of several processes on one database, one fetches: see `bot/telegram/poller.py`.
"""

import asyncio
import logging
from collections.abc import Coroutine
from contextlib import suppress
from typing import Any

from bot import metrics
from bot.backoff import backoff
from bot.telegram.api import POLL, Api, TakenAway, Unchanged, WrongToken
from bot.telegram.ear import Ear
from bot.telegram.poller import Poller
from bot.telegram.read import ASKED_FOR, update_id
from bot.ticks import ticks
from bot.way import Parts
from bot.wire import Broken, CannotEdit, Later, Refused, Wrong

LOG = logging.getLogger(__name__)

_FAILED = (Broken, Refused, Wrong, CannotEdit, Unchanged, WrongToken)


class Polling:
    def __init__(self, api: Api) -> None:
        self._api = api
        self._ear: Ear | None = None
        self._poller: Poller | None = None
        self._offset = 0
        self._fetch: asyncio.Timeout | None = None  # while updates are asked for
        self._stopping = asyncio.Event()

    async def open(self, ear: Ear, parts: Parts, bot_id: int) -> None:
        """Telegram brings nothing to a web hook from here on; what waits there comes to us."""
        self._ear, self._poller = ear, Poller(parts.store, bot_id, self._let_be)
        hook = await self._api.call("getWebhookInfo")
        if hook.get("url"):
            await self._api.call("deleteWebhook")

    async def run(self) -> None:
        """Fetch, keep, confirm, until `stop` is called."""
        assert self._poller, "open() comes first"
        having = asyncio.create_task(self._poller.run())
        having.add_done_callback(self._end_with)
        try:
            await self._fetch_all(self._poller)
            if having.done():
                having.result()  # a bug in it stops the bot, and is no silence
        finally:
            having.cancel()
            await asyncio.gather(having, return_exceptions=True)
            await self._poller.give_back()

    async def _fetch_all(self, poller: Poller) -> None:
        assert self._ear, "open() comes first"
        while not self._stopping.is_set():
            if not poller.is_mine:
                self._offset = 0  # whoever fetched meanwhile has confirmed more
                await self._unless_stopped(poller.wait())
                continue
            updates = await self._patiently(poller)
            await self._ear.take(updates)
            offset = max(map(update_id, updates), default=-1) + 1
            if updates and offset <= self._offset:
                await self._pause(1)  # nothing here can be confirmed: not again at once
            self._offset = max(self._offset, offset)
        await self._confirm()

    def _end_with(self, having: asyncio.Task[None]) -> None:
        if not having.cancelled() and having.exception():
            self.stop()

    def stop(self) -> None:
        """Fetch no more.  What has been fetched is still kept and confirmed."""
        self._stopping.set()
        self._let_be()

    def _let_be(self) -> None:
        fetch, self._fetch = self._fetch, None  # once: one that is ending takes no other end
        if fetch:
            fetch.reschedule(ticks())

    async def _patiently(self, poller: Poller) -> list[object]:
        tries = 0
        while poller.is_mine and not self._stopping.is_set():
            try:
                updates = await self._get_updates()
            except Later as later:
                wait = later.seconds
            except TakenAway:
                LOG.warning("another program fetches this bot's updates: two cannot")
                wait = backoff(tries, 1, 10)
            except _FAILED as error:
                LOG.warning("Telegram does not answer (%s)", error)
                wait = backoff(tries, 0.5, 30)
            else:
                metrics.FETCHES.set(int(poller.is_mine))
                return updates
            metrics.FETCHES.set(0)  # nobody is heard, however well all else is
            tries += 1
            await self._pause(wait)
        return []

    async def _pause(self, seconds: float) -> None:
        """Wait, but not when it is time to stop."""
        await self._unless_stopped(asyncio.sleep(seconds))

    async def _unless_stopped(self, waiting: Coroutine[Any, Any, None]) -> None:
        tasks = asyncio.create_task(waiting), asyncio.create_task(self._stopping.wait())
        try:
            await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for task in tasks:
                task.cancel()

    async def _get_updates(self) -> list[object]:
        try:
            async with asyncio.timeout(None) as self._fetch:
                updates = await self._api.call(
                    "getUpdates", offset=self._offset, timeout=POLL, allowed_updates=ASKED_FOR
                )
        except TimeoutError:
            return []  # it is time to stop, or to let another process fetch
        finally:
            self._fetch = None
        if not isinstance(updates, list):
            raise Broken("the updates are not a list")
        return updates

    async def _confirm(self) -> None:
        """Tell Telegram what has been kept; else it would come once more at the next start."""
        if self._offset:
            with suppress(Exception):
                call = self._api.call("getUpdates", offset=self._offset, timeout=0, limit=1)
                await asyncio.wait_for(call, 3)
