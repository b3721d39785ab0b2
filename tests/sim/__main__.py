"""`python -m tests.sim [--days N] [--seed N] [--trace]`: days that must all come out clean."""

import argparse
import logging
import sys
import traceback
from collections import Counter
from collections.abc import Callable

from data.library import Library, read_library
from tests.readings import remember
from tests.sim.database import Database, database
from tests.sim.day import Day, live_through
from tests.sim.ledger import Ledger, waits_for_care

Server = Callable[[], Database]


def main() -> int:
    options = argparse.ArgumentParser(description="Days in which anything may break.")
    options.add_argument("--days", type=int, default=100, help="how many, each with a seed")
    options.add_argument("--first", type=int, default=1, help="the seed of the first")
    options.add_argument("--seed", type=int, help="this one alone")
    options.add_argument("--trace", action="store_true", help="all that happens, line by line")
    given = options.parse_args()
    logging.disable(logging.CRITICAL)
    remember()
    library = read_library()
    first, days = (given.first, given.days) if given.seed is None else (given.seed, 1)
    seen: Counter[str] = Counter()
    bad = []
    with database() as server:
        for seed in range(first, first + days):
            bad += [seed] if _is_bad(seed, server, library, seen, given.trace) else []
            if seed % 10 == 0 or seed == first + days - 1:
                print(", ".join(f"{what} {many}" for what, many in seen.items()), flush=True)
    for seed in bad:
        print(f"again: make sim SEED={seed}")
    return int(bool(bad))


def _is_bad(seed: int, server: Server, library: Library, seen: Counter[str], trace: bool) -> bool:
    try:
        day = live_through(seed, server, library)
    except Exception:  # noqa: BLE001 - whatever it is, its seed is to be told
        print(f"seed {seed} came to no end:\n{traceback.format_exc()}", flush=True)
        return True
    ledger = Ledger(day, library.book("en"))
    found = ledger.findings()
    _count(day, ledger, seen)
    if trace:
        print("\n".join(day.world.trace))
    if found:
        print(f"seed {seed} ({day.digest}):", *found, sep="\n  ", flush=True)
    return bool(found)


def _count(day: Day, ledger: Ledger, seen: Counter[str]) -> None:
    seen["days"] += 1
    seen["turns"] += sum(kept.outcome.heard for kept in day.journal.kept)
    seen["screens"] += len(day.network.spoken)
    seen["deaths"] += day.lives.count("killed")
    seen["restarts"] += len(day.lives)
    seen["emergencies"] += len(waits_for_care(ledger))


if __name__ == "__main__":
    sys.exit(main())
