"""Speaks what is owed, and knows nothing of Telegram.

1. What is spoken is the screen of the chat as it is at that moment.
2. One send at a time for each chat, chats side by side.
3. Who is to be told to get care now comes first, then who is at the end of a hold, then who waits
   for an answer, then all others.
4. What has to be made for a screen is given up as soon as the chat moves on.
5. A person who cannot be reached is left alone; everything else is tried until it is spoken.
"""

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import suppress

from bot import metrics
from bot.backoff import backoff
from bot.chats import is_page
from bot.heard import Mark
from bot.lanes import EMERGENCIES, Lanes
from bot.marks import given_up, spoken
from bot.share import Share
from bot.slot import Slot
from bot.ticks import ticks
from bot.wire import Broken, CannotEdit, Elsewhere, Later, Refused, Wire, Wrong
from data.library import Library
from data.store import StoreAway
from data.transaction import Row
from flows import Screen, is_emergency, screen
from flows.book import Book

LOG = logging.getLogger(__name__)

MANY = 2000  # chats that wait in memory; of those who wait for no answer, more wait in the database
PAGE = 200
LOWEST = -(2**63)  # below every id of a chat
TRIES = 3  # of what the other end does not accept
FLOOD = 3  # this many chats refused within FLOOD_SECONDS: it is the bot that sends too much
FLOOD_SECONDS = 5.0
LONGEST = (1.0, 4.0, 4.0, 60.0)  # by lane: seconds, the longest between two tries
FRESH = 0.5  # seconds in which who waits for an answer is taken to have said nothing more
AGAIN = 1.0  # seconds until the database is asked again that was away

Owed = Callable[[int, int], Awaitable[tuple[list[Row], int | None]]]
Fill = Callable[[Screen, Row, Book], Awaitable[Screen]]
ReadAgain = Callable[[int], Awaitable[Row | None]]


class Sender:
    def __init__(
        self,
        wire: Wire,
        library: Library,
        fill: Fill,
        mark: Callable[[Mark], None],
        now: Callable[[], float],
        *,
        rate: int,
        share: Share | None = None,
        read_again: ReadAgain | None = None,
    ) -> None:
        """*share* and *read_again* are for when other processes are on the same database."""
        self._wire = wire
        self._library = library
        self._fill = fill
        self._mark = mark
        self._now = now
        self._read_again = read_again
        self._paced = Lanes(rate, self._go, share)
        self._free = Lanes(0, self._go)  # to the page: Telegram's limits are not its own
        self._slots: dict[int, Slot] = {}
        self._sends: set[asyncio.Task[None]] = set()
        self._floods: dict[int, float] = {}
        self._more = asyncio.Event()  # chats wait in the database
        self._room = asyncio.Event()
        self._quiet = asyncio.Event()  # cleared while somebody waits for it
        self._quiet.set()

    @property
    def waiting(self) -> int:
        """How many chats wait here to be spoken to."""
        return len(self._slots)

    def oldest(self) -> float:
        """How many seconds the one has waited that waits longest."""
        now = ticks()
        return max((now - slot.since for slot in self._slots.values()), default=0.0)

    def open(self) -> None:
        """Begin to speak."""
        self._paced.open()
        self._free.open()

    def owe(self, row: Row, waits: bool) -> None:
        """The chat is as *row* has it now; its screen is to be spoken, if it is owed at all."""
        slot = self._slots.get(row.chat_id)
        if slot and slot.making and slot.row is not row:
            slot.making.cancel()
        if not row.owes:
            if slot:
                slot.row = None
                self._forget(row.chat_id, slot)
                self._note_quiet()
        elif slot:
            hurry = waits and not slot.sending and not slot.told_to_wait
            slot.row, slot.first, slot.wrong = row, slot.first or waits, 0
            if hurry:
                self._lanes(row.chat_id).add(row.chat_id, slot.lane)
            elif not slot.sending:
                self._lanes(row.chat_id).move(row.chat_id, slot.lane)
        elif waits or len(self._slots) < MANY:
            self._add(row.chat_id, Slot(row, waits, ticks()))
        else:
            self._more.set()

    def say(self, chat_id: int, line: str, is_urgent: bool = False) -> None:
        """Say one line to a chat that has no screen; one that is urgent takes another's place."""
        slot = self._slots.get(chat_id)
        if slot is None and (is_urgent or len(self._slots) < MANY):
            self._add(chat_id, Slot(None, is_urgent, ticks(), line=line, is_urgent=is_urgent))
        elif slot and slot.row is None and is_urgent:
            slot.line, slot.is_urgent = line, True
            if not slot.sending:
                self._lanes(chat_id).move(chat_id, slot.lane)

    def look_for_more(self) -> None:
        """More is owed than this process knows of."""
        self._more.set()

    async def catch_up(self, owed: Owed) -> None:
        """Speak what is owed from before, page by page as there is room.  Runs for ever."""
        self._more.set()
        while True:
            await self._more.wait()
            self._more.clear()
            async for row in pages(owed):  # whoever is to get care now waits behind nobody
                if is_emergency(row.chat) and self._is_news(row):
                    self.owe(row, waits=True)
            async for row in pages(owed):
                if self._is_news(row):
                    await self._have_room()
                    self.owe(row, waits=False)

    def _is_news(self, row: Row) -> bool:
        """Whether nothing as new is on its way: another process, now gone, may have heard more."""
        slot = self._slots.get(row.chat_id)
        return slot is None or slot.row is None or slot.row.chat.turn < row.chat.turn

    async def settle(self, seconds: float) -> None:
        """Wait until all is spoken that can be, but no longer than *seconds*."""
        self._quiet.clear()
        self._note_quiet()
        with suppress(TimeoutError):
            await asyncio.wait_for(self._quiet.wait(), seconds)

    async def close(self, seconds: float) -> None:
        """Speak what can be spoken within *seconds*, and leave."""
        await self.settle(seconds)
        self._paced.close()
        self._free.close()
        for send in self._sends:
            send.cancel()
        await asyncio.gather(*self._sends, return_exceptions=True)

    # One send

    def _add(self, chat_id: int, slot: Slot) -> None:
        self._slots[chat_id] = slot
        self._lanes(chat_id).add(chat_id, slot.lane)

    def _lanes(self, chat_id: int) -> Lanes:
        return self._free if is_page(chat_id) else self._paced

    def _go(self, chat_id: int) -> None:
        slot = self._slots[chat_id]
        slot.sending, slot.told_to_wait = True, False
        send = asyncio.create_task(self._send(chat_id, slot))
        self._sends.add(send)
        send.add_done_callback(self._sends.discard)

    async def _send(self, chat_id: int, slot: Slot) -> None:
        row, line = slot.row, slot.line
        try:
            again = await self._look_again(chat_id, slot) if self._is_old(slot) else None
            row = slot.row
            if again is None and (row or slot.line):
                again = await self._try(chat_id, slot)
        except Exception:
            LOG.exception("a screen could not be made")
            again = self._not_made(slot)
        slot.sending = False
        if again is None and (slot.row is not row or slot.line != line):
            again, slot.since = 0.0, ticks()  # the chat has changed meanwhile
        if again is None or (slot.row is None and not slot.line):
            slot.row = None
            self._forget(chat_id, slot)
        else:
            self._lanes(chat_id).add(chat_id, slot.lane, again)
        self._note_quiet()

    def _is_old(self, slot: Slot) -> bool:
        """Whether another process may have heard the person while their screen waited here."""
        if self._read_again is None or slot.row is None:
            return False
        return not slot.first or bool(slot.tries) or ticks() - slot.since >= FRESH

    async def _look_again(self, chat_id: int, slot: Slot) -> float | None:
        """See what is owed by now.  In how many seconds to try again, if that is not known."""
        row = slot.row
        assert self._read_again, "else none is old"
        assert row, "else none is old"
        try:
            now_owed = await self._read_again(chat_id)
        except StoreAway:  # who is to get care now waits for no database
            return None if slot.lane == EMERGENCIES else AGAIN
        is_the_same = now_owed is not None and now_owed.chat.turn == row.chat.turn
        if slot.row is row and not is_the_same:
            slot.row = now_owed
        return None

    async def _try(self, chat_id: int, slot: Slot) -> float | None:
        """Speak.  None: that is settled.  Else in how many seconds to try again."""
        row = slot.row
        try:
            if row is None:
                with metrics.Sending(slot.kind, ticks() - slot.since):
                    await self._wire.say(chat_id, slot.line)
            else:
                shown = await self._shown(slot, row)
                if shown is None:
                    return None
                with metrics.Sending(slot.kind, ticks() - slot.since):
                    message_id = await self._speak(row, shown)
                self._mark(spoken(row, message_id, self._now()))
        except CannotEdit:
            assert row, "only a screen is edited"
            row.edit_id = None
            return 0.0
        except Later as later:
            slot.tries += 1
            slot.told_to_wait = True
            self._flooded(chat_id, later.seconds)
            return later.seconds
        except Broken as broken:
            slot.tries += 1
            if slot.tries == TRIES:
                LOG.warning("a screen could not be sent for %d times (%s)", TRIES, broken)
            return backoff(slot.tries - 1, 0.25, LONGEST[slot.lane])
        except Refused:
            self._give_up(row, paused=True)
        except Elsewhere:
            LOG.debug("a screen is left for a process that reaches its person")
        except Wrong as wrong:
            return self._not_accepted(slot, row, wrong)
        return None

    async def _shown(self, slot: Slot, row: Row) -> Screen | None:
        """The screen of *row*, with what is made for it.  None: the chat moved on meanwhile."""
        book = self._library.book(row.chat.language)
        shown = screen(row.chat, book, row.notice)
        if shown.made is None:
            return shown
        slot.making = asyncio.ensure_future(self._fill(shown, row, book))
        try:
            await asyncio.wait([slot.making])
            return None if slot.making.cancelled() else slot.making.result()
        finally:
            slot.making.cancel()
            slot.making = None

    async def _speak(self, row: Row, shown: Screen) -> int | None:
        return await self._wire.speak(row.chat_id, shown, row.chat.turn, row.edit_id)

    # What came of it

    def _not_accepted(self, slot: Slot, row: Row | None, wrong: Wrong) -> float | None:
        slot.tries += 1
        slot.wrong += 1
        if slot.wrong < TRIES:
            return backoff(slot.wrong - 1, 0.5, 5)
        LOG.error("a screen was not accepted, and is given up: %s", wrong)
        self._give_up(row, paused=False)
        return None

    def _not_made(self, slot: Slot) -> float | None:
        """When to try again what met a bug.  At last it stays owed until the next start or turn."""
        slot.tries += 1
        slot.wrong += 1
        return backoff(slot.wrong - 1, 0.5, 5) if slot.wrong < TRIES else None

    def _give_up(self, row: Row | None, *, paused: bool) -> None:
        if row:
            self._mark(given_up(row, paused=paused))

    def _flooded(self, chat_id: int, seconds: float) -> None:
        now = ticks()
        recent = {chat: at for chat, at in self._floods.items() if at > now - FLOOD_SECONDS}
        self._floods = recent | {chat_id: now}
        if len(self._floods) >= FLOOD:
            LOG.warning("too much was sent: everybody waits %s seconds", seconds)
            self._paced.hold(seconds)

    # What is in memory

    def _forget(self, chat_id: int, slot: Slot) -> None:
        if slot.sending:
            return
        del self._slots[chat_id]
        self._lanes(chat_id).drop(chat_id)
        if len(self._slots) < MANY // 2:
            self._room.set()

    def _note_quiet(self) -> None:
        """All is spoken but what has failed before and waits to be tried again."""
        if not self._quiet.is_set() and all(slot.tries for slot in self._slots.values()):
            self._quiet.set()

    async def _have_room(self) -> None:
        self._room.clear()
        if len(self._slots) >= MANY // 2:
            await self._room.wait()


async def pages(owed: Owed) -> AsyncIterator[Row]:
    """All that is owed, read page by page."""
    rows, last = await owed(LOWEST, PAGE)
    while last is not None:
        for row in rows:
            yield row
        rows, last = await owed(last, PAGE)
