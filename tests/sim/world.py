"""Time, and what happens in it.  Nothing in here waits: time goes on when nobody has more to do."""

import heapq
import random
from collections.abc import Callable
from dataclasses import dataclass
from itertools import count

START = 1_800_000_000  # when a day begins, in seconds since 1970
TROUBLE = 4.0  # seconds in which what broke makes more of it likely
TOGETHER = 25  # times as likely
HOUR = 3600
Act = Callable[[], object]
Clock = Callable[[], float]


class Stuck(AssertionError):
    """Everybody waits, and nothing will ever happen."""


@dataclass(frozen=True)
class Odds:
    """How often something goes wrong; each day has odds of its own, so that few things meet."""

    crash_at_call: float  # the process dies at a call of the database
    crash_at_send: float  # and at a send, before it is taken or after
    away: float  # the database does not take a transaction
    slow_disk: float
    cut: float  # a line, before the call is taken or after
    refused: float  # 429 or 502
    slow: float  # an answer that takes long
    twice: float  # an update comes twice
    late: float  # and once more, later
    clock: float = 0.0  # the clock on a machine's wall is set to another hour, at a look in a while


class World:
    def __init__(self, seed: int) -> None:
        self.seed = seed
        self.dice = random.Random(seed)
        self.now = 0.0
        self._trouble_until = 0.0
        self.is_calm = False  # from here on nothing goes wrong any more
        self.lines_lost = 0  # to the database
        self.trace: list[str] = []
        self._numbers = count()
        self._acts: list[tuple[float, int, Act]] = []
        self.odds = self._odds()

    def _odds(self) -> Odds:
        def some(most: float) -> float:
            return self.dice.choice((0.0, most / 5, most))

        return Odds(
            crash_at_call=some(0.002), crash_at_send=some(0.005), away=some(0.03),
            slow_disk=some(0.06), cut=some(0.1), refused=some(0.1), slow=some(0.03),
            twice=some(0.2), late=some(0.1), clock=some(0.5),
        )  # fmt: skip

    def wall(self) -> float:
        """What a clock on the wall says that is right."""
        return START + self.now

    def happens(self, odds: float) -> bool:
        return not self.is_calm and self.dice.random() < odds

    def breaks(self, odds: float) -> bool:
        """Whether something breaks that is mended soon."""
        breaks = self.happens(odds)
        if breaks:
            self._trouble_until = self.now + TROUBLE
        return breaks

    def dies(self, odds: float) -> bool:
        """Whether the process dies: where something else is broken, it is far more likely."""
        return self.happens(odds * (TOGETHER if self.now < self._trouble_until else 1))

    def later(self, seconds: float, act: Act) -> None:
        self.at(self.now + seconds, act)

    def at(self, when: float, act: Act) -> None:
        heapq.heappush(self._acts, (when, next(self._numbers), act))

    def go_on(self) -> None:
        """Let the next thing happen."""
        if not self._acts:
            raise Stuck
        at, _, act = heapq.heappop(self._acts)
        self.now = max(self.now, at)
        act()

    def note(self, what: str) -> None:
        self.trace.append(f"{self.now:10.3f}  {what}")


class Wall:
    """The clock on the wall of one machine.  What waits goes by the world's time."""

    def __init__(self, world: World) -> None:
        self._world = world
        self.ahead = 0

    def __call__(self) -> float:
        return self._world.wall() + self.ahead

    def set_wrong(self) -> None:
        """By an hour; or right again."""
        self.ahead = 0 if self.ahead else self._world.dice.choice((-HOUR, HOUR))

    def set_right(self) -> None:
        self.ahead = 0
