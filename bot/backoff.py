"""How long to wait before the next try."""

import random


def backoff(tries: int, first: float, most: float) -> float:
    """Seconds: twice as long each time, and never quite the same for two who fail together."""
    longest = min(most, first * 2.0 ** min(tries, 16))
    return longest * random.uniform(0.5, 1)  # noqa: S311 - nothing secret depends on it
