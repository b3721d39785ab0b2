"""What was found, held against the aims."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial

Figures = dict[tuple[str, str], dict[str, float]]
Read = Callable[[Callable[[str], dict[str, float]]], float]


@dataclass(frozen=True, slots=True)
class Aim:
    what: str
    unit: str
    read: Read  # from the scenes of one kind of database
    least: float | None = None
    most: float | None = None

    def is_met(self, value: float) -> bool:
        return (self.least is None or value >= self.least) and (
            self.most is None or value <= self.most
        )

    @property
    def limit(self) -> str:
        """The aim, as it is printed."""
        if self.least is not None and self.most is not None:
            return f"{self.least:g}"
        return f">= {self.least:g}" if self.least is not None else f"<= {self.most:g}"


def aims(few: int) -> Iterator[Aim]:
    yield from of_sleeping(few)
    yield from of_keeping(few)
    yield from of_people()


def of_sleeping(few: int) -> Iterator[Aim]:
    most, some, none = "sleeping most", f"sleeping {few}", "sleeping 0"
    yield Aim("start with most asleep", "s CPU", lambda f: f(most)["start"], most=1.0)
    yield Aim(
        "start, beyond that with none", "s CPU", lambda f: f(most)["start"] - f(none)["start"],
        most=0.5,
    )  # fmt: skip
    yield Aim(
        "memory beyond that with none", "MB",
        lambda f: f(most)["megabytes"] - f(none)["megabytes"], most=40,
    )  # fmt: skip
    yield Aim("idle with most asleep", "% of a core", lambda f: f(most)["idle"], most=0.5)
    yield Aim(
        "idle, most : few", "times", lambda f: f(most)["idle"] / max(f(some)["idle"], 0.05),
        most=1.5,
    )  # fmt: skip


def of_keeping(few: int) -> Iterator[Aim]:
    keeping = ("keeping most", f"keeping {few}")
    for scene in keeping:
        yield Aim(
            f"claimed and kept, {scene.removeprefix('keeping ')} asleep", "a second",
            partial(_a_second, scene), least=2_000,
        )  # fmt: skip
    yield Aim(
        "the same by CPU", "a CPU-second", lambda f: f(keeping[0])["a CPU-second"], least=2_000
    )
    yield Aim(
        "the same, few : most", "times",
        lambda f: f(keeping[1])["a CPU-second"] / f(keeping[0])["a CPU-second"], most=1.5,
    )  # fmt: skip
    yield Aim("each heard once", "", lambda f: f(keeping[0])["once"], least=1, most=1)


def of_people() -> Iterator[Aim]:
    yield Aim("10,000 due while people talk: lost", "", lambda f: f("talking")["unheard"], most=0)
    yield Aim("longest answer meanwhile", "ms", lambda f: f("talking")["busy most"], most=50)
    yield Aim("longest answer before", "ms", lambda f: f("talking")["calm most"], most=50)
    yield Aim("100 holds behind 5,000, p50", "ms", lambda f: f("holding")["p50"], most=100)
    yield Aim("100 holds behind 5,000, p99", "ms", lambda f: f("holding")["p99"], most=100)
    yield Aim("of these spoken", "", lambda f: f("holding")["spoken"], least=100, most=100)


def _a_second(scene: str, figures: Callable[[str], dict[str, float]]) -> float:
    return figures(scene)["a second"]


def lines(found: Figures, few: int) -> Iterator[tuple[str, bool]]:
    """A table, and whether what is in each line is as it should be."""
    kinds = list(dict.fromkeys(kind for kind, _ in found if kind != "JobQueue"))
    yield f"| {'':38} | {' | '.join(f'{kind:>12}' for kind in kinds)} | aim |", True
    yield f"| --- | {' | '.join('---:' for _ in kinds)} | --- |", True
    for aim in aims(few):
        values = [aim.read(lambda scene, kind=kind: found[kind, scene]) for kind in kinds]  # type: ignore[misc]
        is_met = all(aim.is_met(value) for value in values)
        shown = " | ".join(f"{value:12,.2f}" for value in values)
        verdict = "" if is_met else "  MISSED"
        yield f"| {aim.what:38} | {shown} | {aim.limit} {aim.unit}{verdict} |", is_met
    yield "", True
    yield from of_jobqueue(found)


def of_jobqueue(found: Figures) -> Iterator[tuple[str, bool]]:
    """PTB's JobQueue has no aims; it keeps nothing, so every start is told of all jobs anew."""
    jobs = [scene.split()[1] for kind, scene in found if kind == "JobQueue" and "sleeping" in scene]
    yield f"| PTB's JobQueue | {' | '.join(jobs)} |", True
    yield f"| --- | {' | '.join('---:' for _ in jobs)} |", True
    rows = {
        "start, s CPU": ("sleeping", "start"),
        "memory beyond that with none, MB": ("sleeping", "megabytes"),
        "idle, % of a core": ("sleeping", "idle"),
        "so many due in one second: came": ("due", "came"),
        "longest wait meanwhile, ms": ("due", "busy most"),
    }
    for title, (scene, figure) in rows.items():
        values = [found["JobQueue", f"{scene} {many}"][figure] for many in jobs]
        yield f"| {title} | {' | '.join(f'{value:,.2f}' for value in values)} |", True
