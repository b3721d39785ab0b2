"""What was measured, held against the aims."""

from dataclasses import dataclass
from statistics import median

from bench.scenes import Scene
from bench.walk import Said, Walk


@dataclass(frozen=True, slots=True)
class Measured:
    cpu_seconds: float
    walk: Walk
    said: list[Said]  # all that one person was shown

    @property
    def per_cpu_second(self) -> float:
        return self.walk.updates / self.cpu_seconds

    @property
    def per_second(self) -> float:
        return self.walk.updates / self.walk.seconds

    def wait(self, share: float) -> float:
        """The wait for a first answer, in milliseconds, that this share did not exceed."""
        waits = sorted(self.walk.waits)
        return 1000 * waits[min(len(waits) - 1, int(share * len(waits)))]


@dataclass(frozen=True, slots=True)
class Pair:
    """The two bots, measured one after the other."""

    ours: Measured
    plain: Measured


def report(scene: Scene, pairs: list[Pair]) -> bool:
    """Print what a scene came to; whether an aim was missed, or the bots said different things."""
    print(f"{scene.title}{' ' * 20}")
    missed = [_ratio(scene, pairs), _waits(scene, pairs)]
    for name, of in (("ours", [p.ours for p in pairs]), ("plain", [p.plain for p in pairs])):
        print(
            f"    {name:5}  {median(m.per_cpu_second for m in of):6.0f} updates a CPU-second"
            f"  {median(m.per_second for m in of):6.0f} a second"
            f"  {median(m.wait(0.5) for m in of):7.1f} ms p50"
            f"  {median(m.wait(0.99) for m in of):7.1f} ms p99"
            f"  {of[0].walk.updates:6} updates"
        )
    return any(missed)


def _ratio(scene: Scene, pairs: list[Pair]) -> bool:
    of_cpu = scene.per_cpu_second > 0
    what = "updates a CPU-second" if of_cpu else "updates a second"
    aim = scene.per_cpu_second if of_cpu else scene.per_second
    found = [
        p.ours.per_cpu_second / p.plain.per_cpu_second
        if of_cpu
        else p.ours.per_second / p.plain.per_second
        for p in pairs
    ]
    spread = f"(least {min(found):.1f}, most {max(found):.1f})"
    return _line(
        f"{what}, ours / plain",
        f"{median(found):.1f} {spread}",
        f"at least {aim}",
        median(found) >= aim,
    )


def _waits(scene: Scene, pairs: list[Pair]) -> bool:
    missed = False
    for name, share, aim in (("p50", 0.5, scene.half_within), ("p99", 0.99, scene.most_within)):
        if aim:
            found = median(p.ours.wait(share) for p in pairs)
            missed |= _line(
                f"first answer, {name}", f"{found:.0f} ms", f"under {aim:.0f} ms", found < aim
            )
    return missed


def _line(what: str, found: str, aim: str, is_met: bool) -> bool:
    print(f"  {what:34} {found:28} aim: {aim:14} {'met' if is_met else 'MISSED'}")
    return not is_met
