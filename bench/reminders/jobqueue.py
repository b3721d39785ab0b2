"""PTB's JobQueue, in a process of its own: `python -m bench.reminders.jobqueue SCENE JOBS`."""

import asyncio
import json
import sys
import time
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta

from telegram.ext import Application, ContextTypes, JobQueue

from bench.reminders.now import now
from bench.reminders.process import at_share, cpu_seconds, megabytes

Found = dict[str, float]

IDLE = 20.0  # seconds
HOUR, MONTH = 3_600, 30 * 86_400
WAIT = 15.0  # seconds in which what is due should have come


async def started() -> JobQueue[ContextTypes.DEFAULT_TYPE]:
    application = Application.builder().token("1:a").build()
    assert application.job_queue
    await application.job_queue.start()
    return application.job_queue


async def nothing(_: ContextTypes.DEFAULT_TYPE) -> None: ...


async def sleeping(jobs: int) -> Found:
    """What it costs to be told of all jobs anew, as after every start, and to wait."""
    queue = await started()
    for n in range(jobs):
        queue.run_once(nothing, HOUR + n * 7919 % MONTH)
    found = {"start": cpu_seconds(), "megabytes": megabytes()}
    before = cpu_seconds()
    await asyncio.sleep(IDLE)
    return found | {"idle": 100 * (cpu_seconds() - before) / IDLE}


async def due(jobs: int) -> Found:
    """So many fall due in one second: how many come, and how long somebody waits meanwhile."""
    queue = await started()
    came: list[float] = []

    async def come(_: ContextTypes.DEFAULT_TYPE) -> None:
        came.append(time.perf_counter())

    at = datetime.fromtimestamp(now() + 3 + jobs / 2_000, UTC)
    for n in range(jobs):
        queue.run_once(come, at + timedelta(microseconds=1_000_000 * n // jobs))
    waits: list[float] = []
    while not waits or now() < at.timestamp() + WAIT:  # that it stands still all the time counts
        began = time.perf_counter()
        await asyncio.sleep(0.01)
        waits.append(1000 * (time.perf_counter() - began - 0.01))
    return {"came": float(len(came)), "busy p99": at_share(waits, 0.99), "busy most": max(waits)}


SCENES: dict[str, Callable[[int], Awaitable[Found]]] = {"sleeping": sleeping, "due": due}


async def main(scene: str, jobs: int) -> None:
    print(json.dumps(await SCENES[scene](jobs)))


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1], int(sys.argv[2])))
