"""A handful of days in which anything may break; and that it is noticed when the bot is broken.

`make sim` lives through many more.
"""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from pathlib import Path

import pytest

from bot import marks
from bot.sender import Sender
from bot.telegram.ear import Ear
from data.library import Library
from data.rows import Row
from data.transaction import Due, Transaction
from flows import Screen
from tests.sim.day import live_through
from tests.sim.ledger import Ledger

SEEDS = (2, 11, 23)
MOST = 12  # days, at the most, in which a bot that is broken is found out
SHORT = 0.3  # of a day as `make sim` has it


def found(seed: int, folder: Path, library: Library) -> list[str]:
    day = live_through(seed, folder, library, length=SHORT)
    return Ledger(day, library.book("en")).findings()


@pytest.mark.parametrize("seed", SEEDS)
def test_a_day_on_which_anything_may_break(seed: int, tmp_path: Path, library: Library) -> None:
    assert found(seed, tmp_path, library) == [], f"again: make sim SEED={seed}"


def test_the_same_seed_is_the_same_day(tmp_path: Path, library: Library) -> None:
    days = []
    for name in ("one", "other"):
        (tmp_path / name).mkdir()
        days.append(live_through(SEEDS[0], tmp_path / name, library, length=SHORT / 5))
    assert days[0].digest == days[1].digest
    assert days[0].world.trace, "something happened in it"


# What must be found out.  Each breaks one promise, and the rule that it breaks is named.


async def acknowledged_before_it_is_kept(ear: Ear, updates: Iterable[object]) -> None:
    for update in updates:
        if item := ear._item(update):
            ear._loop.put(item)


async def marked_before_it_is_spoken(sender: Sender, row: Row, shown: Screen) -> int | None:
    sender._mark(marks.spoken(row, None, sender._now()))
    return await sender._wire.speak(row.chat_id, shown, row.chat.turn, row.edit_id)


def heard_as_often_as_it_comes(
    transaction: Transaction, keys: Collection[tuple[int, int]], at: int
) -> set[tuple[int, int]]:
    return set(keys)


def never_set(transaction: Transaction, wanted: Iterable[Due]) -> None: ...


def owed_as_it_was(owe: Callable[[Sender, Row, bool], None]) -> Callable[..., None]:
    def owed(sender: Sender, row: Row, waits: bool) -> None:
        if row.chat_id not in sender._slots:
            owe(sender, row, waits)

    return owed


@dataclass(frozen=True)
class Broken:
    """A promise that is broken, by what, and the rule that finds it out."""

    kind: type
    name: str
    by: object
    rule: str
    first: int  # the seed of a day that does; should it be another by now, those after it are tried


BROKEN = (
    Broken(Ear, "take", acknowledged_before_it_is_kept, "an_update_is_lost", 9),
    Broken(Sender, "_speak", marked_before_it_is_spoken, "a_screen_is_owed", 5),
    Broken(Transaction, "hear", heard_as_often_as_it_comes, "a_turn_is_doubled", 4),
    Broken(Transaction, "set_alarms", never_set, "an_alarm_is_not_as_wanted", 2),
    Broken(Sender, "owe", owed_as_it_was(Sender.owe), "something_old_is_spoken", 8),
)


@pytest.mark.parametrize("broken", BROKEN, ids=lambda one: f"{one.name}-{one.rule}")
def test_a_bot_that_is_broken_is_found_out(
    broken: Broken, tmp_path: Path, library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(broken.kind, broken.name, broken.by)
    for seed in range(broken.first, broken.first + MOST):
        folder = tmp_path / str(seed)
        folder.mkdir()
        if any(what.startswith(broken.rule) for what in found(seed, folder, library)):
            return
    pytest.fail(f"nobody noticed in {MOST} days")
