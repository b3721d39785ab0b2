"""`python -m bench.run [--quick]`: the bot next to the same conversation written plainly.

Rounds are paired: one bot, then the other, each on a fresh stand-in.  A ratio is that of two
neighbours, so what else the machine does weighs on both.  Exit code 1: an aim is missed.
"""

import argparse
import asyncio
import os
import sys
import tempfile
from itertools import zip_longest
from pathlib import Path

from bench.bots import OUR_CORE, running
from bench.scenes import QUICK, SCENES, Scene
from bench.table import Measured, Pair, report
from bench.walk import Move, Said, moves, prepare, queues, walk, words_only
from data.library import read_library
from tests.telegram import UNLIMITED, Telegram, serve

SETTLE = 0.6  # seconds after the last answer, in which what was put off is still done


async def measure(
    bot_name: str, scene: Scene, before_it: list[Move], script: list[Move]
) -> Measured:
    """Start the bot, let it warm up, and walk the scene with it."""
    telegram = Telegram(limits=UNLIMITED)
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        async with serve(telegram) as address, running(bot_name, address, Path(folder)) as bot:
            first = queues(telegram, 2, 1)
            await prepare(first, before_it)
            warm = await walk(first, script)
            all_others = queues(telegram, scene.people, scene.times)
            await prepare(all_others, before_it)
            telegram.latency = scene.latency
            await asyncio.sleep(SETTLE)
            before = bot.cpu_seconds
            done = await walk(all_others, script, scene.most)
            await asyncio.sleep(SETTLE)
            return Measured(bot.cpu_seconds - before, done, warm.said)


async def pairs(scene: Scene, rounds: int, silent: list[Move], script: list[Move]) -> list[Pair]:
    found = []
    for number in range(rounds):
        print(f"{scene.title}: round {number + 1} of {rounds}", end="\r", file=sys.stderr)
        ours = await measure("ours", scene, silent, script)
        plain = await measure("plain", scene, [], script)
        if ours.said != plain.said:
            raise SystemExit(f"the bots do not say the same: {difference(ours.said, plain.said)}")
        found.append(Pair(ours, plain))
    return found


def difference(ours: list[Said], plain: list[Said]) -> str:
    here, there = next(pair for pair in zip_longest(ours, plain) if pair[0] != pair[1])
    return f"\n  ours:  {here}\n  plain: {there}"


def main() -> int:
    options = argparse.ArgumentParser(description="What an update costs, next to plain PTB.")
    options.add_argument("--quick", action="store_true", help="one round: a glance, not a proof")
    is_quick = options.parse_args().quick
    os.sched_setaffinity(0, {OUR_CORE})
    book = read_library().book("en")
    silent, script = words_only(book), moves(book)
    missed = False
    for scene in QUICK if is_quick else SCENES:
        found = asyncio.run(pairs(scene, 1 if is_quick else 3, silent, script))
        missed |= report(scene, found)
    return int(missed)


if __name__ == "__main__":
    sys.exit(main())
