"""What a start loads: whoever waits for the bot waits for that."""

import asyncio
import sys
from pathlib import Path

from data.engine import open_engine
from data.store import Store
from tests.keys import ring
from tests.shell.conftest import free_port, until
from tests.shell.program import ROOT, environment
from tests.telegram import UNLIMITED, Telegram, serve

# What only other commands use, some files, some databases, or the tests; and what is in it.
NOT_YET = (
    "alembic", "bot.commands", "bot.doctor", "bot.operator", "bot.page", "bot.terminal", "click",
    "matplotlib", "opentelemetry", "phonenumbers", "PIL", "printing", "psycopg", "pygments", "rich",
    "sqlalchemy.dialects.postgresql", "sqlalchemy.orm", "studio", "timezonefinder",
    "training", "typer", "typst", "uvicorn",
)  # fmt: skip
NEEDED = ("bot.run", "flows.table", "sqlalchemy.dialects.sqlite", "aiohttp.client")


async def loaded(url: str) -> set[str]:
    """The modules that are loaded when the bot is about to ask for updates, as Python tells."""
    telegram = Telegram(limits=UNLIMITED)
    async with serve(telegram) as address:
        told = environment(address, "polling", free_port(), url) | {"PYTHONPROFILEIMPORTTIME": "1"}
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "bot", "run", env=told, cwd=ROOT, stderr=asyncio.subprocess.PIPE
        )
        ending = asyncio.create_task(process.communicate())
        try:
            await until(lambda: ending.done() or bool(telegram.calls("getWebhookInfo")), 180)
        finally:
            if process.returncode is None:
                process.terminate()
        _, written = await ending
    lines = (line.split("|") for line in written.decode().splitlines())
    return {line[2].strip() for line in lines if len(line) == 3}


async def test_it_loads_nothing_that_is_not_needed_yet(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/bot.db"
    store = Store(open_engine(url), ring())
    await store.open()  # else it would have its tables to make
    await store.close()
    modules = await loaded(url)
    assert modules >= set(NEEDED)
    inside = {name for name in modules if f"{name}.".startswith(tuple(f"{n}." for n in NOT_YET))}
    assert inside == set()
