"""`python -m bench.soak [minutes] [people]`: does it stay as it is, while people talk for long?

One bot, as a process of its own, on SQLite and the stand-in for Telegram over HTTP.  People do
what those of `tests/sim` do.  Telegram refuses, cuts lines and is slow; the database is locked.
Every ten seconds is looked at what the process takes and at what waits.  At the end nothing may be
lost or owed, and neither memory nor open files may have grown since it was warm.
"""

import argparse
import asyncio
import sqlite3
import sys
import tempfile
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from random import Random
from statistics import median

import aiohttp

from data.engine import open_engine
from data.store import Store
from tests.keys import ring
from tests.shell.conftest import free_port, until
from tests.shell.program import environment, is_ready, running
from tests.sim.people import Walker
from tests.sim.world import Act, Odds, World
from tests.telegram import UNLIMITED, Fault, Telegram, serve

EVERY = 10.0  # seconds between two looks
BREAKS = 7.0  # seconds between two faults
AWAY = 1.5  # seconds that something is away
WARM = 0.3  # of all looks, until it has read and remembered all that it does
GROWTH = 1.08  # how many times as much memory it may take at the end as when it was warm
FILES = 30  # how many more files may be open
QUIET = 60.0  # seconds in which all that is owed is spoken, once nothing breaks
HOLD = 65.0  # and in which every hold ends
SHOWN = ("bot_backlog", "bot_screens_owed", "bot_oldest_screen_seconds")


class RealTime(World):
    """The people's world, in which time goes by itself."""

    def __init__(self, seed: int) -> None:
        super().__init__(seed)
        self._loop = asyncio.get_running_loop()
        self.odds = Odds(0, 0, 0, 0, 0, 0, 0, twice=0.05, late=0.03)

    def later(self, seconds: float, act: Act) -> None:
        self._loop.call_later(seconds, act)

    def note(self, what: str) -> None:
        """Nobody plays it again."""


@dataclass(frozen=True)
class Look:
    """What the process takes, and what waits."""

    at: float
    memory: int  # bytes
    files: int
    waits: dict[str, float]  # by metric, the most of it


async def soak(minutes: float, people: int, seed: int) -> int:
    telegram = Telegram(limits=UNLIMITED)
    world = RealTime(seed)
    walkers = [Walker(world, telegram, 1001 + number) for number in range(people)]
    with tempfile.TemporaryDirectory(prefix="soak-") as folder:
        file = Path(folder) / "bot.db"
        async with serve(telegram) as address:
            settings = environment(address, "polling", free_port(), f"sqlite:///{file}")
            metrics = free_port()
            settings |= {"METRICS_PORT": str(metrics), "LOG_LEVEL": "ERROR"}
            async with running(settings) as process:
                await is_ready(metrics)
                for walker in walkers:
                    world.later(world.dice.uniform(0, 20), walker.wake)
                breaking = asyncio.create_task(_break(telegram, file, Random(seed)))
                looks = await _look_on(process, metrics, 60 * minutes)
                breaking.cancel()
                await asyncio.wait([breaking])
                await _rest(telegram, world, walkers)
                process.terminate()
                code = await process.wait()
        left = await _left(file, walkers)
    left |= {"ended badly": int(code != 0), "updates not confirmed": telegram.unconfirmed}
    return _told(looks, left, sum(len(walker.did) for walker in walkers))


async def _break(telegram: Telegram, file: Path, chance: Random) -> None:
    """One thing after the other, and then it is well again."""
    faults = (
        Fault(times=10, code=429, retry_after=1), Fault(times=30, code=502),
        Fault(times=10, cut="before"), Fault(times=10, cut="after"), Fault(times=5, slow=5),
    )  # fmt: skip
    while True:
        await asyncio.sleep(BREAKS)
        fault = chance.choice([*faults, None])
        if fault is None:
            await _lock(file)
            continue
        telegram.fail(Fault(**{name: getattr(fault, name) for name in fault.__slots__}))
        await asyncio.sleep(AWAY)
        telegram.faults.clear()


async def _lock(file: Path) -> None:
    """Another program writes into the file, and takes its time."""
    other = sqlite3.connect(file, isolation_level=None)
    try:
        other.execute("BEGIN IMMEDIATE")
        await asyncio.sleep(AWAY)
    except sqlite3.OperationalError:
        return  # the bot was quicker
    finally:
        other.close()


async def _look_on(process: asyncio.subprocess.Process, port: int, seconds: float) -> list[Look]:
    looks: list[Look] = []
    loop = asyncio.get_running_loop()
    began = loop.time()
    while (now := loop.time() - began) < seconds and process.returncode is None:
        await asyncio.sleep(EVERY)
        folder = Path(f"/proc/{process.pid}")
        status = (folder / "status").read_text()
        memory = 1024 * int(status.partition("VmRSS:")[2].split()[0])
        files = len(list((folder / "fd").iterdir()))
        looks.append(Look(now + EVERY, memory, files, await _waits(port)))
    return looks


async def _waits(port: int) -> dict[str, float]:
    async with (
        aiohttp.ClientSession() as client,
        client.get(f"http://127.0.0.1:{port}/metrics") as answer,
    ):
        lines = (await answer.text()).splitlines()
    found: dict[str, float] = {}
    for line in lines:
        name = line.partition("{")[0].partition(" ")[0]
        if name in SHOWN:
            found[name] = max(found.get(name, 0.0), float(line.rpartition(" ")[2]))
    return found


async def _rest(telegram: Telegram, world: World, walkers: list[Walker]) -> None:
    """Nobody says anything more, and nothing breaks."""
    telegram.faults.clear()
    world.is_calm = True
    for walker in walkers:
        walker.is_awake = False
        walker.come_back()
    with suppress(TimeoutError):  # what has not come by then is in the ledger
        await until(lambda: not telegram.unconfirmed, QUIET)
    await asyncio.sleep(HOLD)


async def _left(file: Path, walkers: list[Walker]) -> dict[str, int]:
    """What must be nothing, as it is kept."""
    store = Store(open_engine(f"sqlite:///{file}"), ring())
    await store.open()
    lost: list[str] = []
    for walker in walkers:
        tables = await store.run(lambda t, id=walker.person.chat_id: t.everything(id))  # type: ignore[misc]
        heard = {line["update_id"] for line in tables["heard"]}
        since = min(heard - walker.late, default=0)  # what is older went with an erasure
        missing = [update for update in walker.did if since < update not in heard] if since else []
        lost += [f"chat {walker.person.chat_id}: update {update}" for update in missing]
    counts = await store.run(lambda t: t.counts())
    owed = await store.run(lambda t: t.count_owed(10_000))
    await store.close()
    print(*lost, sep="\n", end="\n" if lost else "")
    return {"updates lost": len(lost), "updates parked": counts["parked"], "screens owed": owed}


def _told(looks: list[Look], left: dict[str, int], updates: int) -> int:
    """Print it all; whether anything is not as it must be."""
    print("| minute | memory, MB | open files | waiting updates or screens | screens owed |"
          " the oldest, s |\n| ---: | ---: | ---: | ---: | ---: | ---: |")  # fmt: skip
    step = max(1, len(looks) // 15)
    for look in looks[step - 1 :: step]:
        waits = " | ".join(f"{look.waits.get(name, 0):.1f}" for name in SHOWN)
        print(f"| {look.at / 60:.1f} | {look.memory / 1e6:.1f} | {look.files} | {waits} |")
    left |= dict(_grown(looks))
    print(f"updates {updates}")
    for what, many in left.items():
        print(f"{what}: {many}" if not many else f"** {what}: {many} **")
    return int(any(left.values()))


def _grown(looks: list[Look]) -> Iterator[tuple[str, int]]:
    """By how much memory, in MB, and open files have grown beyond what they may."""
    warm = looks[int(WARM * len(looks)) :]
    third = max(1, len(warm) // 3)
    before, after = warm[:third], warm[-third:]
    memory = [median(look.memory for look in part) for part in (before, after)]
    print(f"memory when warm {memory[0] / 1e6:.1f} MB, at the end {memory[1] / 1e6:.1f} MB")
    yield "MB grown", round((memory[1] - memory[0]) / 1e6) if memory[1] > GROWTH * memory[0] else 0
    files = [max(look.files for look in part) for part in (before, after)]
    yield "files left open", max(0, files[1] - files[0] - FILES)


def main() -> int:
    options = argparse.ArgumentParser(description="People talk for long while things break.")
    options.add_argument("minutes", type=float, nargs="?", default=30.0)
    options.add_argument("people", type=int, nargs="?", default=40)
    options.add_argument("seed", type=int, nargs="?", default=7)
    given = options.parse_args()
    return asyncio.run(soak(given.minutes, given.people, given.seed))


if __name__ == "__main__":
    sys.exit(main())
