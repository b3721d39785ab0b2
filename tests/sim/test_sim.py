"""A handful of days in which anything may break; and that it is noticed when the bot is broken.

`make sim` lives through many more.
"""

from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass

import pytest

from bot import marks
from bot.sender import Sender
from bot.telegram.ear import Ear
from data.library import Library
from data.rows import Row
from data.transaction import Due, Transaction
from flows import Screen
from tests.sim.database import Database, database
from tests.sim.day import live_through
from tests.sim.ledger import Ledger
from tests.sim.setting import SETTINGS, setting_of

MOST = 6  # days, at the most, in which a bot that is broken is found out
SHORT = 0.3  # of a day as `make sim` has it
SHARED = 0.1  # where two processes are on one PostgreSQL, which takes longer

Server = Callable[[], Database]


@pytest.fixture(scope="session")
def server() -> Iterator[Server]:
    with database() as one:
        yield one


def found(seed: int, server: Server, library: Library) -> list[str]:
    length = SHARED if setting_of(seed).is_shared else SHORT
    day = live_through(seed, server, library, length)
    return Ledger(day, library.book("en")).findings()


@pytest.mark.parametrize("seed", range(len(SETTINGS)), ids=lambda seed: str(setting_of(seed)))
def test_a_day_on_which_anything_may_break(seed: int, server: Server, library: Library) -> None:
    assert found(seed, server, library) == [], f"again: make sim SEED={seed}"


@pytest.mark.parametrize("seed", [1, 5], ids=lambda seed: str(setting_of(seed)))
def test_the_same_seed_is_the_same_day(seed: int, server: Server, library: Library) -> None:
    one, other = (live_through(seed, server, library, length=SHORT / 5) for _ in range(2))
    assert one.digest == other.digest
    assert one.world.trace, "something happened in it"


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
    first: int  # the seed of a day that does; should it be another by now, like ones are tried


BROKEN = (
    Broken(Ear, "take", acknowledged_before_it_is_kept, "an_update_is_lost", 6),
    Broken(Ear, "take", acknowledged_before_it_is_kept, "an_update_is_lost", 7),  # by web hook
    Broken(Sender, "_speak", marked_before_it_is_spoken, "a_screen_is_owed", 90),
    Broken(Transaction, "hear", heard_as_often_as_it_comes, "a_turn_is_doubled", 1),
    Broken(Transaction, "set_alarms", never_set, "an_alarm_is_not_as_wanted", 0),
    Broken(Sender, "owe", owed_as_it_was(Sender.owe), "something_old_is_spoken", 12),
    Broken(Transaction, "hear", heard_as_often_as_it_comes, "a_turn_is_doubled", 2),  # of two
)


@pytest.mark.parametrize("broken", BROKEN, ids=lambda one: f"{one.name}-{one.rule}-{one.first}")
def test_a_bot_that_is_broken_is_found_out(
    broken: Broken, server: Server, library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(broken.kind, broken.name, broken.by)
    for seed in range(broken.first, broken.first + MOST * len(SETTINGS), len(SETTINGS)):
        if any(what.startswith(broken.rule) for what in found(seed, server, library)):
            return
    pytest.fail(f"nobody noticed in {MOST} days")
