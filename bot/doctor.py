"""`python -m bot doctor`: whether all that the bot needs is there, and what to do where it is not.

It changes nothing: it fetches no update, sets no web hook, writes no row.
"""

import asyncio
import errno
import os
import shutil
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import Any

import aiohttp
from sqlalchemy import Engine, text
from sqlalchemy.exc import DBAPIError

from bot import clock
from bot.app import kept_for
from bot.health import WHOSE
from bot.keys import file_of, is_seen, sealed_with, secret_of
from bot.misspelt import nearly
from bot.page.doors import Doors
from bot.server import cannot_listen, open_socket, with_port
from bot.settings import NAMES, CannotStart, Settings, WrongSettings
from bot.telegram.api import Api, WrongToken
from bot.traces import provide
from bot.wire import Broken, Later, Wrong
from data.engine import open_engine
from data.errors import BadContent
from data.keys import ring_of
from data.library import read_library
from data.migrate import is_current, version
from data.seal import BadKey
from data.where import with_line

SKEW = 5.0  # seconds that the clock may be wrong: a hold is felt to end late after that
ROOM = 500 * 2**20  # bytes that should be free beside a database in a file
PATIENCE = 20.0  # seconds for one check
STALE = 100  # updates that wait at Telegram


class Ill(Exception):
    """What is wrong, and what to do."""

    def __init__(self, wrong: str, do: str) -> None:
        super().__init__(wrong)
        self.do = do


@dataclass(frozen=True, slots=True)
class Finding:
    about: str
    says: str
    do: str = ""  # empty: all is well

    @property
    def is_well(self) -> bool:
        return not self.do


async def examine(settings: Settings) -> AsyncIterator[Finding]:
    """One finding after the other, as they come; what is wrong for the same reason, once."""
    told = set()
    for about, check in _CHECKS.items():
        try:
            said = await asyncio.wait_for(check(settings), PATIENCE)
        except Ill as ill:
            if (why := (str(ill), ill.do)) not in told:
                told.add(why)
                yield Finding(about, *why)
        except TimeoutError:
            do = "Look whether its machine can be reached from here."
            yield Finding(about, f"no answer within {PATIENCE:.0f} seconds", do)
        else:
            if said:
                yield Finding(about, said)


async def _content(settings: Settings) -> str:
    try:
        library = await asyncio.to_thread(read_library)
        kept_for(settings.keep_days, library)
    except CannotStart as wrong:
        raise Ill(str(wrong), "Change that setting, or leave it empty.") from None
    except BadContent as slip:
        raise Ill(with_line(str(slip)), "Mend that line in data/content.") from None
    return f"it can be read; languages: {', '.join(sorted(library.books))}"


async def _page(settings: Settings) -> str:
    if not settings.serves_page:
        return ""
    try:
        Doors(settings)
    except WrongSettings as wrong:
        raise Ill(str(wrong), "Set one, or let HOST be 127.0.0.1.") from None
    if _file(settings):
        return "it is served"
    return (
        "it is served. Who has come in and what they see is in the memory of one process: of"
        " several, serve it by one alone (PREVIEW=1)"
    )


async def _traces(settings: Settings) -> str:
    if not settings.traces_url:
        return ""
    try:
        provide(settings.traces_url).shutdown()
    except CannotStart:
        do = "Run `make traces` in the folder of the program, or leave TRACES_URL empty."
        raise Ill("TRACES_URL is set, and OpenTelemetry is not installed", do) from None
    return "they go to TRACES_URL"


# The ports


async def _ports(settings: Settings) -> str:
    said = [await _port(settings, *setting) for setting in settings.ports.items()]
    return "; ".join(said)


async def _port(settings: Settings, name: str, port: int) -> str:
    host = settings.host
    try:
        open_socket(host, port).close()
    except OSError as error:
        taken = error.errno == errno.EADDRINUSE
        whose = await _whose(host, port, settings.bot_id) if taken else None
        if whose == settings.bot_id:
            return f"at {name} ({port}) the bot answers"
        if whose is not None:
            do = f"Stop that one, or take another {name}."
            raise Ill(f"{name}: at {port} a bot with another token answers", do) from None
        do = f"Look at HOST and {name}: HOST must be an address of this machine."
        if error.errno == errno.EACCES:
            do = f"Take a {name} of 1024 or more."
        if error.errno == errno.EADDRINUSE:
            do = f"Stop the program that has it (`ss -ltnp` names it), or take another {name}."
        raise Ill(f"{name}: {cannot_listen(host, port, error)}", do) from None
    return f"{name} ({port}) is free"


async def _whose(host: str, port: int, ours: str) -> str | None:
    """The id of the bot that answers there; None: what listens is none.

    One of an older version does not tell, and is taken for *ours*.
    """
    url = f"http://{with_port(host, port)}/readyz"
    try:
        async with (
            aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(5)) as client,
            client.get(url, allow_redirects=False) as answer,
        ):
            is_bot = "bot" in await answer.json()
            return answer.headers.get(WHOSE, ours) if is_bot else None
    except (aiohttp.ClientError, OSError, ValueError, TypeError, TimeoutError):
        return None


# The database


async def _database(settings: Settings) -> str:
    file = _file(settings)
    if file and not _is_there(file):
        return "the file will be made at the first start"
    await _on_database(settings, _select_one)
    return "it answers"


async def _migrations(settings: Settings) -> str:
    file = _file(settings)
    if file and not _is_there(file):
        return ""
    found, is_ours = await _on_database(settings, _version)
    if found is None:
        return "the tables will be made at the first start"
    if is_ours == "unknown":
        do = "Start the newer bot that wrote them; its tables are never changed back."
        raise Ill(f"the tables are of version {found}, which this bot does not know", do)
    if is_ours == "older":
        return f"the tables, of version {found}, will be brought up to date at the next start"
    return f"the tables are of version {found}"


def _file(settings: Settings) -> Path | None:
    """The file of an SQLite database."""
    url = settings.database_url
    return Path(url.removeprefix("sqlite:///")) if url.startswith("sqlite") else None


def _is_there(file: Path) -> bool:
    """Whether the file is there; its folder must be, to be written to, with some room in it."""
    folder = file.resolve().parent
    if not os.path.isdir(folder):  # noqa: PTH112 - `Path` raises where one may not look
        do = f"Make it: mkdir -p {folder}. If it is there, this user may not look into it."
        raise Ill("the folder of DATABASE_URL is not there", do)
    _must_be_ours(folder, os.R_OK | os.W_OK | os.X_OK)
    _must_be_ours(file, os.R_OK | os.W_OK)
    free = shutil.disk_usage(folder).free
    if free < ROOM:
        do = "Free some room, or put DATABASE_URL on another disk."
        raise Ill(f"only {free // 2**20} MB are free beside it", do)
    return is_seen(file)


def _must_be_ours(path: Path, wanted: int) -> None:
    if is_seen(path) and not os.access(path, wanted):
        do = f"Run this as the user that runs the bot; or give it to that user: chown USER {path}"
        what = "write to" if wanted & os.W_OK else "read"
        raise Ill(f"this user may not {what} {path}", do)


async def _key(settings: Settings) -> str:
    path = file_of(settings)
    if path:
        _must_be_ours(path, os.R_OK)
    is_made = path and not settings.data_key_file and not is_seen(path)
    try:
        ids = set() if is_made else set(ring_of(secret_of(settings), path).ids)
    except BadKey as bad:
        do = "Put back those that were there. Were there none yet: python -m bot keys new"
        raise Ill(str(bad), do) from None
    file = _file(settings)
    known = set() if file and not _is_there(file) else await _on_database(settings, sealed_with)
    if known - ids:
        do = "Put it back: without it, what was sealed with it cannot be read by anybody."
        raise Ill(f"the key {min(known - ids)}, which has sealed what is kept, is not there", do)
    return "one will be made at the first start" if is_made else "it is there"


def _select_one(engine: Engine) -> None:
    with engine.connect() as connection:
        connection.execute(text("SELECT 1"))


def _version(engine: Engine) -> tuple[str | None, str]:
    with engine.connect() as connection:
        found, is_known = version(connection)
        return found, "current" if is_current(connection) else "older" if is_known else "unknown"


async def _on_database(settings: Settings, look: Callable[[Engine], Any]) -> Any:  # noqa: ANN401
    engine = open_engine(settings.database_url)
    try:
        return await asyncio.to_thread(look, engine)
    except DBAPIError as error:
        do = "Look at DATABASE_URL: host, name, user and password; and whether the server runs."
        if _file(settings):
            do = "Look at DATABASE_URL: whether that is a file of the bot's."
        why = str(error.orig).partition("\n")[0]  # no driver writes the password there
        raise Ill(f"it cannot be opened: {why}", do) from None
    finally:
        engine.dispose()


# Telegram


@asynccontextmanager
async def _api(settings: Settings) -> AsyncIterator[Api]:
    assert settings.telegram_token, "checked before"
    token = settings.telegram_token.get_secret_value()
    api = Api(token, settings.telegram_api_url, settings.telegram_file_url)
    await api.open()
    try:
        yield api
    except WrongToken:
        do = "Copy TELEGRAM_TOKEN again from @BotFather, or ask there for a new one."
        raise Ill("Telegram does not know it", do) from None
    except (Broken, Later, Wrong) as error:
        do = "Look whether TELEGRAM_API_URL can be reached from here: no proxy is used."
        raise Ill(f"it does not answer ({type(error).__name__}: {error})", do) from None
    finally:
        await api.close()


async def _token(settings: Settings) -> str:
    if settings.telegram_token is None:
        return "none is set: the bot is a page in a browser"
    async with _api(settings) as api:
        me = await api.call("getMe")
    return f"Telegram knows it: @{me['username']}"


async def _hook(settings: Settings) -> str:
    if settings.telegram_token is None:
        return ""
    async with _api(settings) as api:
        hook = await api.call("getWebhookInfo")
    url, waiting = hook.get("url", ""), hook.get("pending_update_count", 0)
    if settings.mode == "polling":
        return f"none is needed; {waiting} updates wait"
    if url and url != settings.webhook_url:
        do = "Start the bot, which sets it; or look who else runs with this token."
        raise Ill("another address is set than WEBHOOK_URL", do)
    if url and hook.get("last_error_message") and waiting > STALE:
        do = "Look whether WEBHOOK_URL leads from outside to HOST and PORT, with a certificate."
        raise Ill(f"{waiting} updates wait: {hook['last_error_message']}", do)
    return f"it is set; {waiting} updates wait" if url else "it will be set at the start"


async def _clock(settings: Settings) -> str:
    """By the time in the header of what Telegram answers, which is of whole seconds."""
    if settings.telegram_token is None:
        return ""
    try:
        async with (
            aiohttp.ClientSession() as client,
            client.head(settings.telegram_api_url) as answer,
        ):
            told = answer.headers.get("Date")
    except (aiohttp.ClientError, OSError):
        told = None
    try:
        there = parsedate_to_datetime(told or "").timestamp()
    except (ValueError, TypeError, OverflowError):
        return "nobody to compare it with"
    skew = clock.now() - there
    if abs(skew) > SKEW:
        do = "Have it set by the network: timedatectl set-ntp true (package systemd-timesyncd)"
        raise Ill(f"it is wrong by {skew:+.0f} seconds", do)
    return f"it is right: {datetime.fromtimestamp(clock.now(), UTC):%Y-%m-%d %H:%M} UTC"


async def _environment(_: Settings) -> str:
    return "; ".join(
        f"{name} is set, and no setting: call it {near}, if it is for the bot"
        for name, near in nearly(os.environ, NAMES)
    )


_CHECKS: dict[str, Callable[[Settings], Awaitable[str]]] = {
    "environment": _environment,
    "content": _content,
    "page": _page,
    "ports": _ports,
    "traces": _traces,
    "database": _database,
    "migrations": _migrations,
    "key": _key,
    "token": _token,
    "web hook": _hook,
    "clock": _clock,
}
