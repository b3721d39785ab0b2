"""`python -m bench.reminders [--quick] [--only KIND]`: the engine's figures, beside PTB's JobQueue.

Each is measured in a process of its own, on SQLite and on PostgreSQL.  A start is one with modules
that are compiled, as in the image.  Exit code 1: an aim is missed.
"""

import argparse
import asyncio
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from bench.reminders.engine import DUE, LATE
from bench.reminders.fill import put_in, reminded
from bench.reminders.now import now
from bench.reminders.table import Figures, lines
from tests.shell.postgres import Postgres

ROOT = Path(__file__).parents[2]
FEW, MANY = 10_000, 1_000_000
KINDS = ("SQLite", "PostgreSQL")
OF_JOBQUEUE = (10_000, 100_000)


def ask(module: str, *given: str) -> dict[str, float]:
    """What a process of its own finds out."""
    command = [sys.executable, "-m", f"bench.reminders.{module}", *given]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(done.stderr)
    return dict(json.loads(done.stdout))


def prepare(url: str, due: int, asleep: int) -> None:
    """*due* reminders that are overdue, and *asleep* that are not."""
    at = int(now())
    people = ((n, reminded(at - LATE)) for n in range(1, due + 1))
    asyncio.run(put_in(url, people, asleep, at))


def measure(create: Callable[[], str], most: int) -> Iterator[tuple[str, dict[str, float]]]:
    """Every scene.  What sleeps is there for two of them: the second lets others fall due, too."""
    for asleep in (0, FEW, most):
        url = create()
        prepare(url, 0, asleep)
        yield f"sleeping {asleep}", ask("program", url)
        if asleep:
            prepare(url, DUE, 0)
            yield f"keeping {asleep}", ask("engine", "keeping", url)
    for scene in ("talking", "holding"):
        yield scene, ask("engine", scene, create())


def compile_all() -> None:
    """Compile the bot as the Dockerfile does: where it is installed no start has to do it."""
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    rooms = ["flows", "data", "bot"]
    subprocess.run([sys.executable, "-m", "compileall", "-q", *rooms], cwd=ROOT, check=True)


@contextmanager
def databases() -> Iterator[dict[str, Callable[[], str]]]:
    """What makes a new database, by the name of its kind."""
    with (
        tempfile.TemporaryDirectory(prefix="bench-") as folder,
        tempfile.TemporaryDirectory(prefix="postgres-") as of_server,
    ):
        server = Postgres(Path(of_server), keeps=True)
        files = iter(range(1_000))
        yield {
            KINDS[0]: lambda: f"sqlite:///{folder}/{next(files)}.db",
            KINDS[1]: server.create,
        }
        server.stop()


def core_share() -> float:
    """How much of a core a process that never rests gets here and now."""
    began, cpu = time.perf_counter(), time.process_time()
    while time.perf_counter() < began + 1:
        pass
    return time.process_time() - cpu


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    options.add_argument("--quick", action="store_true", help="with 100,000 that sleep at most")
    options.add_argument("--only", choices=KINDS, help="on this kind of database alone")
    given = options.parse_args()
    most = 100_000 if given.quick else MANY
    found: Figures = {}
    shares = [core_share()]
    compile_all()
    with databases() as kinds:
        for kind in [given.only] if given.only else KINDS:
            for scene, figures in measure(kinds[kind], most):
                print(f"{kind}: {scene}: {figures}", file=sys.stderr)
                found[kind, scene.replace(str(most), "most")] = figures
                shares.append(core_share())
    for jobs in OF_JOBQUEUE:
        for scene in ("sleeping", "due"):
            found["JobQueue", f"{scene} {jobs}"] = ask("jobqueue", scene, str(jobs))
    empty = ask("jobqueue", "sleeping", "0")
    for scene in [f"sleeping {jobs}" for jobs in OF_JOBQUEUE]:
        found["JobQueue", scene]["megabytes"] -= empty["megabytes"]
    print(f"load {os.getloadavg()[0]:.1f}; a process that never rests got", end=" ")
    print(f"{min(shares):.0%} to {max(shares):.0%} of a core; {most:,} sleep at most")
    missed = False
    for line, is_met in lines(found, FEW):
        print(line)
        missed |= not is_met
    return int(missed)


if __name__ == "__main__":
    sys.exit(main())
