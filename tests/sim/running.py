"""A day while it goes on: people talk, things break, there is a night.

1. Minutes in which people talk and anything may break, as the odds of that day are.
2. A night in which the bot is away for hours, and what falls due meanwhile is late.
3. The next morning, as before; and then nothing breaks any more, and nobody says anything.
"""

from functools import partial

from bot.settings import Settings, read_settings
from data.library import Library
from tests.keys import KEY
from tests.sim.door import Door
from tests.sim.hook import Hook
from tests.sim.journal import Journal
from tests.sim.network import Network
from tests.sim.people import Walker
from tests.sim.process import Life, Place
from tests.sim.setting import setting_of
from tests.sim.world import Act, Wall, World
from tests.telegram import TOKEN, UNLIMITED, Limits, Rate, Telegram

PEOPLE = 3, 9
TALK = 150.0, 500.0  # seconds in which people talk, before and after the night
NIGHT = 2 * 3600.0, 20 * 3600.0
REST = 240.0  # seconds in which all that is left is spoken, and every hold ends
RIGHT = 10.0  # seconds of that in which clocks may still be wrong
RESTARTS = 80.0  # seconds, on average, between two times that the bot is stopped in good order
DOWN = (0.2, 1.0, 8.0)  # seconds until it is started again
LOOKS = 30.0  # seconds, on average, in which a clock may be set to another hour
RATES = (0, 3, 30)  # sends a second


class Machine:
    """What has a clock of its own, and runs one process after the other."""

    def __init__(self, world: World) -> None:
        self.wall = Wall(world)
        self.life: Life | None = None


class Running:
    """The day while it goes on."""

    def __init__(self, seed: int, url: str, library: Library, length: float) -> None:
        self.world = World(seed)
        self.setting = setting_of(seed)
        self.length = length
        dice = self.world.dice
        rate = dice.choice(RATES)
        limits = Limits(overall=Rate(rate, rate)) if rate else UNLIMITED
        self.telegram = Telegram(limits=limits, now=self.world.wall, ticks=lambda: self.world.now)
        self.network = Network(self.world, self.telegram)
        self.network.doors = self._doors
        self.telegram.new_hook = partial(Hook, self.network)
        self.journal = Journal(self.world)
        self.url = url
        self.database_wall = Wall(self.world)
        settings = self._settings(rate)
        self.place = Place(
            settings, self.world, self.network, self.journal, library, self.database_wall
        )
        people = range(1001, 1001 + dice.randint(*PEOPLE))
        self.walkers = [Walker(self.world, self.telegram, chat_id) for chat_id in people]
        self.machines = [Machine(self.world) for _ in range(self.setting.processes)]
        self.lives: list[Life] = []
        self.is_night = False
        self.is_over = False

    def _settings(self, rate: int) -> Settings:
        return read_settings(
            _env_file=None, telegram_token=TOKEN, database_url=self.url, data_key=KEY,
            send_rate=rate, mode=self.setting.mode, webhook_url="https://bot.example/hook",
            webhook_secret="a_secret",
        )  # fmt: skip

    def run(self) -> None:
        """From morning to morning."""
        self._talk()
        self._start_all()
        while not self.is_over or any(machine.life for machine in self.machines):
            ready = [m for m in self.machines if m.life and m.life.is_ready]
            for machine in ready:
                self._turn(machine)
            if not ready:
                self.world.go_on()

    def _turn(self, machine: Machine) -> None:
        assert machine.life, "only who lives has anything to do"
        machine.life.turn()
        if not machine.life.end:
            return
        self.world.note(f"process {machine.life.number} is {machine.life.end}")
        machine.life = None
        if not any(other.life for other in self.machines):
            self.telegram.updates.end_poll()
        self.world.later(self.world.dice.choice(DOWN), partial(self._start, machine))

    def _start(self, machine: Machine) -> None:
        if not (machine.life or self.is_night or self.is_over):
            machine.life = Life(self.place, machine.wall, len(self.lives) + 1)
            self.lives.append(machine.life)

    def _start_all(self) -> None:
        for machine in self.machines:
            self._start(machine)

    def _doors(self) -> list[Door]:
        bots = [machine.life.bot for machine in self.machines if machine.life]
        return [bot.server for bot in bots if bot and bot.server.is_open]  # type: ignore[attr-defined, misc]

    def _talk(self) -> None:
        world, dice = self.world, self.world.dice
        for walker in self.walkers:
            walker.is_awake = True
            world.later(dice.uniform(0, 20), walker.wake)
        ends = self.length * dice.uniform(*TALK)
        for machine in self.machines:
            self._every(RESTARTS, ends, partial(self._restart, machine))
        for wall in self._walls():
            self._every(LOOKS, ends, partial(self._set_wrong, wall))
        world.later(ends, self._sleep if world.now < NIGHT[0] else self._rest)

    def _every(self, seconds: float, ends: float, act: Act) -> None:
        """So often, on average, until *ends*."""
        at = 0.0
        while (at := at + self.world.dice.expovariate(1 / seconds)) < ends:
            self.world.later(at, act)

    def _restart(self, machine: Machine) -> None:
        if machine.life:
            machine.life.stop()

    def _walls(self) -> list[Wall]:
        return [machine.wall for machine in self.machines] + [self.database_wall]

    def _set_wrong(self, wall: Wall) -> None:
        if self.world.happens(self.world.odds.clock):
            wall.set_wrong()
            self.world.note(f"clock {self._walls().index(wall) + 1} is ahead by {wall.ahead} s")

    def _sleep(self) -> None:
        """Night: the bot is killed, and time goes by."""
        self.is_night = True
        for walker in self.walkers:
            walker.is_awake = False
        for machine in self.machines:
            if machine.life:
                machine.life.die()
        self.world.later(self.world.dice.uniform(*NIGHT), self._wake)

    def _wake(self) -> None:
        self.is_night = False
        self._start_all()
        self._talk()

    def _rest(self) -> None:
        """From here on nothing breaks, and nobody says anything: who can, holds still."""
        self.world.is_calm = True
        for walker in self.walkers:
            walker.is_awake = False
            walker.come_back()
            walker.hold()
        self.world.later(RIGHT, self._set_right)
        self.world.later(REST, self._end)

    def _set_right(self) -> None:
        for wall in self._walls():
            wall.set_right()

    def _end(self) -> None:
        self.is_over = True
        for machine in self.machines:
            self._restart(machine)
