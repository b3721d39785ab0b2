"""`python -m bench.chaos [people] [seconds] [seed]`: what is left at the end must be nothing."""

import argparse
import asyncio
import sys
import tempfile
from collections import Counter
from itertools import pairwise
from pathlib import Path
from random import Random
from time import monotonic

from bench.chaos.balance import Balance
from bench.chaos.faults import FAULTS, World, lose_the_database, watch
from bench.chaos.people import PATIENCE, Ledger, strangers, turn, walk
from data.engine import open_engine
from data.store import Store
from tests.keys import ring
from tests.shell.conftest import free_port
from tests.shell.postgres import Postgres
from tests.shell.program import environment, is_ready, start_program
from tests.telegram import UNLIMITED, Person, Telegram, serve

EVERY = 5.0  # seconds between two faults
LATE = 5.0  # seconds, after all is there again, in which an emergency screen must be shown
Spells = list[tuple[float, float, str]]  # from when until when, and what was broken


async def chaos(people: int, seconds: float, seed: int, gone: float) -> dict[str, int]:
    telegram = Telegram(limits=UNLIMITED)
    telegram.hook_delay = 0.05
    with tempfile.TemporaryDirectory(prefix="chaos-") as folder:
        postgres = Postgres(Path(folder), keeps=True)
        url = postgres.create()
        async with serve(telegram) as address:
            front, ports = free_port(), [free_port(), free_port()]
            settings = [
                environment(address, "webhook", port, url)
                | {"WEBHOOK_URL": f"http://127.0.0.1:{front}/hook", "LOG_LEVEL": "ERROR"}
                for port in ports
            ]
            balance = Balance(ports)
            await balance.listen(front)
            replicas = [await start_program(each) for each in settings]
            world = World(telegram, postgres, balance, settings, replicas, Random(seed))
            try:
                for port in ports:
                    await is_ready(port)
                ledger, spells, crowd = await _hold(world, people, seconds, gone)
                for port in ports:
                    await is_ready(port)  # one that has not begun could not stop in good order
            finally:
                codes = await _stop(world)
            await balance.close()
        left = await _left(url, ledger, spells, crowd)
        postgres.stop()
    return left | {
        "replicas that ended badly": world.died + sum(map(bool, codes)),
        "wrong answers about health": world.unwell,
    }


async def _stop(world: World) -> list[int]:
    for replica in world.replicas:
        if replica.returncode is None:
            replica.terminate()
    return [await replica.wait() for replica in world.replicas]


async def _hold(
    world: World, people: int, seconds: float, gone: float
) -> tuple[Ledger, Spells, list[Person]]:
    """Let people talk while things break, or the database is *gone* for so many seconds."""
    ledger, over = Ledger(patience=PATIENCE + gone), asyncio.Event()
    crowd = [Person(world.telegram, 2000 + number) for number in range(people)]
    async with asyncio.TaskGroup() as group:
        for person in crowd:
            group.create_task(walk(person, ledger, Random(person.chat_id), over))
        group.create_task(strangers(world.telegram, ledger, over))
        watching = group.create_task(watch(world))
        spells = await (_lose(world, gone) if gone else _break(world, seconds))
        await asyncio.sleep(EVERY)
        over.set()
        watching.cancel()
    await asyncio.sleep(1)
    return ledger, spells, crowd


async def _break(world: World, seconds: float) -> Spells:
    spells, end = [], monotonic() + seconds
    await asyncio.sleep(EVERY)
    while monotonic() < end:
        began, fault = monotonic(), world.chance.choice(FAULTS)
        await fault(world)
        name = fault.__name__.replace("_", " ")
        spells.append((began, monotonic(), name))
        print(f"{name}: {monotonic() - began:.1f} s", file=sys.stderr)
        await asyncio.sleep(max(0.0, began + EVERY - monotonic()))
    return spells


async def _lose(world: World, seconds: float) -> Spells:
    await asyncio.sleep(EVERY)
    began = monotonic()
    return [(began, await lose_the_database(world, seconds), "lose the database")]


async def _left(url: str, ledger: Ledger, spells: Spells, crowd: list[Person]) -> dict[str, int]:
    """What must be nothing, from both sides: as people saw it, and as it is kept."""
    store = Store(open_engine(url), ring())
    rows = await store.run(lambda t: t.lock([person.chat_id for person in crowd]))
    owed = await store.run(lambda t: t.count_owed(10_000))
    await store.close()
    found: Counter[str] = Counter()
    for chat, taps in ledger.taps.items():
        found["turns doubled"] += max(0, rows[chat].chat.turn - ledger.first[chat] - taps)
        found["turns lost"] += max(0, ledger.first[chat] + taps - rows[chat].chat.turn)
    for person in crowd:
        spoken = [turn(sent.message) for sent in person.history if sent.message.rows]
        found["order broken"] += sum(later < earlier for earlier, later in pairwise(spoken))
    late = [waited(told, shown, spells) for told, shown in ledger.emergencies]
    print(
        f"taps {sum(ledger.taps.values())}, faults {len(spells)}, emergencies {len(late)}, ", end=""
    )
    print(f"the longest without a fault {max(late, default=0):.1f} s")
    for (told, _), seconds in zip(ledger.emergencies, late, strict=True):
        if seconds > LATE:
            print(f"late by {seconds - LATE:.1f} s: told {_since(told, spells)}")
    for said, what in ledger.lost:
        print(f"no answer to {what}: said {_since(said, spells)}")
    found["updates lost"] = len(ledger.lost)
    found["screens owed"] = owed
    found["emergency screens late"] = sum(seconds > LATE for seconds in late)
    return dict(found)


def _since(at: float, spells: Spells) -> str:
    """When that was, by what was broken last."""
    name, began = next(
        ((name, began) for began, _, name in reversed(spells) if began < at), ("the beginning", 0)
    )
    return f"{at - began:.1f} s after {name}" if began else "before any fault"


def waited(told: float, shown: float, spells: Spells) -> float:
    """How long somebody waited while nothing was broken, since the last time something was."""
    ends = [end for began, end, _ in spells if began < shown and end > told]
    return shown - max([told, *(end for end in ends if end < shown)])


def main() -> int:
    options = argparse.ArgumentParser(description="Two replicas, and things that break.")
    options.add_argument("people", type=int, nargs="?", default=500)
    options.add_argument("seconds", type=float, nargs="?", default=300.0)
    options.add_argument("seed", type=int, nargs="?", default=7)
    options.add_argument(
        "--gone", type=float, default=0.0, help="the database, for so many seconds"
    )
    given = options.parse_args()
    left = asyncio.run(chaos(given.people, given.seconds, given.seed, given.gone))
    for what, how_many in left.items():
        print(f"{what}: {how_many}" if not how_many else f"** {what}: {how_many} **")
    return int(any(left.values()))


if __name__ == "__main__":
    sys.exit(main())
