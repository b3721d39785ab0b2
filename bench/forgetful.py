"""`python -m bench.forgetful`: the bot with a store that keeps nothing beyond its own memory.

What keeping costs is the difference to the bot itself.  There is no thread, no seal and no disk in
here; all else is the bot's own.  It is for one process by polling, and knows what that needs.
"""

from collections.abc import Callable, Iterable
from typing import TypeVar, cast

from bot import app
from bot.run import run
from data.rows import lane_of
from data.tables import LANES
from data.transaction import Due, Row, Transaction
from flows import Chat

T = TypeVar("T")


class Memory:
    """Of a transaction, what the bot uses; the rows are those that it changes."""

    def __init__(self) -> None:
        self.rows: dict[int, Row] = {}
        self.heard: set[tuple[int, int]] = set()
        self.set: dict[tuple[int, str], Due] = {}
        self.kept: list[object] = []

    def lock(self, chat_ids: Iterable[int]) -> dict[int, Row]:
        return {id: self.rows[id] for id in chat_ids if id in self.rows}

    def create(self, chat_ids: Iterable[int]) -> dict[int, Row]:
        new = {id: Row(id, Chat()) for id in chat_ids}
        self.rows |= new
        return new

    def save(self, rows: Iterable[Row]) -> None:
        """They are here already."""

    def hear(self, keys: set[tuple[int, int]], _: int) -> set[tuple[int, int]]:
        new = keys - self.heard
        self.heard |= new
        return new

    def log(self, lines: Iterable[object]) -> None:
        self.kept += lines

    def set_alarms(self, wanted: Iterable[Due]) -> None:
        self.set |= {(due.chat_id, due.alarm.kind): due for due in wanted}

    def drop_alarms(self, unwanted: Iterable[tuple[int, str]]) -> None:
        for key in unwanted:
            self.set.pop(key, None)

    def delay_alarms(self, delayed: Iterable[Due]) -> None:
        keys = {(due.chat_id, due.alarm.kind): due for due in delayed}
        self.set |= {key: due for key, due in keys.items() if key in self.set}

    def alarms(self, chat_ids: set[int]) -> set[Due]:
        return {due for due in self.set.values() if due.chat_id in chat_ids}

    def soonest_by_lane(self, _: int) -> dict[int, int]:
        due = {lane: [d.alarm.due for d in self.set.values() if lane_of(d.alarm.kind) == lane]
               for lane in LANES}  # fmt: skip
        return {lane: min(times) for lane, times in due.items() if times}

    def claim(self, lane: int, now: int, *_: object, **__: object) -> list[Due]:
        return [
            d for d in self.set.values() if lane_of(d.alarm.kind) == lane and d.alarm.due <= now
        ]

    def owed(self, *_: object) -> tuple[list[Row], None]:
        return [], None

    def files(self, _: int) -> dict[str, str]:
        return {}

    def __getattr__(self, name: str) -> Callable[..., None]:
        """The rest has nothing to do here."""
        if name not in {"erase", "forget_log", "forget_updates", "free_alarms", "hasten"}:
            raise AttributeError(name)
        return lambda *_, **__: None


class Forgetful:
    """In the place of the store."""

    is_shared = False

    def __init__(self, *_: object) -> None:
        self._memory = cast("Transaction", Memory())

    async def run(self, work: Callable[[Transaction], T]) -> T:
        return work(self._memory)

    read = lease = look = run

    async def open(self) -> None: ...
    async def close(self) -> None: ...


if __name__ == "__main__":
    vars(app)["Store"] = Forgetful
    run()
