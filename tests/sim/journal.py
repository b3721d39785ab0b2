"""What was kept, turn by turn: noted while a transaction runs, and counted when it is committed."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace

from bot import turns
from bot.heard import Heard
from bot.telegram.flood import Flood
from data.rows import Row
from data.transaction import Transaction
from flows import Chat, Event, Outcome
from tests.sim.world import World


@dataclass(frozen=True)
class Kept:
    """One event that a chat has heard, or could have."""

    chat_id: int
    update_id: int | None  # None: the clock said it
    event: Event
    before: Chat
    outcome: Outcome
    at: float = 0.0  # when it was committed

    @property
    def turn(self) -> int:
        return self.outcome.chat.turn


class Journal:
    def __init__(self, world: World) -> None:
        self._world = world
        self._pending: list[Kept | int] = []
        self.kept: list[Kept] = []
        self.erased: dict[int, list[float]] = {}  # by chat: when
        self.let_go: set[int] = set()  # updates that were too many at once

    def keep(self) -> None:
        """What was noted is committed."""
        for one in self._pending:
            if isinstance(one, int):
                self.erased.setdefault(one, []).append(self._world.now)
                self._world.note(f"{one} is erased")
                continue
            self.kept.append(replace(one, at=self._world.now))
            heard = "" if one.outcome.heard else " (not heard)"
            self._world.note(f"{one.chat_id} {one.event.name} -> {one.turn}{heard}")
        self._pending.clear()

    def drop(self) -> None:
        """And none of it is."""
        self._pending.clear()

    @contextmanager
    def notes(self) -> Iterator[None]:
        """While it lasts, every step, every erasure, and what is too much to be heard is noted."""
        step, erase, too_much = turns._Batch.step, Transaction.erase, Flood.is_too_much

        def noted(batch: turns._Batch, row: Row, event: Event, id: int | None) -> Outcome | None:
            before = row.chat
            outcome = step(batch, row, event, id)
            if outcome is not None:
                self._pending.append(Kept(row.chat_id, id, event, before, outcome))
            return outcome

        def erased(transaction: Transaction, chat_ids: Iterable[int]) -> None:
            ids = list(chat_ids)
            erase(transaction, ids)
            self._pending += ids

        def let_go(flood: Flood, heard: Heard) -> bool:
            is_too_much = too_much(flood, heard)
            if is_too_much and heard.update_id:
                self.let_go.add(heard.update_id)
            return is_too_much

        _put(turns._Batch, "step", noted)
        _put(Transaction, "erase", erased)
        _put(Flood, "is_too_much", let_go)
        try:
            yield
        finally:
            _put(turns._Batch, "step", step)
            _put(Transaction, "erase", erase)
            _put(Flood, "is_too_much", too_much)


def _put(kind: type, name: str, function: object) -> None:
    setattr(kind, name, function)
