"""The program itself, as an operator starts it: `python -m bench.reminders.program URL`.

Prints what it costs to start on what is there, and to wait, as JSON.
"""

import asyncio
import json
import os
import sys
import time
from pathlib import Path

from bench.reminders.fill import KEY
from tests.shell.program import environment, running
from tests.telegram import Telegram, serve

IDLE = 20.0  # seconds
PATIENCE = 180.0  # seconds that a start may take
TICKS = os.sysconf("SC_CLK_TCK")


async def sleeping(url: str) -> dict[str, float]:
    telegram = Telegram()
    async with serve(telegram) as address:
        settings = environment(address, "polling", 0, url) | {"DATA_KEY": KEY}
        async with running(settings) as process:
            began = time.monotonic()
            while not telegram.calls("getWebhookInfo"):  # the last before the first updates
                assert time.monotonic() < began + PATIENCE, "it does not start"
                await asyncio.sleep(0.05)
            await asyncio.sleep(1)
            found = {"start": cpu_seconds(process.pid), "megabytes": megabytes(process.pid)}
            before = cpu_seconds(process.pid)
            await asyncio.sleep(IDLE)
            return found | {"idle": 100 * (cpu_seconds(process.pid) - before) / IDLE}


def cpu_seconds(pid: int) -> float:
    """What all threads of a process have taken, in the kernel too."""
    stat = Path(f"/proc/{pid}/stat").read_text(encoding="ascii")
    user, system = stat.rpartition(")")[2].split()[11:13]
    return (int(user) + int(system)) / TICKS


def megabytes(pid: int) -> float:
    """The memory that a process holds."""
    status = Path(f"/proc/{pid}/status").read_text(encoding="ascii")
    line = next(line for line in status.splitlines() if line.startswith("VmRSS"))
    return int(line.split()[1]) / 1024


if __name__ == "__main__":
    print(json.dumps(asyncio.run(sleeping(*sys.argv[1:]))))
