"""What breaks.  Each fault lasts as long as its function runs; then all is there again."""

import asyncio
import signal
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from random import Random

from bench.chaos.balance import Balance
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
    died: int = 0  # replicas that ended by themselves


async def kill_a_replica(world: World) -> None:
    """It is started again at once; the other one is there meanwhile."""
    number = world.chance.randrange(len(world.replicas))
    if world.replicas[number].returncode is None:
        world.replicas[number].send_signal(signal.SIGKILL)
        await world.replicas[number].wait()
    else:
        world.died += 1
    world.replicas[number] = await start_program(world.settings[number])


async def crash_the_database(world: World) -> None:
    await asyncio.to_thread(world.postgres.crash)


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
