"""Who taps, how far away Telegram is, and what is aimed at."""

from dataclasses import dataclass, replace


@dataclass(frozen=True, slots=True)
class Scene:
    title: str
    people: int
    times: int  # conversations of each
    latency: float = 0.0  # seconds that each call of the Bot API takes
    most: float = 600.0  # seconds; a bot that takes longer is stopped there
    per_cpu_second: float = 0.0  # aim: updates a CPU-second, as a multiple of plain
    per_second: float = 0.0  # aim: updates a second, as a multiple of plain
    half_within: float = 0.0  # aim: the median wait for a first answer, in milliseconds
    most_within: float = 0.0  # aim: that of 99 of 100


ALONE = Scene("one person at a time", people=1, times=12, per_cpu_second=1.8)
CROWD = Scene("32 people at once", people=32, times=1, per_cpu_second=5)
FAR = Scene(
    "64 people at once, each call takes 50 ms", people=64, times=1, latency=0.050, most=20,
    per_second=25, half_within=150, most_within=300,
)  # fmt: skip

SCENES = (ALONE, CROWD, FAR)
QUICK = (replace(ALONE, times=4), CROWD, replace(FAR, most=8))
