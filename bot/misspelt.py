"""Names that are nearly those of settings: what is misspelt would be left out in silence.

In a file `.env` every name must be known.  The environment has names of everybody's: there only
what is nearly ours is looked at, by `doctor` alone.
"""

from collections.abc import Collection, Iterable, Iterator
from difflib import get_close_matches

# What else a file `.env` may hold: for Compose, and for Python and the machine.
OTHERS = frozenset({"POSTGRES_PASSWORD", "TZ", "LANG"})
BEGIN = ("COMPOSE_", "DOCKER_", "PYTHON", "LC_")
FAR, NEAR = 0.6, 0.85  # how like a name of ours another is: to suggest it, and to be taken for it
SHORTEST = 6  # letters: many a short name is like another


def unknown(names: Iterable[str], ours: Collection[str]) -> Iterator[tuple[str, str]]:
    """Those of *names* that nobody knows, each with the one of *ours* that may be meant, or ""."""
    for name in names:
        if not is_known(name, ours):
            yield name, nearest(name, ours, FAR)


def nearly(names: Collection[str], ours: Collection[str]) -> Iterator[tuple[str, str]]:
    """Those of *names* that are nearly one of *ours* which is not among them, each with that."""
    free = set(ours) - {name.upper() for name in names}
    for name in names:
        near = nearest(name, free, NEAR)
        if near and len(name) >= SHORTEST and not is_known(name, ours):
            yield name, near


def is_known(name: str, ours: Collection[str]) -> bool:
    return name.upper() in OTHERS.union(ours) or name.upper().startswith(BEGIN)


def nearest(name: str, ours: Iterable[str], like: float) -> str:
    return next(iter(get_close_matches(name.upper(), sorted(ours), n=1, cutoff=like)), "")
