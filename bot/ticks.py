"""Seconds on a clock that never jumps: the event loop's, which a simulation has its own of."""

import asyncio


def ticks() -> float:
    return asyncio.get_running_loop().time()
