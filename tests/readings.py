"""Each text is read once: what it says never changes, and tests say the same things often."""

import sys
from collections.abc import Callable
from functools import cache
from typing import TypeVar

from flows.faq import found
from flows.guard import read
from flows.phrases import first_part, plain
from flows.reminders.quiet import quieting
from flows.reminders.tokens import Meaning, kinds_of
from flows.reminders.words import wish

R = TypeVar("R")

# What is asked of typed words, whatever the chat.  The bot itself keeps nothing of what it hears.
READINGS: tuple[Callable[..., object], ...] = (
    read, found, plain, first_part, quieting, kinds_of, wish,
)  # fmt: skip
# These are told what the words about when to be reminded mean.
WHEN: tuple[Callable[..., object], ...] = (quieting, kinds_of, wish)


def remember() -> None:
    """From here on, in this process, wherever the conversation asks it."""
    once = {one: by_meaning(one) if one in WHEN else cache(one) for one in READINGS}
    for module in [module for name, module in sys.modules.items() if name.startswith("flows.")]:
        for name, value in [*vars(module).items()]:
            if callable(value) and value in READINGS:
                setattr(module, name, once[value])


def by_meaning(reading: Callable[..., R]) -> Callable[..., R]:
    """*reading*, done once for each text, with each vocabulary and whatever else it is told."""
    known: dict[object, tuple[Meaning, R]] = {}

    def read(said: str, meaning: Meaning, *more: object, **how: object) -> R:
        key = (said, id(meaning), more, *how.items())
        if key not in known:  # the vocabulary is kept with it, so that its id is not used again
            known[key] = meaning, reading(said, meaning, *more, **how)
        return known[key][1]

    return read
