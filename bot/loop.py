"""The turn loop: whatever waits, of many chats, is taken as one transaction.

Keep first, speak second.  Who waits for an item is told when it has been kept, and not before.
If the process dies in between, the update comes again or the screen is still owed.
"""

import asyncio
import logging
import math
import secrets
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from dataclasses import replace
from itertools import count
from typing import TypeVar

from bot import metrics, unread
from bot.backoff import backoff
from bot.heard import Heard, Item, Mark, Parked, Rang
from bot.rates import Pace
from bot.ticks import ticks
from bot.traces import Traces
from bot.turns import Turns, take
from data.library import Library
from data.seal import Unreadable
from data.store import Store, StoreAway
from data.transaction import Row, Transaction

LOG = logging.getLogger(__name__)

MOST = 256  # items in a transaction: the last of them should not wait long
MANY = 4 * MOST  # that wait: some of them may have gone
MOUTHFUL = 4_096  # characters read of one person in a transaction: Telegram's longest message
MEAL = 4 * MOUTHFUL  # and of all together: about a tenth of a second
LAZY = 0.05  # seconds that a mark may wait to ride on another; till then it may be said twice
PAUSE = 2.0  # the longest, in seconds, between two tries: somebody may be in trouble

T = TypeVar("T")
Waiting = tuple[Item, asyncio.Future[str], float]  # and since when, by the loop's time


class Loop:
    def __init__(
        self,
        store: Store,
        library: Library,
        now: Callable[[], float],
        owe: Callable[[Row, bool], None],
        alarm_set: Callable[[int], None],
        *,
        look_again: Callable[[], None],
        say: Callable[[int, str, bool], None] = lambda *_: None,
        traces: Traces | None = None,
    ) -> None:
        """*look_again* is called when something may be owed of which nobody here was told.

        *say* says a line to a chat that has no screen, and whether it is to get care now.
        """
        self._store = store
        self._library = library
        self._now = now
        self._owe = owe
        self._alarm_set = alarm_set
        self._look_again = look_again
        self._say = say
        self._traces = traces
        self._waiting: list[Waiting] = []
        self._marks: dict[int, Mark] = {}
        self._marks_in_flight: dict[int, Mark] = {}  # in a transaction that is not over yet
        self._wake = asyncio.Event()
        self._lazy: asyncio.TimerHandle | None = None
        self._closing = False
        self._unreadable: set[int] = set()  # of whom the operator was told, till they are read
        self._told = Pace(unread.TOLD, 1)  # what went wrong, to those who are not read
        self._heard_at = -math.inf  # when somebody last said anything, by the loop's time
        self._stuck_since: float | None = None  # when the database last did not take anything

    @property
    def waiting(self) -> int:
        """How many items wait to be kept."""
        return len(self._waiting)

    def stuck_for(self) -> float:
        """For how many seconds nothing could be kept; 0 if the last could."""
        since = self._stuck_since
        return 0.0 if since is None else ticks() - since

    def quiet_for(self) -> float:
        """For how many seconds nobody has said anything."""
        return ticks() - self._heard_at

    def put(self, item: Item) -> asyncio.Future[str]:
        """Have *item* heard.  Done when it is kept; the result is said over the screen.

        Who cannot wait any longer cancels it; then it need not be kept.
        """
        if len(self._waiting) > MANY:
            self._waiting = [waiting for waiting in self._waiting if not waiting[1].done()]
        kept: asyncio.Future[str] = asyncio.get_running_loop().create_future()
        at = ticks()
        if isinstance(item, Heard):
            self._heard_at = at
            item = with_id(item)
        self._waiting.append((item, kept, at))
        self._wake.set()
        return kept

    def mark(self, mark: Mark) -> None:
        """Keep *mark* with the next transaction; at once, or soon."""
        self._marks[mark.chat_id] = mark
        if mark.erased or mark.at_once:
            self._wake.set()
        elif self._lazy is None:
            self._lazy = asyncio.get_running_loop().call_later(LAZY, self._wake.set)

    async def owed(self, after: int, most: int) -> tuple[list[Row], int | None]:
        """Chats above *after* that are owed a screen, and the last id read; None: no more."""
        await self.keep_marks()
        rows, last = await self._patiently(lambda t: t.owed(after, most, self._note_unreadable))
        self._note_read(row.chat_id for row in rows)
        return [row for row in rows if not self._is_spoken(row)], last

    def _is_spoken(self, row: Row) -> bool:
        """Whether it is, and that is only not written down yet."""
        marks = (found.get(row.chat_id) for found in (self._marks, self._marks_in_flight))
        return any(mark is not None and mark.turn == row.chat.turn for mark in marks)

    async def keep_marks(self) -> None:
        """Write down now what was spoken so far."""
        while self._marks:
            await self._turn([])

    async def run(self) -> None:
        """Take turns until `close` is called and nothing waits any more."""
        while self._waiting or self._marks or not self._closing:
            await self._wake.wait()
            if not self._closing:
                self._wake.clear()
            await self._turn(self._next())
            if self._waiting:
                self._wake.set()

    def close(self) -> None:
        self._closing = True
        self._wake.set()

    def _next(self) -> list[Waiting]:
        batch, self._waiting = portion(self._waiting)
        return [waiting for waiting in batch if not waiting[1].done()]

    async def _turn(self, batch: list[Waiting]) -> None:
        marks = self._take_marks()
        if not batch and not marks:
            return
        try:
            turns = await self._keep([item for item, *_ in batch], marks)
        except Unreadable:  # whose it is comes out below
            await self._one_by_one(batch, marks)
        except Exception:
            LOG.exception("a batch of %d failed: its items are taken one by one", len(batch))
            await self._one_by_one(batch, marks)
        else:
            self._tell(batch, turns)
        finally:
            self._marks_in_flight = {}

    def _take_marks(self) -> list[Mark]:
        marks = list(self._marks.values())
        self._marks, self._marks_in_flight = {}, self._marks
        if self._lazy:
            self._lazy.cancel()
            self._lazy = None
        return marks

    async def _keep(self, items: Sequence[Item], marks: Iterable[Mark]) -> Turns:
        at = int(self._now())
        return await self._patiently(lambda t: take(t, items, marks, self._library, at))

    async def _patiently(self, work: Callable[[Transaction], T]) -> T:
        """Do *work* as one transaction, as soon as the database is there.

        A try that has failed may have been kept all the same, when the line broke before we were
        told.  Then the next one takes no turn again: what was heard has an id that is known now,
        an alarm is not set any more; and what is owed is only in the database.
        """
        for tries in count():
            try:
                done = await self._store.run(work)
            except StoreAway as away:
                self._note_away(away)
            else:
                self._stuck_since = None
                if tries:
                    self._look_again()
                    self._alarm_set(int(self._now()))
                return done
            await asyncio.sleep(backoff(tries, 0.1, PAUSE))
        raise AssertionError("count() has no end")

    def _note_away(self, away: StoreAway) -> None:
        metrics.AWAY.inc()
        if self._stuck_since is None:
            self._stuck_since = ticks()
        if away.needs_somebody:
            LOG.error("NOTHING CAN BE KEPT, so nobody is answered: %s", away)
        else:
            LOG.warning("the database is away: %s", away)

    async def _one_by_one(self, batch: list[Waiting], marks: Iterable[Mark]) -> None:
        """Keep what can be kept of a batch that cannot be kept whole, and park the rest."""
        for mark in marks:
            with suppress(Exception):  # a screen whose mark is lost is spoken once more
                await self._keep([], [mark])
        for item, kept, since in batch:
            try:
                turns = await self._keep([item], [])
            except Unreadable as error:
                self._note_unreadable(item.chat_id, error)
                turns = await self._keep([_parked_alone(item, "Unreadable")], [])
                self._answer_unread(item)
            except Exception as error:
                LOG.exception("one item failed, and is parked")
                turns = await self._parked(item, type(error).__name__)
            self._tell([(item, kept, since)], turns)

    async def _parked(self, item: Item, reason: str) -> Turns:
        """Park an item, and tell its person; or not even that, where that meets a bug, too."""
        try:
            return await self._keep([_parked(item, reason)], [])
        except Exception:
            LOG.exception("its chat cannot be touched", extra={"chat": item.chat_id})
            turns = await self._keep([_parked_alone(item, reason)], [])
            self._answer_unread(item)
            return turns

    def _note_unreadable(self, chat_id: int, error: Unreadable) -> None:
        """Tell the operator, once until it is read again: its alarms ring again and again."""
        if chat_id not in self._unreadable:
            self._unreadable.add(chat_id)
            metrics.UNREADABLE.set(len(self._unreadable))
            LOG.error(
                "A CHAT CANNOT BE READ: %s.  It is kept as it is.  Its person is told that"
                " something went wrong, and what they say is parked, until a version runs that can"
                " read it",
                error,
                extra={"chat": chat_id},
            )

    def _note_read(self, chat_ids: Iterable[int]) -> None:
        self._unreadable.difference_update(chat_ids)
        metrics.UNREADABLE.set(len(self._unreadable))

    def _answer_unread(self, item: Item) -> None:
        """Say to who wrote it what can be said without their chat."""
        if not isinstance(item, Heard):
            return
        try:
            line, is_urgent = unread.answer(item.event, self._library.book(""))
        except Exception:
            LOG.exception("its person cannot be told", extra={"chat": item.chat_id})
            return
        now = self._now()
        if not is_urgent and self._told.wait(item.chat_id, now) > 0:
            return
        if not is_urgent:
            self._told.count(item.chat_id, now)
        self._say(item.chat_id, line, is_urgent)

    def _tell(self, batch: list[Waiting], turns: Turns) -> None:
        now = ticks()
        metrics.count_turns(turns, [now - since for *_, since in batch])
        self._note_read(turns.changed)
        if self._traces:
            items, _, since = zip(*batch, strict=True) if batch else ((), (), ())
            self._traces.kept(items, since, self._store)
        for (_, kept, _), toast in zip(batch, turns.toasts, strict=True):
            if not kept.done():
                kept.set_result(toast)
        for chat_id, row in turns.changed.items():
            self._owe(row, chat_id in turns.replies)
        if turns.soonest is not None:
            self._alarm_set(turns.soonest)


def with_id(heard: Heard) -> Heard:
    """*heard* with an id by which it is known when it is tried again, as an update has one."""
    if heard.update_id is not None:
        return heard
    return replace(heard, update_id=1 + secrets.randbelow(2**53))


def portion(waiting: Sequence[Waiting]) -> tuple[list[Waiting], list[Waiting]]:
    """What is taken at once, and what is left for the next time.

    Who writes pages is read in full, a page at a time: nobody else waits for all of them.
    """
    batch: list[Waiting] = []
    later: list[Waiting] = []
    read: Counter[int] = Counter()  # characters, by chat; of who waits, more than any
    total = 0
    for place, one in enumerate(waiting):
        item = one[0]
        words = len(item.event.value) if isinstance(item, Heard) else 0
        if len(batch) == MOST or (batch and total + words > MEAL):
            return batch, later + list(waiting[place:])
        if read[item.chat_id] and read[item.chat_id] + words > MOUTHFUL:
            read[item.chat_id] = MOUTHFUL + 1  # what it said after that waits, too
            later.append(one)
            continue
        read[item.chat_id] += words
        total += words
        batch.append(one)
    return batch, later


def _parked(item: Item, reason: str) -> Parked:
    match item:
        case Heard():
            return Parked(item.update_id or 0, reason, item.chat_id)
        case Rang():
            return Parked(0, reason, item.chat_id, item.due.alarm.kind)
    return Parked(0, reason)


def _parked_alone(item: Item, reason: str) -> Parked:
    """*item* without its chat, which is not touched: its person is not told, its alarm stays."""
    return Parked(_parked(item, reason).update_id, reason)
