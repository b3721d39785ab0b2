"""A batch of turns as one transaction: read the chats, step each in order, write them.

Runs in the store's thread.  Nothing in here waits, sends, or knows of Telegram.

 1. An update that was heard before counts as done.
 2. An alarm is heard only if it is still set, as it was when it was due.
 3. A step that raises is a bug: its event is parked, and the chat's screen is shown again.
 4. What is not heard changes nothing but when the chat fades, and is answered all the same.
 5. A chat on the page may have a clock of its own.  In here is the border: an event comes in by
    our clock and is heard by the chat's, an alarm is set by the chat's and kept by ours.
"""

import logging
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from bot import metrics
from bot.chats import is_page
from bot.heard import Again, Hasty, Heard, Item, Mark, Parked, Presence, Rang
from data.library import Library
from data.rows import by_our_clock, changed_alarms
from data.transaction import SAID, Due, Line, Row, Transaction
from flows import Chat, Event, Outcome, alarms, step
from flows.book import Book

LOG = logging.getLogger(__name__)


@dataclass(slots=True)
class Turns:
    """What a batch comes to."""

    toasts: list[str] = field(default_factory=list)  # by item: what to say over the screen
    changed: dict[int, Row] = field(default_factory=dict)  # chats whose screen may be owed now
    replies: set[int] = field(default_factory=set)  # those who wait for it
    soonest: int | None = None  # when the first of the alarms is due that were set
    outcomes: list[str] = field(default_factory=list)  # what came of each item, to be counted
    tiers: list[str] = field(default_factory=list)  # dispositions that were told
    read: list[str] = field(default_factory=list)  # what the guard made of typed words


def take(
    transaction: Transaction,
    items: Sequence[Item],
    marks: Iterable[Mark],
    library: Library,
    at: int,
) -> Turns:
    """Take the turns that *items* ask for, in order."""
    batch = _Batch(transaction, library, at)
    batch.open(items, tuple(marks))
    batch.turns.toasts = [batch.take(item) for item in items]
    batch.close()
    return batch.turns


class _Batch:
    """The chats of one transaction, while it lasts."""

    def __init__(self, transaction: Transaction, library: Library, at: int) -> None:
        self.transaction = transaction
        self.library = library
        self.at = at
        self.turns = Turns()
        self.rows: dict[int, Row] = {}
        self.ahead: dict[int, int] = {}  # by how much the clock of a chat is, if it was moved
        self.before: dict[int, Chat] = {}  # the chats as they were
        self.unsaved: dict[int, Row] = {}
        self.fresh: set[tuple[int, int]] = set()  # updates that were not heard before
        self.ringing: set[Due] = set()  # alarms that are set, of the chats that are to hear one
        self.rung: set[tuple[int, str]] = set()
        self.stale: set[tuple[int, str]] = set()  # of those that rang, what is not wanted so
        self.lines: list[Line] = []
        self.traceless: set[int] = set()  # chats whose log goes at once
        self.gone: set[int] = set()  # chats that go at once

    def open(self, items: Sequence[Item], marks: Sequence[Mark]) -> None:
        """Read all that is needed, and write down what was spoken."""
        heard = [item for item in items if isinstance(item, Heard)]
        met = {item.chat_id for item in items} | {mark.chat_id for mark in marks}
        self.rows = self.transaction.lock(met)
        if marks:
            self.apply(marks)
        strangers = {item.chat_id for item in heard} - self.rows.keys()
        if strangers:
            self.rows |= self.transaction.create(strangers)
        keys = {(item.chat_id, item.update_id) for item in heard if item.update_id is not None}
        if keys:
            self.fresh = self.transaction.hear(keys, self.at)
        due = {item.chat_id for item in items if isinstance(item, Rang)}
        if due:
            self.ringing = self.transaction.alarms(due)
        moved = [chat_id for chat_id in met if is_page(chat_id)]
        if moved:
            self.ahead = self.transaction.ahead(moved)
        self.before = {chat_id: row.chat for chat_id, row in self.rows.items()}

    def apply(self, marks: Sequence[Mark]) -> None:
        """A mark counts while the chat stands where it stood when its screen was spoken."""
        erased = []
        for mark in marks:
            row = self.rows.get(mark.chat_id)
            if row is None or row.chat.turn != mark.turn:
                continue
            if mark.erased:
                erased.append(mark.chat_id)
                continue
            self.unsaved[mark.chat_id] = row
            if mark.paused:
                row.paused = True
            elif row.notice == mark.notice:
                row.shown, row.message_id = mark.turn, mark.message_id
                row.edit_id, row.notice = None, ""
        self.transaction.erase(erased)
        for chat_id in erased:
            del self.rows[chat_id]
        self.transaction.delay_alarms([mark.hold for mark in marks if mark.hold])

    def close(self) -> None:
        """Write all that has changed: after most turns, the chat alone."""
        wanted = self.set_anew() if self.stale else set()
        for chat_id, row in self.unsaved.items():
            wanted |= self.compare(chat_id, self.before[chat_id], row.chat)
        set_anew = {(due.chat_id, due.alarm.kind) for due in wanted}  # that takes their place
        self.transaction.drop_alarms(self.rung - set_anew)
        self.transaction.set_alarms(wanted)
        self.transaction.forget_log(self.traceless)
        self.transaction.log(self.lines)
        self.transaction.save(self.unsaved.values())
        self.transaction.erase(self.gone)
        self.turns.soonest = min((due.alarm.due for due in wanted), default=None)

    def compare(self, chat_id: int, before: Chat, after: Chat) -> set[Due]:
        """The alarms that are new; those that are not wanted any more have rung."""
        if after is before:
            return set()
        over, new = changed_alarms(chat_id, before, after, self.ahead.get(chat_id, 0))
        self.rung |= over
        return new

    def set_anew(self) -> set[Due]:
        """The alarms that have rung for a turn that is not wanted, while another of the kind is.

        So it is when the clocks of a zone have been changed since an alarm was set.
        """
        return {
            by_our_clock(chat_id, alarm, self.ahead.get(chat_id, 0))
            for chat_id, kind in self.stale
            for alarm in alarms(self.rows[chat_id].chat)
            if alarm.kind == kind
        }

    # One item

    def take(self, item: Item) -> str:
        """Take the turn that *item* asks for; what to say over the screen, if anything."""
        match item:
            case Heard():
                return self.hear(item)
            case Rang():
                self.ring(item)
            case Presence():
                self.meet(item)
            case Again():
                return self.welcome(item)
            case Hasty():
                self.slow_down(item)
            case Parked():
                self.park(item)
        return ""

    def hear(self, item: Heard) -> str:
        if item.update_id is not None:
            key = (item.chat_id, item.update_id)
            if key not in self.fresh:
                self.turns.outcomes.append("repeated")
                return ""
            self.fresh.remove(key)
        row = self.rows[item.chat_id]
        row.paused = False  # whoever writes has let the bot in again
        self.change(row, waits=True)
        outcome = self.step(row, item.event, item.update_id)
        if outcome is None:
            return ""
        if outcome.heard:
            self.keep(row, outcome, item.message_id)
            return ""
        row.chat = outcome.chat  # they were there: it fades later
        if item.is_tap:
            return self.refuse(row, item)
        again(row, outcome.notice)
        return ""

    def ring(self, item: Rang) -> None:
        if item.due not in self.ringing:
            return
        alarm = item.due.alarm
        self.rung.add((item.chat_id, alarm.kind))
        row = self.rows[item.chat_id]
        if not any((a.kind, a.turn) == (alarm.kind, alarm.turn) for a in alarms(row.chat)):
            self.stale.add((item.chat_id, alarm.kind))
            return  # the person was quicker
        looked_at = alarm.turn == row.chat.turn  # it answers the screen they have before them
        outcome = self.step(row, item.event, None)
        if outcome and outcome.heard:
            self.change(row, waits=looked_at)
            self.keep(row, outcome, None)

    def meet(self, item: Presence) -> None:
        row = self.rows.get(item.chat_id)
        if row:
            row.paused = not item.here
            self.change(row, waits=item.here)

    def welcome(self, item: Again) -> str:
        row = self.rows.get(item.chat_id)
        if row is None or row.chat.turn == 0:
            return ""
        again(row, "greeting")
        self.change(row, waits=True)
        return self.book(row).notices["greeting"]

    def slow_down(self, item: Hasty) -> None:
        row = self.rows.get(item.chat_id)
        if row and row.chat.turn:
            again(row, "hasty")
            self.change(row, waits=True)

    # One turn

    def step(self, row: Row, event: Event, update_id: int | None) -> Outcome | None:
        """What *event* comes to.  None: it met a bug, and is parked."""
        ahead = self.ahead.get(row.chat_id)
        if ahead:
            event = replace(event, at=event.at + ahead)
        try:
            outcome = step(row.chat, event, self.book(row))
        except Exception as error:
            LOG.exception(
                "the step failed, and is parked",
                extra={"update": update_id, "chat": row.chat_id},
            )
            self.park(Parked(update_id or 0, type(error).__name__, row.chat_id))
            return None
        self.count(event, outcome)
        return outcome

    def count(self, event: Event, outcome: Outcome) -> None:
        self.turns.outcomes.append("heard" if outcome.heard else "unheard")
        self.turns.tiers += metrics.told((r.what, r.disposition) for r in outcome.records)
        read = metrics.guard_tier(event.name, outcome.said, outcome.notice)
        if read:
            self.turns.read.append(read)

    def park(self, item: Parked) -> None:
        self.turns.outcomes.append("parked")
        self.transaction.park(item.chat_id, item.update_id, self.at, item.reason)
        if item.alarm:
            self.rung.add((item.chat_id, item.alarm))
        row = self.rows.get(item.chat_id)
        if row:
            again(row, "sorry")
            self.change(row, waits=True)

    def keep(self, row: Row, outcome: Outcome, edit_id: int | None) -> None:
        turn = outcome.chat.turn
        self.lines += [
            Line(row.chat_id, turn, number, self.at + self.ahead.get(row.chat_id, 0), record)
            for number, record in enumerate(outcome.records)
        ]
        row.chat, row.notice, row.edit_id = outcome.chat, outcome.notice, edit_id
        row.shown = max(row.shown, 0)  # what is to be said now was never said before
        if outcome.silent:  # the message that is there now shows what was: a tap on it is old
            row.shown, row.message_id = turn, None
        if row.chat.leaves_no_trace:
            self.traceless.add(row.chat_id)
            self.lines = [line for line in self.lines if line.chat_id != row.chat_id]
        if row.chat.leaves_no_trace and outcome.silent:  # nobody is told, so nothing is waited for
            self.gone.add(row.chat_id)
        else:  # whoever comes back in the same moment is to be answered
            self.gone.discard(row.chat_id)

    def refuse(self, row: Row, item: Heard) -> str:
        """Answer a button that means nothing now, and show what does, where that is not seen."""
        seen = item.message_id is not None and item.message_id == row.message_id
        if not row.owes and not seen:
            again(row, "")
            row.edit_id = item.message_id
        return self.book(row).notices["old_button"]

    def change(self, row: Row, *, waits: bool) -> None:
        self.unsaved[row.chat_id] = self.turns.changed[row.chat_id] = row
        if waits:
            self.turns.replies.add(row.chat_id)

    def book(self, row: Row) -> Book:
        return self.library.book(row.chat.language)


def again(row: Row, notice: str) -> None:
    """Have the screen spoken once more, as a new message, under *notice*."""
    if row.shown >= row.chat.turn:
        row.shown = SAID
    row.edit_id, row.notice = None, notice
