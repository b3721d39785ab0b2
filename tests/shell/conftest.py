"""A whole bot on a Telegram of our own, with a clock that a test moves.

async with start() as bot:      # polling and web hook, SQLite and PostgreSQL, one by one
    ann.says("/start")
    message = await ann.answer()
    await bot.pass_time(45)
"""

import asyncio
import socket
import sqlite3
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, suppress
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from sqlalchemy import Engine, text

from bot.app import App
from bot.settings import Settings, read_settings
from bot.traces import Traces
from data.engine import open_engine
from data.library import Library
from data.store import Store
from tests.databases import with_tables
from tests.keys import KEY, ring
from tests.printers import Borrower
from tests.shell.postgres import Postgres
from tests.telegram import TOKEN, UNLIMITED, Address, Person, Telegram, serve

SECRET = "a_secret-of-our_own"


class Time:
    """A clock that a test moves."""

    def __init__(self) -> None:
        self.seconds = 1_800_000_000.0

    def __call__(self) -> float:
        return self.seconds


class Bot(App):
    """The bot, with a clock that goes as the test says."""

    def __init__(
        self, settings: Settings, time: Time, library: Library, traces: Traces | None = None
    ) -> None:
        super().__init__(settings, time, library, traces=traces, printer=Borrower())
        self.time = time

    async def pass_time(self, seconds: float) -> None:
        """Let *seconds* go by, and all that falls due in them be heard."""
        await self.rest()
        self.time.seconds += seconds
        await self.clock.tick()

    async def pass_time_to_alarm(self) -> None:
        """Let time go by until the next alarm is due, and be heard."""
        await self.rest()
        soonest = await self.store.run(
            lambda transaction: transaction.soonest(int(self.time.seconds))
        )
        assert soonest, "no alarm is set"
        await self.pass_time(soonest - self.time.seconds)

    async def rest(self) -> None:
        """Wait until all is spoken, and that is written down."""
        await self.sender.settle(30)  # a file may be made for it, and the printer be started
        await self.loop.keep_marks()


@pytest.fixture(scope="session")
def postgres() -> Iterator[Postgres]:
    with TemporaryDirectory(prefix="postgres-") as folder:  # pytest's own are closed to others
        server = Postgres(Path(folder))
        yield server
        server.stop()


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    is_new = "empty_database" in request.keywords
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path}/bot.db" if is_new else with_tables(tmp_path)
        return
    server: Postgres = request.getfixturevalue("postgres")
    url = server.create() if is_new else server.with_tables()
    yield url
    if is_new:
        server.drop(url)
    else:
        server.clear(url)


@pytest.fixture
def engine(database_url: str) -> Iterator[Engine]:
    engine = open_engine(database_url)
    yield engine
    engine.dispose()


@pytest.fixture
def count_rows(engine: Engine) -> Callable[[str], int]:
    """How many rows a table has."""

    def rows(table: str) -> int:
        with engine.connect() as connection:
            return int(connection.execute(text(f"SELECT count(*) FROM {table}")).scalar_one())

    return rows


@pytest.fixture
def database_away(
    database_url: str, request: pytest.FixtureRequest
) -> Callable[[], AbstractContextManager[None]]:
    """While it lasts, nothing can be kept."""

    @contextmanager
    def locked() -> Iterator[None]:
        path = database_url.removeprefix("sqlite:///")
        connection = sqlite3.connect(path, isolation_level=None)
        connection.execute("BEGIN IMMEDIATE")
        try:
            yield
        finally:
            connection.close()

    if database_url.startswith("sqlite"):
        return locked
    server: Postgres = request.getfixturevalue("postgres")
    return lambda: server.away(database_url)


@pytest.fixture
async def store(tmp_path: Path) -> AsyncIterator[Store]:
    """A store of its own, in a file."""
    store = Store(open_engine(with_tables(tmp_path)), ring())
    await store.open()
    yield store
    await store.close()


@pytest.fixture
def time() -> Time:
    return Time()


@pytest.fixture
def telegram(time: Time) -> Telegram:
    return Telegram(limits=UNLIMITED, now=time)


@pytest.fixture
async def address(telegram: Telegram) -> AsyncIterator[Address]:
    async with serve(telegram) as address:
        yield address


@pytest.fixture(params=["polling", "webhook"])
def mode(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def settings(mode: str, address: Address, database_url: str) -> Settings:
    return settings_for(address, mode, database_url)


def settings_for(address: Address, mode: str, database_url: str) -> Settings:
    """Those of a bot on the stand-in at *address*."""
    port = free_port()
    return read_settings(
        _env_file=None,
        telegram_token=TOKEN,
        telegram_api_url=address.url,
        telegram_file_url=f"{address.url}/file",
        mode=mode,
        webhook_url=f"http://127.0.0.1:{port}/hook",
        webhook_secret=SECRET,
        port=port,
        database_url=database_url,
        data_key=KEY,
        send_rate=0,
    )


Start = Callable[[], Bot]


@pytest.fixture
def start(settings: Settings, time: Time, library: Library) -> Start:
    """What starts the bot, and starts it once more after it was stopped."""
    return lambda: Bot(settings, time, library)


@pytest.fixture
async def bot(start: Start) -> AsyncIterator[Bot]:
    async with start() as bot:
        yield bot


@pytest.fixture
def ann(telegram: Telegram) -> Person:
    return Person(telegram, 1001, name="Ann")


@pytest.fixture
def bob(telegram: Telegram) -> Person:
    return Person(telegram, 1002, name="Bob")


PORTS_AT_ONCE = 400


def ports() -> Iterator[int]:
    """Ports that nobody has, each given once, out of hundreds that this process alone may give.

    The first of the hundreds is listened on for as long as the process lives, and says that they
    are taken. So a bot that is stopped and started again finds its port free. All lie below those
    that the system gives to outgoing lines.
    """
    for first in range(20_000, 32_000, PORTS_AT_ONCE):
        if claim := listen(first):
            claim.detach()  # open without an owner, to the end of the process
            for port in range(first + 1, first + PORTS_AT_ONCE):
                if listening := listen(port):
                    listening.close()
                    yield port


def listen(port: int) -> socket.socket | None:
    with suppress(OSError):
        return socket.create_server(("127.0.0.1", port))
    return None


PORTS = ports()


def free_port() -> int:
    return next(PORTS)


async def until(true: Callable[[], Any], seconds: float = 5.0) -> None:
    """Wait until *true* says so."""
    async with asyncio.timeout(seconds):
        while not true():  # noqa: ASYNC110 - what it waits for tells nobody
            await asyncio.sleep(0.005)
