"""All that can be read and written in one transaction."""

from collections.abc import Callable, Collection, Iterable, Sequence
from typing import Any

from sqlalchemy import Connection

from data import processes
from data import statements as do
from data.counts import Counts, count
from data.lately import Lately
from data.migrate import is_current
from data.names import Names
from data.rows import (
    SAID,
    Due,
    Line,
    Row,
    columns_of,
    columns_of_line,
    lane_of,
    line_of,
    open_chat,
    open_names,
    row_of,
    seal_chat_anew,
    seal_line_anew,
    seal_names,
)
from data.seal import Ring, Unreadable, WrongKey
from data.straight import Straight
from data.tables import LANES
from flows import Alarm, Chat
from flows.reminders.when import SPREAD

LOWEST = -(2**63) + 1  # below it is no id of a chat

__all__ = ["SAID", "Due", "Line", "Row", "Transaction"]


class Transaction:
    def __init__(
        self,
        connection: Connection,
        ring: Ring,
        me: int = 0,
        straight: Straight | None = None,
        lately: Lately | None = None,
        *,
        least: int = LOWEST,
    ) -> None:
        """*me* is this process, among those on the database; *straight* is by *connection*.

        It speaks to chats from *least* on: it does not reach those below.
        """
        self._connection = connection
        self._straight = straight or Straight(connection)
        self._ring = ring
        self._lately = lately or Lately(ring)
        self._me = me
        self._least = least
        self._dialect = connection.dialect.name
        self.has_erased = False

    # Chats

    def lock(self, chat_ids: Collection[int]) -> dict[int, Row]:
        """The chats that there are of these, nobody else's until the transaction ends."""
        if len(chat_ids) == 1:
            found = self._straight.ask(do.LOCK_ONE, {"key": next(iter(chat_ids))})
        else:
            found = self._straight.ask_of(do.LOCK, "chat_ids", sorted(chat_ids))
        return {row[0]: self._lately.row_of(row) for row in found}

    def create(self, chat_ids: Iterable[int]) -> dict[int, Row]:
        """The chats of people who are new here."""
        blank = [columns_of(Row(chat_id, Chat()), self._ring) for chat_id in sorted(chat_ids)]
        for columns in blank:
            columns["chat_id"] = columns.pop("key")
        self._straight.do(do.CREATE[self._dialect], blank)
        return self.lock([columns["chat_id"] for columns in blank])

    def save(self, rows: Iterable[Row]) -> None:
        """Keep *rows* as they are now; what they owe is for this process to speak, if it can."""
        kept = [self._lately.columns_of(row) | {"speaker": self._speaker(row)} for row in rows]
        self._straight.do(do.SAVE, kept)

    def _speaker(self, row: Row) -> int:
        return self._me if row.owes and row.chat_id >= self._least else 0

    def erase(self, chat_ids: Iterable[int]) -> None:
        """Leave nothing of these chats: what belongs to a chat goes with its row."""
        keys = [{"key": chat_id} for chat_id in chat_ids]
        self.has_erased |= bool(keys)
        for key in keys:
            self._lately.forget(key["key"])
        self._straight.do(do.ERASE, keys)
        self._straight.do(do.ERASE_PARKED, keys)

    def owed(
        self, after: int, most: int, left_out: Callable[[int, Unreadable], None] = lambda *_: None
    ) -> tuple[list[Row], int | None]:
        """Chats whose screen has still to be spoken, in order of id, those above *after*.

        And the last id that was looked at; None: there are no more.  They are this process's to
        speak from now on.  Those of another that lives are left out; so is what cannot be read,
        and *left_out* is told whose it is, and why.
        """
        from_here = max(after, self._least - 1)
        given = {"after": from_here, "most": most, "others": list(self.others())}
        found = self._connection.execute(do.OWED, given).all()
        taken = [row[0] for row in found if row[-1] != self._me]
        if taken:
            self._connection.execute(do.TAKE_OVER, {"chat_ids": taken, "me": self._me})
        rows = []
        for row in found:
            try:
                rows.append(row_of(row[:-1], self._ring))
            except Unreadable as error:  # all others are spoken all the same
                left_out(row[0], error)
        return rows, found[-1][0] if found else None

    def is_any_left_behind(self) -> bool:
        """Whether a screen is owed that only a process had to speak which is gone."""
        given = {"others": list(self.others()), "me": self._me, "least": self._least}
        return self._connection.execute(do.LEFT_BEHIND, given).first() is not None

    def count_owed(self, most: int) -> int:
        """How many chats are owed a screen, whoever is to speak it, counted up to *most*."""
        return int(self._connection.execute(do.COUNT_OWED, {"most": most}).scalar_one())

    def overview(self, now: int) -> Counts:
        return count(self._connection, now)

    def is_current(self) -> bool:
        """Whether the tables are of the version that this program knows."""
        return is_current(self._connection)

    def still_owed(self, chat_id: int) -> Row | None:
        """The chat, if its screen has still to be spoken and this process is to do it."""
        found = self._connection.execute(do.STILL_OWED, {"key": chat_id, "me": self._me}).first()
        return row_of(found, self._ring) if found else None

    # Other processes

    def others(self) -> set[int]:
        return processes.others(self._connection, self._me)

    def take_sends(self, seconds: float) -> float:
        return processes.take_sends(self._connection, seconds)

    def take_poll(self, bot_id: int, seconds: float) -> bool:
        return processes.take_poll(self._connection, self._me, bot_id, seconds)

    def give_poll_back(self, bot_id: int) -> None:
        processes.give_poll_back(self._connection, self._me, bot_id)

    # Everything

    def everything(self, chat_id: int) -> dict[str, list[dict[str, Any]]]:
        """All that is kept about a chat, by table, with what was sealed opened."""
        opened: dict[str, Callable[[Any], object]] = {
            "chats": lambda row: open_chat(chat_id, row.body, self._ring),
            "log": lambda row: line_of(row, self._ring).record,
        }
        kept = {}
        for table, statement in do.ALL_OF.items():
            rows = self._connection.execute(statement, {"key": chat_id}).all()
            kept[table] = [dict(row._mapping) for row in rows]  # noqa: SLF001 - public, by its docs
            for row, columns in zip(rows, kept[table], strict=True):
                if "body" in columns:
                    columns["body"] = opened[table](row)
                if "kind" in columns:
                    columns["kind"] = self._names.show(chat_id, columns["kind"])
        return kept

    def counts(self) -> dict[str, int]:
        """How many rows each table has."""
        return {
            table: self._connection.execute(statement).scalar_one()
            for table, statement in do.COUNTS.items()
        }

    # Updates

    def hear(self, keys: Collection[tuple[int, int]], at: int) -> set[tuple[int, int]]:
        """Which of these (chat, update) were not heard before.  From now on they were."""
        new = [{"chat_id": chat, "update_id": update, "at": at} for chat, update in sorted(keys)]
        if len(new) == 1:
            return set(keys) if self._straight.count(do.HEAR_ONE[self._dialect], new[0]) else set()
        found = self._straight.ask_each(do.HEAR[self._dialect], new)
        return {(row[0], row[1]) for row in found}

    def forget_updates(self, before: int) -> None:
        """Neither that they were heard is known any more, nor those parked without a chat."""
        self._connection.execute(do.FORGET_UPDATES, {"before": before})
        self._connection.execute(do.FORGET_PARKED, {"before": before})

    def park(self, chat_id: int, update_id: int, at: int, reason: str) -> None:
        row = {"chat_id": chat_id, "update_id": update_id, "at": at, "reason": reason}
        self._connection.execute(do.PARK[self._dialect], row)

    # Log

    def log(self, lines: Iterable[Line]) -> None:
        self._straight.do(do.LOG, [columns_of_line(line, self._ring) for line in lines])

    def lines(self, chat_id: int) -> list[Line]:
        """The log of a chat, from its beginning."""
        found = self._connection.execute(do.LINES, {"key": chat_id})
        return [line_of(row, self._ring) for row in found]

    def forget_log(self, chat_ids: Iterable[int]) -> None:
        keys = [{"key": chat_id} for chat_id in chat_ids]
        self.has_erased |= bool(keys)
        self._straight.do(do.FORGET_LOG, keys)

    # Media

    def files(self, bot_id: int) -> dict[str, str]:
        """The ids of what this bot has uploaded, by the hash of the content."""
        found = self._connection.execute(do.FILES, {"bot": bot_id})
        return {row[0]: row[1] for row in found}

    def keep_file(self, bot_id: int, hash: str, file_id: str) -> None:
        row = {"bot_id": bot_id, "hash": hash, "file_id": file_id}
        self._connection.execute(do.KEEP_FILE[self._dialect], row)

    # Alarms

    def alarms(self, chat_ids: Iterable[int]) -> set[Due]:
        found = self._straight.ask_of(do.ALARMS, "chat_ids", sorted(chat_ids))
        return {self._due(row) for row in found}

    def claim(
        self, lane: int, now: int, most: int, lease: int, *, spread: bool = False
    ) -> list[Due]:
        """Up to *most* alarms of *lane* that are due, for *lease* seconds nobody else's.

        If they *spread*, each comes somewhere in its slack.
        """
        terms = {"of_lane": lane, "now": now, "most": most, "until": now + lease}
        found = self._connection.execute(do.CLAIM_SPREAD if spread else do.CLAIM, terms)
        return sorted((self._due(row) for row in found), key=lambda due: due.alarm.due)

    def soonest_by_lane(self, now: int) -> dict[int, int]:
        """When the next alarm of each lane is due that nobody has claimed; a lane may have none."""
        found = self._connection.execute(do.SOONEST, {"now": now}).one()
        return {lane: due for lane, due in zip(LANES, found, strict=True) if due is not None}

    def soonest(self, now: int) -> int | None:
        """When the next alarm is due that nobody has claimed."""
        return min(self.soonest_by_lane(now).values(), default=None)

    def free_alarms(self, now: int) -> None:
        """Whatever is due is claimed by nobody any more."""
        self._connection.execute(do.FREE_ALARMS, {"now": now})

    def hasten(self, now: int, far: int) -> None:
        """Let holds be over now that would end after *far*."""
        self._connection.execute(do.HASTEN, {"at": now, "far": far})

    def due_with_slack(self, now: int, most: int) -> int:
        """How many that may come later fell due of late, counted up to *most*."""
        terms = {"now": now, "since": now - SPREAD * 60, "most": most}
        return int(self._connection.execute(do.CROWD, terms).scalar_one())

    def set_alarms(self, wanted: Iterable[Due]) -> None:
        rows = [
            {
                "chat_id": d.chat_id,
                "kind": self._names.hide(d.chat_id, d.alarm.kind),
                "due_at": d.alarm.due,
                "turn": d.alarm.turn,
                "slack": d.alarm.slack,
                "lane": lane_of(d.alarm.kind),
            }
            for d in wanted
        ]
        self._straight.do(do.SET_ALARM[self._dialect], rows)

    def drop_alarms(self, unwanted: Iterable[tuple[int, str]]) -> None:
        rows = [{"key": c, "of_kind": self._names.hide(c, kind)} for c, kind in unwanted]
        self._straight.do(do.DROP_ALARM, rows)

    def delay_alarms(self, delayed: Iterable[Due]) -> None:
        """Move these alarms to a later time, where they are still set for the same turn."""
        rows = [
            {
                "key": d.chat_id,
                "of_kind": self._names.hide(d.chat_id, d.alarm.kind),
                "at_turn": d.alarm.turn,
                "due": d.alarm.due,
            }
            for d in delayed
        ]
        self._straight.do(do.DELAY_ALARM, rows)

    # The clocks of chats on the page

    def ahead(self, chat_ids: Iterable[int]) -> dict[int, int]:
        """How many seconds the clocks of these chats are ahead, where they were moved."""
        found = self._connection.execute(do.AHEAD, {"chat_ids": sorted(chat_ids)})
        return {row[0]: row[1] for row in found}

    def move_clock(self, chat_id: int, seconds: int) -> None:
        """Let *seconds* go by for one chat, if it is kept, and nobody else."""
        moved = {"key": chat_id, "ahead": seconds}
        self._connection.execute(do.MOVE_CLOCK[self._dialect], moved)
        self._connection.execute(do.MOVE_ALARMS, {"key": chat_id, "seconds": seconds})

    # Keys

    def note_key(self) -> None:
        """From now on the newest key seals.  Raises WrongKey where one is missing that has."""
        known = {row[0]: row[1] for row in self._connection.execute(do.KEYS)}
        for id in known.keys() - set(self._ring.ids):
            raise WrongKey(f"what is kept was sealed with key {id}, which is not there")
        secret = open_names(next(iter(known.values())), self._ring)
        if self._ring.newest not in known:
            new = {"id": self._ring.newest, "names": seal_names(secret, self._ring)}
            self._connection.execute(do.NOTE_KEY[self._dialect], new)

    def known_keys(self) -> set[str]:
        """The ids of the keys that have sealed what is here."""
        return set(self._connection.execute(do.KEYS).scalars())

    @property
    def _names(self) -> Names:
        if self._ring.names is None:
            self.note_key()
        assert self._ring.names, "whoever notes a key learns them"
        return self._ring.names

    def drop_unused_keys(self) -> None:
        """Forget the keys that seal nothing any more."""
        self._connection.execute(do.DROP_KEYS, {"head": self._ring.head, "id": self._ring.newest})

    def chats_above(self, after: int, most: int) -> list[int]:
        """The ids of the next chats, in order."""
        found = self._connection.execute(do.CHATS_ABOVE, {"after": after, "most": most})
        return list(found.scalars())

    def seal_anew(self, chat_ids: Collection[int]) -> tuple[int, set[int]]:
        """Seal what an older key has sealed, of these chats, with the newest.

        How many rows that were, and of which chats something can not be opened, which stays.
        """
        terms = {"chat_ids": sorted(chat_ids), "head": self._ring.head}
        chats: list[dict[str, Any]] = []
        lines: list[dict[str, Any]] = []
        left = set()
        for chat_id, *_, body in self._connection.execute(do.OLD_CHATS, terms):
            try:
                chats.append({"key": chat_id, "body": seal_chat_anew(chat_id, body, self._ring)})
            except Unreadable:
                left.add(chat_id)
        for chat_id, turn, number, at, body in self._connection.execute(do.OLD_LINES, terms):
            key = {"key": chat_id, "of_turn": turn, "of_number": number}
            try:
                anew = seal_line_anew((chat_id, turn, number, at), body, self._ring)
                lines.append(key | {"body": anew})
            except Unreadable:
                left.add(chat_id)
        self._straight.do(do.SEAL_CHAT, chats)  # whose it is to speak what is owed stays as it is
        self._straight.do(do.SEAL_LINE, lines)
        return len(chats) + len(lines), left

    def _due(self, found: Sequence[Any]) -> Due:
        chat_id, kind, due_at, turn, slack = found
        return Due(chat_id, Alarm(self._names.show(chat_id, kind), due_at, turn, slack))
