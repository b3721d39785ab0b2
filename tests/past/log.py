"""Logs that people have who do a session every other day."""

from collections.abc import Iterable, Iterator

from flows import Record
from flows.past.history import Line

DAY = 86_400
NOON = 1_800_000_000
TECHNIQUE = "glutes_hands_chair"

Pains = tuple[int, int, int]  # before, right after, the day after


def session(at: int, pains: Pains, changed: str = "", gate: str = "gated") -> Iterator[Line]:
    """A session at *at*, whole, and the day after it."""
    before, after, next_day = pains
    yield at, Record(gate, rating=before)
    yield at + 60, Record("started", TECHNIQUE)
    yield at + 600, Record("rated", TECHNIQUE, rating=after)
    yield at + 610, Record("finished", f"{TECHNIQUE} same", rating=after)
    yield at + DAY, Record("next_day", changed, rating=next_day)


def log(*pains: Pains, end: int = NOON, changed: dict[int, str] | None = None) -> list[Line]:
    """A session with each of *pains*, the last one two days before *end*."""
    begin = end - 2 * DAY * len(pains)
    return [
        line
        for n, one in enumerate(pains)
        for line in session(
            begin + 2 * DAY * n, one, (changed or {}).get(n, ""), "gated" if n else "screened"
        )
    ]


def weeks(pains: Iterable[int]) -> list[Line]:
    """Sessions with these pains before them, a point less after, and the same the day after."""
    return log(*((pain, max(0, pain - 1), pain) for pain in pains))
