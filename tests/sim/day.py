"""A day of one seed, from its beginning to what there is to look at afterwards."""

import random
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import sha256
from tempfile import TemporaryDirectory

from data.engine import open_engine
from data.library import Library
from data.store import Store
from data.transaction import Due, Row
from tests.keys import ring
from tests.sim.database import Database
from tests.sim.journal import Journal
from tests.sim.network import Network
from tests.sim.people import Walker
from tests.sim.running import Running
from tests.sim.setting import Setting, setting_of
from tests.sim.world import World


@dataclass
class Day:
    """What there is to look at afterwards."""

    setting: Setting
    world: World
    network: Network
    journal: Journal
    walkers: list[Walker]
    rows: dict[int, Row]
    alarms: set[Due]
    heard: dict[int, set[int]]  # by chat: updates
    parked: list[str]
    lives: list[str]  # how each process ended
    spans: list[tuple[float, float]]  # from when until when each lived

    @property
    def digest(self) -> str:
        """The same for the same day."""
        return sha256("\n".join(self.world.trace).encode()).hexdigest()[:16]


def live_through(
    seed: int, database: Callable[[], Database], library: Library, length: float = 1.0
) -> Day:
    """The day of *seed*; *database* is asked where that is one on PostgreSQL.

    People talk for *length* as long as they would.
    """
    state = random.getstate()
    random.seed(seed)  # how long is waited before the next try
    try:
        with _new(setting_of(seed), database) as url:
            day = Running(seed, url, library, length)
            with day.journal.notes():
                day.run()
            return _look(day)
    finally:
        random.setstate(state)


@contextmanager
def _new(setting: Setting, database: Callable[[], Database]) -> Iterator[str]:
    """The URL of a database that is there for the day."""
    if setting.is_shared:
        with database().day() as url:
            yield url
        return
    with TemporaryDirectory(prefix="sim-") as folder:
        yield f"sqlite:///{folder}/bot.db"


def _look(day: Running) -> Day:
    """Read what was kept, as another program would."""
    store = Store(open_engine(day.url), ring())
    ids = [walker.person.chat_id for walker in day.walkers]
    rows = store._run(lambda t: t.lock(ids))
    alarms = store._run(lambda t: t.alarms(ids))
    tables = {id: store._run(lambda t, id=id: t.everything(id)) for id in ids}  # type: ignore[misc]
    store._thread.close()
    store._drop()
    heard = {id: {line["update_id"] for line in tables[id]["heard"]} for id in ids}
    parked = [line["reason"] for id in ids for line in tables[id]["parked"]]
    return Day(
        day.setting,
        day.world,
        day.network,
        day.journal,
        day.walkers,
        rows,
        alarms,
        heard,
        parked,
        [life.end for life in day.lives],
        [(life.began, life.ended) for life in day.lives],
    )
