"""What breaks.  Each fault lasts as long as its function runs; then all is there again."""

import asyncio
import signal
import sys
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass, field
from random import Random
from time import monotonic

import aiohttp

from bench.chaos.balance import Balance
from bot.loop import PAUSE
from tests.shell.postgres import Postgres
from tests.shell.program import start_program
from tests.telegram import Fault, Telegram

AWAY = 1.5  # seconds that something is away


@dataclass
class World:
    telegram: Telegram
    postgres: Postgres
    balance: Balance
    settings: list[dict[str, str]]
    replicas: list[asyncio.subprocess.Process]
    chance: Random
    killed: set[int] = field(default_factory=set)  # process ids
    died: int = 0  # replicas that ended by themselves
    unwell: int = 0  # answers to "are you ready" that were not true


async def kill_a_replica(world: World) -> None:
    """It is started again at once; the other one is there meanwhile."""
    number = world.chance.randrange(len(world.replicas))
    replica = world.replicas[number]
    world.killed.add(replica.pid)
    with suppress(ProcessLookupError):
        replica.send_signal(signal.SIGKILL)
    await replica.wait()
    world.replicas[number] = await start_program(world.settings[number])


async def watch(world: World) -> None:
    """Start a replica again that has ended by itself; it must not.  Runs for ever."""
    while True:
        for number, replica in enumerate(world.replicas):
            if replica.returncode is not None and replica.pid not in world.killed:
                print(f"** replica {number} ended by itself: {replica.returncode}", file=sys.stderr)
                world.died += 1
                world.replicas[number] = await start_program(world.settings[number])
        await asyncio.sleep(0.2)


async def crash_the_database(world: World) -> None:
    await asyncio.to_thread(world.postgres.crash)


async def lose_the_database(world: World, seconds: float) -> float:
    """It is gone for so long that everybody notices, and whoever asks is told; when it is back."""
    await asyncio.to_thread(world.postgres.die)
    await asyncio.sleep(seconds / 2)
    await _ask_whether_ready(world, is_ready=False)
    await asyncio.sleep(seconds / 2)
    await asyncio.to_thread(world.postgres.start)
    back = monotonic()
    await asyncio.sleep(2 * AWAY + PAUSE)
    await _ask_whether_ready(world, is_ready=True)
    return back


async def _ask_whether_ready(world: World, *, is_ready: bool) -> None:
    """Whether what /readyz and /healthz say is so."""
    async with aiohttp.ClientSession() as client:
        for settings in world.settings:
            for path in ("readyz", "healthz"):
                url = f"http://127.0.0.1:{settings['PORT']}/{path}"
                async with client.get(url) as answer:
                    print(f"{path}: {answer.status} {await answer.text()}", file=sys.stderr)
                    world.unwell += answer.ok is not is_ready


async def cut_the_network(world: World) -> None:
    world.balance.cut()
    world.telegram.fail(Fault(times=10, cut="before"))
    world.telegram.fail(Fault(times=10, cut="after"))
    await asyncio.sleep(AWAY)
    world.balance.mend()
    world.telegram.faults.clear()


async def ask_for_less(world: World) -> None:
    await _answer(world, Fault(times=20, code=429, retry_after=1))


async def be_unwell(world: World) -> None:
    await _answer(world, Fault(times=50, code=502))


async def deliver_twice(world: World) -> None:
    world.telegram.updates.times = 2
    await asyncio.sleep(AWAY)
    world.telegram.updates.times = 1


async def deliver_late(world: World) -> None:
    recent = [pending.update for pending in world.telegram.updates.pending.values()]
    await asyncio.sleep(AWAY)
    for update in recent:
        world.telegram.deliver_again(update)


async def slow_the_disk(world: World) -> None:
    await asyncio.to_thread(world.postgres.commit_slowly, 100)
    await asyncio.sleep(AWAY)
    await asyncio.to_thread(world.postgres.commit_slowly, 0)


async def _answer(world: World, fault: Fault) -> None:
    world.telegram.fail(fault)
    await asyncio.sleep(AWAY)
    world.telegram.faults.clear()


FAULTS: tuple[Callable[[World], Awaitable[None]], ...] = (
    kill_a_replica, crash_the_database, cut_the_network, ask_for_less, be_unwell, deliver_twice,
    deliver_late, slow_the_disk,
)  # fmt: skip
