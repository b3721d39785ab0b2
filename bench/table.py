"""What was measured, held against the aims."""

from collections.abc import Callable
from statistics import median

from bench.bots import Kind
from bench.measured import Measured
from bench.scenes import Aim, Scene

Round = dict[Kind, Measured]  # each of a scene's bots, measured one after the other


def report(scene: Scene, rounds: list[Round]) -> bool:
    """Print what a scene came to; whether an aim was missed."""
    print(f"{scene.title}{' ' * 20}")
    missed = [not _aim(aim, rounds) for aim in scene.aims]
    for kind in scene.bots:
        found = [one[kind] for one in rounds]
        print(
            f"    {kind.name:28}{_of(found, Measured.per_cpu_second):6.0f} updates a CPU-second"
            f"{_of(found, Measured.per_second):6.0f} a second"
            f"{_of(found, Measured.half_within):8.1f} ms p50"
            f"{_of(found, Measured.most_within):8.1f} ms p99"
            f"{found[0].walk.updates:6} updates{_of_server(found)}",
            flush=True,
        )
    return any(missed)


def _of(found: list[Measured], read: Callable[[Measured], float]) -> float:
    return median(read(one) for one in found)


def _of_server(found: list[Measured]) -> str:
    share = median(one.server_seconds / one.cpu_seconds for one in found)
    return f", and for each CPU-second {share:.2f} of PostgreSQL" if share else ""


def _aim(aim: Aim, rounds: list[Round]) -> bool:
    """Print one line; whether the aim is met."""
    found = [_value(aim, one) for one in rounds]
    is_met = (aim.least is None or median(found) >= aim.least) and (
        aim.most is None or median(found) <= aim.most
    )
    what = f"{aim.what}, {aim.of.name}" + (f" / {aim.beside.name}" if aim.beside else "")
    spread = f"({min(found):.4g} to {max(found):.4g})" if len(found) > 1 else ""
    print(
        f"  {what:62} {median(found):8.4g} {spread:18}{_limit(aim)}{'' if is_met else '  MISSED'}"
    )
    return is_met


def _limit(aim: Aim) -> str:
    if aim.least is not None:
        return f"aim: at least {aim.least:g}"
    return "" if aim.most is None else f"aim: at most {aim.most:g}"


def _value(aim: Aim, one: Round) -> float:
    beside = aim.read(one[aim.beside]) if aim.beside else 1.0
    return aim.read(one[aim.of]) / beside
