"""`python -m bench.run [--quick]`: the bot next to the same conversation written plainly.

In a round each bot of a scene takes its turn, on a fresh stand-in.  A ratio is that of two of one
round, so what else the machine does weighs on both.  Exit code 1: an aim is missed.
"""

import argparse
import asyncio
import gc
import os
import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import zip_longest
from pathlib import Path

from bench.bots import AIOGRAM_PYTHON, AS_IT_COMES, OUR_CORE, Kind, running
from bench.measured import Measured
from bench.reminders.__main__ import core_share
from bench.reminders.fill import put_in
from bench.reminders.now import now
from bench.scenes import QUICK, SCENES, Scene, without
from bench.server import Server
from bench.table import Round, report
from bench.walk import Said, moves, prepare, queues, walk, words_only
from bench.yardstick import THERE, keeps_a_row, reads_a_tap
from data.library import read_library
from tests.telegram import UNLIMITED, Telegram, serve

ROUNDS = 3
SETTLE = 0.6  # seconds after the last answer, in which what was put off is still done


class Bench:
    """What all scenes share."""

    def __init__(self, home: Path) -> None:
        book = read_library().book("en")
        self._silent, self._script = words_only(book), moves(book)
        self._home = home
        self._server: Server | None = None
        self._stored: dict[int, Path] = {}  # files that were filled once, by how many

    def round(self, scene: Scene) -> Round:
        for kind in scene.bots:
            if kind.stored and kind.stored not in self._stored:
                self._stored[kind.stored] = self._fill(kind.stored)
        found = {kind: asyncio.run(self._measure(kind, scene)) for kind in scene.bots}
        first, *others = scene.bots
        for kind in others:
            if found[kind].said != found[first].said:
                there = difference(found[kind].said, found[first].said)
                raise SystemExit(f"{kind.name} and {first.name} do not say the same: {there}")
        return found

    def close(self) -> None:
        if self._server:
            self._server.stop()

    async def _measure(self, kind: Kind, scene: Scene) -> Measured:
        """Start the bot, let it warm up, and walk the scene with it."""
        gc.collect()
        telegram = Telegram(limits=UNLIMITED)
        before_it = [] if kind.program in AS_IT_COMES else self._silent
        server = self._of(kind)
        with tempfile.TemporaryDirectory(prefix="bench-") as name:
            folder = Path(name)
            url = server.create() if server else self._file(kind, folder)
            async with (
                serve(telegram) as address,
                running(kind, telegram, address, folder, url) as bot,
            ):
                first = queues(telegram, 4, 1)
                await prepare(first, before_it)
                warm = await walk(first, self._script)
                all_others = queues(telegram, scene.people, scene.times)
                await prepare(all_others, before_it)
                telegram.latency = scene.latency
                await asyncio.sleep(SETTLE)
                before = bot.cpu_seconds, server.cpu_seconds if server else 0.0
                done = await walk(all_others, self._script, scene.most)
                await asyncio.sleep(SETTLE)
                after = bot.cpu_seconds, server.cpu_seconds if server else 0.0
        own, servers = (late - early for early, late in zip(before, after, strict=True))
        return Measured(own, servers, done, warm.said)

    def _of(self, kind: Kind) -> Server | None:
        if not kind.on_postgresql:
            return None
        if self._server is None:
            self._server = Server(self._home / "postgres")
        return self._server

    def _file(self, kind: Kind, folder: Path) -> str:
        """A database with as many chats as the bot is to find."""
        if kind.stored:
            shutil.copy(self._stored[kind.stored], folder / "bot.db")
        return f"sqlite:///{folder / 'bot.db'}"

    def _fill(self, many: int) -> Path:
        """A file in which *many* chats sleep."""
        path = self._home / f"{many}.db"
        asyncio.run(put_in(f"sqlite:///{path}", [], many, int(now())))
        return path


def difference(ours: list[Said], others: list[Said]) -> str:
    here, there = next(pair for pair in zip_longest(ours, others) if pair[0] != pair[1])
    return f"\n  here:  {here}\n  there: {there}"


@contextmanager
def bench() -> Iterator[Bench]:
    with tempfile.TemporaryDirectory(prefix="bench-") as home:
        one = Bench(Path(home))
        try:
            yield one
        finally:
            one.close()


def main() -> int:
    options = argparse.ArgumentParser(description="What an update costs, next to plain PTB.")
    options.add_argument("--quick", action="store_true", help="one round: a glance, not a proof")
    options.add_argument("scene", nargs="*", help="words of the titles of those to take")
    given = options.parse_args()
    os.sched_setaffinity(0, {OUR_CORE})
    gc.freeze()
    gc.disable()  # to look through all that they were told would stop the people for 0.2 s
    rounds, missed = 1 if given.quick else ROUNDS, False
    print(f"a process that never rests has {core_share():.0%} of a core: with less than 90 %, only")
    print("ratios by CPU mean anything")
    print(
        f"python-telegram-bot reads a tap in {reads_a_tap():.0f} us; where the aims were measured,"
    )
    print(f"in {THERE:.0f}: so much longer do times last here")
    with tempfile.TemporaryDirectory(prefix="bench-") as name:
        print(f"SQLite alone keeps a row for good in {keeps_a_row(Path(name)):.0f} us of CPU")
    scenes = QUICK if given.quick else SCENES
    if not AIOGRAM_PYTHON.exists():
        print("aiogram stands not beside: its environment, .venv-aiogram, could not be made")
        scenes = tuple(without("aiogram", scene) for scene in scenes)
    with bench() as one:
        for scene in scenes:
            if all(word in scene.title for word in given.scene):
                missed |= report(scene, [one.round(scene) for _ in range(rounds)])
    return int(missed)


if __name__ == "__main__":
    sys.exit(main())
