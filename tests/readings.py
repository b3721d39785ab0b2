"""Each text is read once: what it says never changes, and tests say the same things often."""

from collections.abc import Callable
from typing import ParamSpec, TypeVar

from flows import agreement, typed, unmet, wondering

P = ParamSpec("P")
R = TypeVar("R")

# What reads typed words and looks at no chat, under its name where it is called.
READING = (
    (typed, "read"),
    (wondering, "read"),
    (unmet, "found"),
    (agreement, "wish"),
    (agreement, "quieting"),
)


def remember() -> None:
    """From here on, in this process."""
    for module, name in READING:
        vars(module)[name] = remembered(vars(module)[name])


def remembered(reading: Callable[P, R]) -> Callable[P, R]:
    """*reading*, done once for each text, with each lexicon and whatever else it is told."""
    known: dict[object, tuple[object, R]] = {}

    def read(*told: P.args, **how: P.kwargs) -> R:
        plain = (each if isinstance(each, (str, int, tuple)) else id(each) for each in told)
        key = (*plain, *how.items())
        if key not in known:  # what was told is kept with it, so that its id is not used again
            known[key] = told, reading(*told, **how)
        return known[key][1]

    return read
