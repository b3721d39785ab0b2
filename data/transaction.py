"""All that can be read and written in one transaction."""

import json
from collections.abc import Collection, Iterable, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from sqlalchemy import Connection, Executable

from data import processes
from data import statements as do
from data.tables import LANES, PATIENT, PROMPT
from flows import Alarm, Chat, Record, pack, unpack
from flows.reminders.when import SPREAD
from flows.table import WAITED_FOR

SAID = -1  # in place of a turn: its screen was spoken, and is to be spoken once more


@dataclass(slots=True)
class Row:
    """A chat, and what has been said to the person of it."""

    chat_id: int
    chat: Chat
    shown: int = 0  # the turn whose screen was last spoken
    message_id: int | None = None  # the message that shows it
    edit_id: int | None = None  # the message to put the next screen in; None: a new one
    notice: str = ""  # said above the next screen, once
    paused: bool = False  # has blocked the bot

    @property
    def is_said_again(self) -> bool:
        """Whether the screen that is owed was spoken before."""
        return self.shown == SAID

    @property
    def owes(self) -> bool:
        """Whether its screen has still to be spoken, and can be."""
        return self.shown < self.chat.turn and not self.paused


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a person's log."""

    chat_id: int
    turn: int
    number: int  # within the turn
    at: int
    record: Record


@dataclass(frozen=True, slots=True)
class Due:
    """An alarm, and whose it is."""

    chat_id: int
    alarm: Alarm


class Transaction:
    def __init__(self, connection: Connection, me: int = 0) -> None:
        """*me* is this process, among those on the database."""
        self._connection = connection
        self._me = me
        self._dialect = connection.dialect.name

    # Chats

    def lock(self, chat_ids: Collection[int]) -> dict[int, Row]:
        """The chats that there are of these, nobody else's until the transaction ends."""
        if len(chat_ids) == 1:
            found = self._connection.execute(do.LOCK_ONE, {"key": next(iter(chat_ids))})
        else:
            found = self._connection.execute(do.LOCK, {"chat_ids": sorted(chat_ids)})
        return {row[0]: _row(row) for row in found}

    def create(self, chat_ids: Iterable[int]) -> dict[int, Row]:
        """The chats of people who are new here."""
        blank = [_columns(Row(chat_id, Chat())) for chat_id in sorted(chat_ids)]
        for columns in blank:
            columns["chat_id"] = columns.pop("key")
        self._all(do.CREATE[self._dialect], blank)
        return self.lock([columns["chat_id"] for columns in blank])

    def save(self, rows: Iterable[Row]) -> None:
        """Keep *rows* as they are now; what they owe is for this process to speak."""
        kept = [_columns(row) | {"speaker": self._me if row.owes else 0} for row in rows]
        self._all(do.SAVE, kept)

    def erase(self, chat_ids: Iterable[int]) -> None:
        """Leave nothing of these chats: what belongs to a chat goes with its row."""
        keys = [{"key": chat_id} for chat_id in chat_ids]
        self._all(do.ERASE, keys)
        self._all(do.ERASE_PARKED, keys)

    def owed(self, after: int, most: int) -> list[Row]:
        """Chats whose screen has still to be spoken, in order of id, those above *after*.

        They are this process's to speak from now on.  Those of another that lives are left out.
        """
        given = {"after": after, "most": most, "others": list(self.others())}
        found = self._connection.execute(do.OWED, given).all()
        taken = [row[0] for row in found if row[-1] != self._me]
        if taken:
            self._connection.execute(do.TAKE_OVER, {"chat_ids": taken, "me": self._me})
        return [_row(row[:-1]) for row in found]

    def still_owed(self, chat_id: int) -> Row | None:
        """The chat, if its screen has still to be spoken and this process is to do it."""
        found = self._connection.execute(do.STILL_OWED, {"key": chat_id, "me": self._me}).first()
        return _row(found) if found else None

    # Other processes

    def others(self) -> set[int]:
        return processes.others(self._connection, self._me)

    def take_sends(self, seconds: float) -> float:
        return processes.take_sends(self._connection, seconds)

    # Updates

    def hear(self, keys: Iterable[tuple[int, int]], at: int) -> set[tuple[int, int]]:
        """Which of these (chat, update) were not heard before.  From now on they were."""
        new = [{"chat_id": chat, "update_id": update, "at": at} for chat, update in sorted(keys)]
        found = self._connection.execute(do.HEAR[self._dialect], new)
        return {(row[0], row[1]) for row in found}

    def forget_updates(self, before: int) -> None:
        self._connection.execute(do.FORGET_UPDATES, {"before": before})

    def park(self, chat_id: int, update_id: int, at: int, reason: str) -> None:
        row = {"chat_id": chat_id, "update_id": update_id, "at": at, "reason": reason}
        self._connection.execute(do.PARK[self._dialect], row)

    # Log

    def log(self, lines: Iterable[Line]) -> None:
        self._all(
            do.LOG,
            [
                {"chat_id": line.chat_id, "turn": line.turn, "number": line.number, "at": line.at}
                | asdict(line.record)
                for line in lines
            ],
        )

    def lines(self, chat_id: int) -> list[Line]:
        """The log of the chat, in order."""
        found = self._connection.execute(do.LINES, {"key": chat_id})
        return [Line(row[0], row[1], row[2], row[3], Record(*row[4:])) for row in found]

    def forget_log(self, chat_ids: Iterable[int]) -> None:
        self._all(do.FORGET_LOG, [{"key": chat_id} for chat_id in chat_ids])

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
        found = self._connection.execute(do.ALARMS, {"chat_ids": sorted(chat_ids)})
        return {_due(row) for row in found}

    def claim(
        self, lane: int, now: int, most: int, lease: int, *, spread: bool = False
    ) -> list[Due]:
        """Up to *most* alarms of *lane* that are due, for *lease* seconds nobody else's.

        If they *spread*, each comes somewhere in its slack.
        """
        terms = {"of_lane": lane, "now": now, "most": most, "until": now + lease}
        found = self._connection.execute(do.CLAIM_SPREAD if spread else do.CLAIM, terms)
        return sorted((_due(row) for row in found), key=lambda due: due.alarm.due)

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

    def due_with_slack(self, now: int, most: int) -> int:
        """How many that may come later fell due of late, counted up to *most*."""
        terms = {"now": now, "since": now - SPREAD * 60, "most": most}
        return int(self._connection.execute(do.CROWD, terms).scalar_one())

    def set_alarms(self, wanted: Iterable[Due]) -> None:
        rows = [
            {
                "chat_id": d.chat_id,
                "kind": d.alarm.kind,
                "due_at": d.alarm.due,
                "turn": d.alarm.turn,
                "slack": d.alarm.slack,
                "lane": PROMPT if d.alarm.kind in WAITED_FOR else PATIENT,
            }
            for d in wanted
        ]
        self._all(do.SET_ALARM[self._dialect], rows)

    def drop_alarms(self, unwanted: Iterable[tuple[int, str]]) -> None:
        self._all(do.DROP_ALARM, [{"key": chat, "of_kind": kind} for chat, kind in unwanted])

    def delay_alarms(self, delayed: Iterable[Due]) -> None:
        """Move these alarms to a later time, where they are still set for the same turn."""
        rows = [
            {"key": d.chat_id, "of_kind": d.alarm.kind, "at_turn": d.alarm.turn, "due": d.alarm.due}
            for d in delayed
        ]
        self._all(do.DELAY_ALARM, rows)

    # The clocks of chats on the page

    def ahead(self, chat_ids: Iterable[int]) -> dict[int, int]:
        """How many seconds the clocks of these chats are ahead, where they were moved."""
        found = self._connection.execute(do.AHEAD, {"chat_ids": sorted(chat_ids)})
        return {row[0]: row[1] for row in found}

    def move_clock(self, chat_id: int, seconds: int) -> None:
        """Let *seconds* go by for one chat, and nobody else."""
        moved = {"chat_id": chat_id, "ahead": seconds}
        self._connection.execute(do.MOVE_CLOCK[self._dialect], moved)
        self._connection.execute(do.MOVE_ALARMS, {"key": chat_id, "seconds": seconds})

    def _all(self, statement: Executable, rows: list[dict[str, Any]]) -> None:
        if rows:
            self._connection.execute(statement, rows if len(rows) > 1 else rows[0])


def _row(found: Sequence[Any]) -> Row:
    chat_id, _, shown, message_id, edit_id, notice, paused, body = found
    return Row(chat_id, unpack(json.loads(body)), shown, message_id, edit_id, notice, paused)


def _columns(row: Row) -> dict[str, Any]:
    return {
        "key": row.chat_id,
        "turn": row.chat.turn,
        "shown": row.shown,
        "message_id": row.message_id,
        "edit_id": row.edit_id,
        "notice": row.notice,
        "paused": row.paused,
        "body": json.dumps(pack(row.chat), separators=(",", ":"), ensure_ascii=False),
    }


def _due(found: Sequence[Any]) -> Due:
    chat_id, kind, due_at, turn, slack = found
    return Due(chat_id, Alarm(kind, due_at, turn, slack))
