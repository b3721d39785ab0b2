"""The bots that are compared, each as one or more processes of its own."""

import asyncio
import os
import sys
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from bench.chaos.balance import Balance
from bench.reminders.fill import KEY
from bench.spoken import write_words
from tests.shell.conftest import free_port
from tests.telegram import TOKEN, Address, Telegram

ROOT = Path(__file__).parent.parent
TICKS = os.sysconf("SC_CLK_TCK")
CORES = sorted(os.sched_getaffinity(0))
BOTS_CORE, OUR_CORE = CORES[0], CORES[-1]  # so that neither side takes the other's time
_START = 60.0  # seconds in which a bot has said who it is


@dataclass(frozen=True, slots=True)
class Kind:
    """A bot, and how it runs."""

    name: str
    program: str = "ours"
    hook: bool = False  # updates are brought to it; else it fetches them
    processes: int = 1
    on_postgresql: bool = False
    stored: int = 0  # chats that sleep in its database


PROGRAMS = {
    "ours": ("bot", "run"),
    "forgetful": ("bench.forgetful",),
    "plain": ("bench.plain", TOKEN),
    "aiogram": ("bench.plain_aiogram", TOKEN),
}
AS_IT_COMES = ("plain", "aiogram")  # say words alone, and are told where on the command line
# aiogram wants an older pydantic than ours, so `make bench` makes it an environment of its own.
AIOGRAM_PYTHON = ROOT / ".venv-aiogram/bin/python"

OURS = Kind("ours")
PLAIN = Kind("plain", "plain")
AIOGRAM = Kind("plain aiogram", "aiogram")
AIOGRAM_HOOK = Kind("plain aiogram, web hook", "aiogram", hook=True)
FORGETFUL = Kind("ours, keeping nothing", "forgetful")
POSTGRESQL = Kind("ours, PostgreSQL", on_postgresql=True)
HOOK = Kind("ours, web hook", hook=True)
PLAIN_HOOK = Kind("plain, web hook", "plain", hook=True)
HOOK_POSTGRESQL = Kind("ours, web hook, PostgreSQL", hook=True, on_postgresql=True)
TWO = Kind("the same, two processes", hook=True, processes=2, on_postgresql=True)
FEW_STORED = Kind("ours, 1,000 stored", stored=1_000)
MANY_STORED = Kind("ours, 1,000,000 stored", stored=1_000_000)


@dataclass(frozen=True, slots=True)
class Bot:
    """A bot that runs."""

    processes: tuple[asyncio.subprocess.Process, ...]

    @property
    def cpu_seconds(self) -> float:
        """What all of its threads have taken, in the kernel too."""
        return sum(cpu_seconds(process.pid) for process in self.processes)


def cpu_seconds(pid: int, *, of_children: bool = False) -> float:
    """What a process has taken, and with it what those of its children took that have ended."""
    stat = Path(f"/proc/{pid}/stat").read_text(encoding="ascii")
    fields = stat.rpartition(")")[2].split()
    return sum(map(int, fields[11 : 15 if of_children else 13])) / TICKS


@asynccontextmanager
async def running(
    kind: Kind, telegram: Telegram, address: Address, folder: Path, database_url: str = ""
) -> AsyncIterator[Bot]:
    """A bot of *kind* on the stand-in; what it keeps is in *folder*, or where the URL says."""
    url = database_url or f"sqlite:///{folder / 'bot.db'}"
    async with AsyncExitStack() as stack:
        ports = [free_port() for _ in range(kind.processes)]
        front = ports[0] if kind.processes == 1 else await _balance(stack, ports)
        found = [
            await stack.enter_async_context(
                _process(kind, address, folder, _settings(kind, address, url, port, front))
            )
            for port in ports
        ]
        heard = "setWebhook" if kind.hook else "getMe"
        await telegram.until(lambda: len(telegram.calls(heard)) >= kind.processes, _START)
        yield Bot(tuple(found))


async def _balance(stack: AsyncExitStack, ports: list[int]) -> int:
    front, balance = free_port(), Balance(ports)
    await balance.listen(front)
    stack.push_async_callback(balance.close)
    return front


@asynccontextmanager
async def _process(
    kind: Kind, address: Address, folder: Path, settings: dict[str, str]
) -> AsyncIterator[asyncio.subprocess.Process]:
    python, command = sys.executable, PROGRAMS[kind.program]
    if kind.program in AS_IT_COMES:
        command += (address.url, settings["PORT"] if kind.hook else "")
    if kind.program == "aiogram":
        python, command = str(AIOGRAM_PYTHON), (*command, str(write_words(folder)))
    name = folder / f"log-{settings['PORT']}"
    with name.open("w") as log:
        process = await asyncio.create_subprocess_exec(
            *(python, "-m", *command),
            cwd=folder,  # no .env is there
            env=settings,
            stderr=log,
        )
    if kind.processes == 1:
        os.sched_setaffinity(process.pid, {BOTS_CORE})
    else:
        os.sched_setaffinity(process.pid, CORES)
    try:
        yield process
        if process.returncode is not None:
            raise RuntimeError(f"the bot ended by itself: {name.read_text()}")
    finally:
        if process.returncode is None:
            process.terminate()
        await process.wait()


def _settings(kind: Kind, address: Address, url: str, port: int, front: int) -> dict[str, str]:
    """Settings, and nothing of the caller's that could change how a bot talks."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    return kept | {
        "PYTHONPATH": str(ROOT),
        "TELEGRAM_TOKEN": TOKEN,
        "TELEGRAM_API_URL": address.url,
        "TELEGRAM_FILE_URL": f"{address.url}/file",
        "DATABASE_URL": url,
        "DATA_KEY": KEY,
        "MODE": "webhook" if kind.hook else "polling",
        "WEBHOOK_URL": f"http://127.0.0.1:{front}/hook",
        "WEBHOOK_SECRET": "secret",
        "PORT": str(port),
        "SEND_RATE": "0",  # the stand-in bears everything
        "LOG_LEVEL": "WARNING",
    }
