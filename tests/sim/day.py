"""A day of one seed: people talk, things break, there is a night; then all is looked at.

1. Minutes in which people talk and anything may break, as the odds of that day are.
2. A night in which the bot is away for hours, and what falls due meanwhile is late.
3. The next morning, as before; and then nothing breaks any more, and nobody says anything.
"""

import random
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from bot.settings import Settings, read_settings
from data.engine import open_engine
from data.library import Library
from data.store import Store
from data.transaction import Due, Row
from tests.keys import KEY, ring
from tests.sim.journal import Journal
from tests.sim.network import Network
from tests.sim.people import Walker
from tests.sim.process import Life
from tests.sim.world import World
from tests.telegram import TOKEN, UNLIMITED, Limits, Rate, Telegram

PEOPLE = 3, 9
TALK = 150.0, 500.0  # seconds in which people talk, before and after the night
NIGHT = 2 * 3600.0, 20 * 3600.0
REST = 240.0  # seconds in which all that is left is spoken, and every hold ends
RESTARTS = 80.0  # seconds, on average, between two times that the bot is stopped in good order
DOWN = (0.2, 1.0, 8.0)  # seconds until it is started again
RATES = (0, 3, 30)  # sends a second


@dataclass
class Day:
    """What there is to look at afterwards."""

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


class Running:
    """The day while it goes on."""

    def __init__(self, seed: int, folder: Path, library: Library, length: float) -> None:
        self.world = World(seed)
        self.library = library
        self.length = length
        dice = self.world.dice
        rate = dice.choice(RATES)
        limits = Limits(overall=Rate(rate, rate)) if rate else UNLIMITED
        self.telegram = Telegram(limits=limits, now=self.world.wall, ticks=lambda: self.world.now)
        self.network = Network(self.world, self.telegram)
        self.journal = Journal(self.world)
        self.url = f"sqlite:///{folder}/bot.db"
        self.settings = self._settings(rate)
        people = range(1001, 1001 + dice.randint(*PEOPLE))
        self.walkers = [Walker(self.world, self.telegram, chat_id) for chat_id in people]
        self.lives: list[str] = []
        self.spans: list[tuple[float, float]] = []
        self.life: Life | None = None
        self.is_over = False

    def _settings(self, rate: int) -> Settings:
        return read_settings(
            _env_file=None, telegram_token=TOKEN, database_url=self.url, data_key=KEY,
            send_rate=rate,
        )  # fmt: skip

    def run(self) -> None:
        """From morning to morning."""
        self._talk()
        while not self.is_over:
            self.life = Life(self.settings, self.world, self.network, self.journal, self.library)
            began = self.world.now
            self.lives.append(self.life.live())
            self.spans.append((began, self.life.ended or self.world.now))
            self.life = None
            self.world.note(f"the bot is {self.lives[-1]}")
            self.telegram.updates.end_poll()
            if not self.is_over:
                self._let_pass(self.world.dice.choice(DOWN))

    def _let_pass(self, seconds: float) -> None:
        until = self.world.now + seconds
        while self.world.now < until:
            self.world.go_on(until)

    def _talk(self) -> None:
        world, dice = self.world, self.world.dice
        for walker in self.walkers:
            walker.is_awake = True
            world.later(dice.uniform(0, 20), walker.wake)
        ends = self.length * dice.uniform(*TALK)
        at = 0.0
        while (at := at + dice.expovariate(1 / RESTARTS)) < ends:
            world.later(at, self._restart)
        world.later(ends, self._sleep if world.now < NIGHT[0] else self._rest)

    def _restart(self) -> None:
        if self.life:
            self.life.stop()

    def _sleep(self) -> None:
        """Night: the bot is killed, and time goes by."""
        for walker in self.walkers:
            walker.is_awake = False
        if self.life:
            self.life.die()
        self._let_pass(self.world.dice.uniform(*NIGHT))
        self._talk()

    def _rest(self) -> None:
        """From here on nothing breaks, and nobody says anything."""
        self.world.is_calm = True
        for walker in self.walkers:
            walker.is_awake = False
            walker.come_back()
        self.world.later(REST, self._end)

    def _end(self) -> None:
        self.is_over = True
        self._restart()


def live_through(seed: int, folder: Path, library: Library, length: float = 1.0) -> Day:
    """The day of *seed*, with the bot's file in *folder*; people talk for *length* as long."""
    state = random.getstate()
    random.seed(seed)  # how long is waited before the next try
    try:
        day = Running(seed, folder, library, length)
        with day.journal.notes():
            day.run()
        return _look(day)
    finally:
        random.setstate(state)


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
        day.world,
        day.network,
        day.journal,
        day.walkers,
        rows,
        alarms,
        heard,
        parked,
        day.lives,
        day.spans,
    )
