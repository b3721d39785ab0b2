"""The two bots that are compared, each as a process of its own."""

import asyncio
import os
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.telegram import TOKEN, Address

ROOT = Path(__file__).parent.parent
TICKS = os.sysconf("SC_CLK_TCK")
CORES = sorted(os.sched_getaffinity(0))
BOTS_CORE, OUR_CORE = CORES[0], CORES[-1]  # so that neither side takes the other's time


@dataclass(frozen=True, slots=True)
class Bot:
    """A bot that runs."""

    process: asyncio.subprocess.Process

    @property
    def cpu_seconds(self) -> float:
        """What all of its threads have taken, in the kernel too."""
        stat = Path(f"/proc/{self.process.pid}/stat").read_text(encoding="ascii")
        user, system = stat.rpartition(")")[2].split()[11:13]
        return (int(user) + int(system)) / TICKS


@asynccontextmanager
async def running(name: str, address: Address, folder: Path) -> AsyncIterator[Bot]:
    """The bot *name* on the stand-in at *address*; what it keeps is in *folder*."""
    command = {"ours": ("bot", "run"), "plain": ("bench.plain", TOKEN, address.url)}[name]
    log = (folder / "log").open("w")
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", *command),
        cwd=folder,  # no .env is there
        env=_environment(address, folder),
        stderr=log,
    )
    os.sched_setaffinity(process.pid, {BOTS_CORE})
    try:
        yield Bot(process)
        if process.returncode is not None:
            raise RuntimeError(f"the bot ended by itself: {(folder / 'log').read_text()}")
    finally:
        if process.returncode is None:
            process.terminate()
        await process.wait()


def _environment(address: Address, folder: Path) -> dict[str, str]:
    """Settings, and nothing of the caller's that could change how a bot talks."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    return kept | {
        "PYTHONPATH": str(ROOT),
        "TELEGRAM_TOKEN": TOKEN,
        "TELEGRAM_API_URL": address.url,
        "TELEGRAM_FILE_URL": f"{address.url}/file",
        "DATABASE_URL": f"sqlite:///{folder / 'bot.db'}",
        "SEND_RATE": "0",  # the stand-in bears everything
        "LOG_LEVEL": "WARNING",
    }
