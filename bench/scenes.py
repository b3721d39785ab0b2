"""Who taps, how far away Telegram is, on which bots, and what is aimed at."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from bench.bots import (
    AIOGRAM,
    AIOGRAM_HOOK,
    FEW_STORED,
    FORGETFUL,
    HOOK,
    HOOK_POSTGRESQL,
    MANY_STORED,
    OURS,
    PLAIN,
    PLAIN_HOOK,
    POSTGRESQL,
    TWO,
    Kind,
)
from bench.measured import Measured

Read = Callable[[Measured], float]


@dataclass(frozen=True, slots=True)
class Aim:
    what: str
    read: Read
    of: Kind
    beside: Kind | None = None  # then it is the ratio to this one in the same round
    least: float | None = None
    most: float | None = None


@dataclass(frozen=True, slots=True)
class Scene:
    title: str
    people: int
    times: int  # conversations of each
    bots: tuple[Kind, ...]  # in each round one after the other
    aims: tuple[Aim, ...]
    latency: float = 0.0  # seconds that each call of the Bot API takes
    most: float = 60.0  # seconds; a bot that takes longer is stopped there


CPU = "updates a CPU-second"


def _cpu(of: Kind, beside: Kind, least: float | None = None) -> Aim:
    return Aim(CPU, Measured.per_cpu_second, of, beside, least)


ALONE = Scene(
    "one person at a time", 1, 12, (PLAIN, AIOGRAM, OURS, FORGETFUL, POSTGRESQL),
    (
        _cpu(OURS, PLAIN, 1.8), _cpu(OURS, PLAIN, 2.5), _cpu(AIOGRAM, PLAIN), _cpu(OURS, AIOGRAM),
        _cpu(OURS, FORGETFUL, 0.8),
    ),
)  # fmt: skip
CROWD = Scene(
    "32 people at once", 32, 1, (PLAIN, AIOGRAM, OURS, FORGETFUL, POSTGRESQL),
    (
        _cpu(OURS, PLAIN, 5), _cpu(OURS, PLAIN, 7), _cpu(AIOGRAM, PLAIN), _cpu(OURS, AIOGRAM),
        _cpu(OURS, FORGETFUL, 0.8),
    ),
)  # fmt: skip
FAR = Scene(
    "64 people at once, each call takes 50 ms", 64, 1, (PLAIN, AIOGRAM, OURS),
    (
        Aim("updates a second", Measured.per_second, OURS, PLAIN, 25),
        Aim("updates a second", Measured.per_second, OURS, AIOGRAM),
        Aim("first answer, p50, ms", Measured.half_within, OURS, most=150),
        Aim("first answer, p99, ms", Measured.most_within, OURS, most=300),
    ),
    latency=0.050, most=20,
)  # fmt: skip
BROUGHT = Scene(
    "32 people at once, web hook", 32, 1, (PLAIN_HOOK, AIOGRAM_HOOK, HOOK, HOOK_POSTGRESQL, TWO),
    (
        _cpu(HOOK, PLAIN_HOOK), _cpu(HOOK, AIOGRAM_HOOK),
        Aim("what two cores bear a second", Measured.on_two_cores, TWO, least=1_000),
        Aim("first answer, p99, ms", Measured.most_within, TWO, most=100),
    ),
)  # fmt: skip
STORED = Scene(
    "one person at a time, many stored", 1, 6, (FEW_STORED, MANY_STORED),
    (Aim("CPU an update", Measured.cpu_an_update, MANY_STORED, FEW_STORED, most=1.3),),
)  # fmt: skip

SCENES: tuple[Scene, ...] = (ALONE, CROWD, FAR, BROUGHT, STORED)
QUICK: tuple[Scene, ...] = (
    replace(ALONE, times=4),
    CROWD,
    replace(FAR, most=8),
    BROUGHT,
    replace(STORED, times=3),
)


def without(program: str, scene: Scene) -> Scene:
    """*scene* where that program cannot be had."""
    gone = [kind for kind in scene.bots if kind.program == program]
    return replace(
        scene,
        bots=tuple(kind for kind in scene.bots if kind not in gone),
        aims=tuple(aim for aim in scene.aims if aim.of not in gone and aim.beside not in gone),
    )
