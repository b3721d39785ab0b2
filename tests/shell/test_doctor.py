"""`python -m bot doctor`: what it finds, and that it says what to do."""

import asyncio
import os
import re
import shutil
import sys
from collections.abc import AsyncIterator
from pathlib import Path
from typing import NamedTuple

import pytest
from aiohttp import ClientSession
from pydantic import SecretStr
from sqlalchemy import Engine
from typer.testing import CliRunner

from bot import clock
from bot.commands import cli
from bot.doctor import STALE, Finding, examine
from bot.settings import Settings
from data.migrate import upgrade
from tests.keys import KEY, ring, written
from tests.shell.conftest import Bot, until
from tests.telegram import TOKEN, Fault, Person, Telegram

pytestmark = [
    pytest.mark.empty_database,
    pytest.mark.parametrize(
        ("mode", "database_url"), [("webhook", "postgresql"), ("polling", "sqlite")], indirect=True
    ),
]


async def findings(settings: Settings) -> dict[str, Finding]:
    return {finding.about: finding async for finding in examine(settings)}


async def test_all_is_well_where_the_bot_runs(bot: Bot) -> None:
    found = await findings(bot.settings)
    assert [finding for finding in found.values() if not finding.is_well] == []
    about = {"content", "database", "migrations", "key", "token", "web hook", "clock"}
    assert set(found) - {"ports"} == about
    if bot.settings.mode == "webhook":
        assert found["ports"].says == f"at PORT ({bot.settings.port}) the bot answers"
    else:
        assert "ports" not in found
    assert "stand_in_bot" in found["token"].says


async def test_before_the_first_start_nothing_is_wrong_and_nothing_is_made(
    settings: Settings, tmp_path: Path, telegram: Telegram
) -> None:
    found = await findings(settings)
    assert all(finding.is_well for finding in found.values())
    if settings.mode == "webhook":
        assert found["ports"].says == f"PORT ({settings.port}) is free"
    assert list(tmp_path.iterdir()) == []
    assert {call.method for call in telegram.ledger} <= {"getMe", "getWebhookInfo"}


async def test_tables_of_a_newer_bot(settings: Settings, engine: Engine) -> None:
    upgrade(engine, ring())
    with engine.begin() as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
    migrations = (await findings(settings))["migrations"]
    assert "9999" in migrations.says
    assert "newer bot" in migrations.do


async def test_a_key_that_is_gone(bot: Bot) -> None:
    other = bot.settings.model_copy(update={"data_key": SecretStr(written("b"))})
    key = (await findings(other))["key"]
    assert "Put it back" in key.do
    assert written("b") not in str(key)


async def test_what_would_not_start(settings: Settings) -> None:
    wrong = settings.model_copy(update={"preview": "1", "host": "0.0.0.0"})
    assert "PREVIEW_PASSWORD" in (await findings(wrong))["page"].says
    wrong = settings.model_copy(update={"keep_days": 4000})
    assert "KEEP_DAYS" in (await findings(wrong))["content"].says


async def test_a_setting_that_is_misspelt(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "environment" not in await findings(settings)
    monkeypatch.delenv("DATABASE_URL", raising=False)
    monkeypatch.setenv("DATABSE_URL", "postgresql://bot:secret@host/name")
    found = (await findings(settings))["environment"]
    assert found.says == (
        "DATABSE_URL is set, and no setting: call it DATABASE_URL, if it is for the bot"
    )
    assert not found.do, "it may be another program's"
    monkeypatch.setenv("DATABASE_URL", "sqlite:///bot.db")  # so that is another program's
    monkeypatch.setenv("MODEL", "x")
    assert "environment" not in await findings(settings)


async def test_of_several_processes_one_has_the_page(settings: Settings) -> None:
    page = (await findings(settings.model_copy(update={"preview": "1"})))["page"]
    assert page.is_well
    assert ("PREVIEW=1" in page.says) == settings.database_url.startswith("postgresql")


@pytest.fixture
async def taken() -> AsyncIterator[int]:
    """A port that a program has which is no bot."""
    listening = await asyncio.start_server(lambda _, writer: writer.close(), "127.0.0.1", 0)
    async with listening:
        yield listening.sockets[0].getsockname()[1]


async def test_a_port_that_another_program_has(settings: Settings, taken: int) -> None:
    for name in ("PORT", "METRICS_PORT"):
        wrong = settings.model_copy(update={"preview": "1", name.lower(): taken})
        ports = (await findings(wrong))["ports"]
        assert ports.says == f"{name}: cannot listen at 127.0.0.1:{taken}: Address already in use"
        assert f"take another {name}" in ports.do
    unheard = settings.model_copy(update={"mode": "polling", "port": taken})
    assert "ports" not in await findings(unheard)


async def test_an_address_of_another_machine(settings: Settings) -> None:
    away = {"host": "192.0.2.1", "metrics_port": 9090, "preview_password": SecretStr("x" * 8)}
    assert (
        "an address of this machine"
        in (await findings(settings.model_copy(update=away)))["ports"].do
    )


async def test_traces_without_their_package(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    traced = settings.model_copy(update={"traces_url": "http://127.0.0.1:1/v1/traces"})
    assert (await findings(traced))["traces"].is_well
    monkeypatch.setitem(sys.modules, "opentelemetry.sdk.trace", None)
    assert "make traces" in (await findings(traced))["traces"].do


async def test_what_another_user_has(
    settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Who runs the tests may be root, who may write everywhere."""
    file = tmp_path / "bot.db"
    here = settings.model_copy(update={"database_url": f"sqlite:///{file}", "data_key": None})
    shut: set[Path] = {tmp_path}
    monkeypatch.setattr(os, "access", lambda path, _: path not in shut)
    found = await findings(here)
    assert f"may not write to {tmp_path}" in found["database"].says
    assert found["database"].do.endswith(f"chown USER {tmp_path}")
    assert "key" not in found, "it is the same, and said once"
    file.write_text("")
    shut = {file}
    assert f"may not write to {file}" in (await findings(here))["database"].says
    key = Path(f"{file}.key")
    key.write_text(KEY)
    shut = {key}
    assert (await findings(here))["key"].do.endswith(f"chown USER {key}")


async def test_a_wrong_token(settings: Settings) -> None:
    wrong = settings.model_copy(update={"telegram_token": settings.webhook_secret})
    found = await findings(wrong)
    token = found["token"]
    assert "web hook" not in found, "it is the same, and said once"
    assert "@BotFather" in token.do
    assert "secret" not in str(token)


async def test_a_key_that_is_none(settings: Settings, tmp_path: Path) -> None:
    (tmp_path / "keys").write_text("a slip of the pen")
    wrong = settings.model_copy(update={"data_key": None, "data_key_file": str(tmp_path / "keys")})
    key = (await findings(wrong))["key"]
    assert "43 letters" in key.says
    assert "slip" not in str(key)


async def test_a_web_hook_that_leads_nowhere(settings: Settings, telegram: Telegram) -> None:
    async with ClientSession() as client:
        url = f"{settings.telegram_api_url}/bot{TOKEN}/setWebhook"
        await client.post(url, json={"url": settings.webhook_url})
    for number in range(STALE + 1):
        Person(telegram, 2000 + number).says("/start")
    await until(lambda: telegram.hook and telegram.hook.last_error)
    hook = (await findings(settings))["web hook"]
    assert f"{STALE + 1} updates wait" in hook.says
    assert ("WEBHOOK_URL" in hook.do) == (settings.mode == "webhook")


async def test_telegram_does_not_answer(settings: Settings, telegram: Telegram) -> None:
    telegram.fail(Fault("getMe", code=502))
    assert "TELEGRAM_API_URL" in (await findings(settings))["token"].do


async def test_another_web_hook_is_set(bot: Bot) -> None:
    other = bot.settings.model_copy(update={"webhook_url": "https://example.org/hook"})
    hook = (await findings(other))["web hook"]
    assert hook.is_well == (other.mode == "polling")


async def test_a_clock_that_is_wrong(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    now = clock.now
    monkeypatch.setattr("bot.clock.now", lambda: now() - 3600)
    found = (await findings(settings))["clock"]
    assert re.search(r"-(3599|3600|3601) seconds", found.says)
    assert "ntp" in found.do


@pytest.mark.parametrize("date", ["", "yesterday", "Mon, 99 Foo 2026 25:61:00 GMT"])
async def test_a_clock_that_nobody_can_read(settings: Settings, date: str) -> None:
    async def told(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        writer.write(f"HTTP/1.1 200 OK\r\nDate: {date}\r\nContent-Length: 0\r\n\r\n".encode())
        await writer.drain()
        writer.close()

    async with await asyncio.start_server(told, "127.0.0.1", 0) as server:
        port = server.sockets[0].getsockname()[1]
        there = settings.model_copy(update={"telegram_api_url": f"http://127.0.0.1:{port}"})
        found = (await findings(there))["clock"]
    assert (found.is_well, found.says) == (True, "nobody to compare it with")


async def test_a_port_that_another_bot_has(bot: Bot) -> None:
    if bot.settings.mode == "polling":
        return  # it listens nowhere
    other = bot.settings.model_copy(update={"telegram_token": SecretStr("77:another")})
    ports = (await findings(other))["ports"]
    assert ports.says == f"PORT: at {bot.settings.port} a bot with another token answers"
    assert "take another PORT" in ports.do


class Usage(NamedTuple):
    free: int


async def test_a_database_that_is_not_there(
    settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    gone = settings.model_copy(update={"database_url": "postgresql://ann:hidden@127.0.0.1:1/bot"})
    database = (await findings(gone))["database"]
    assert "DATABASE_URL" in database.do
    assert "hidden" not in str(database)
    assert "refused" in database.says
    (tmp_path / "words.db").write_text("no table is in here\n" * 99)
    other = settings.model_copy(update={"database_url": f"sqlite:///{tmp_path}/words.db"})
    assert "not a database" in (await findings(other))["database"].says
    gone = settings.model_copy(update={"database_url": f"sqlite:///{tmp_path}/no/bot.db"})
    assert "mkdir" in (await findings(gone))["database"].do
    monkeypatch.setattr(shutil, "disk_usage", lambda _: Usage(free=2**20))
    full = settings.model_copy(update={"database_url": f"sqlite:///{tmp_path}/bot.db"})
    assert "Free some room" in (await findings(full))["database"].do


def test_the_command_line_says_it_in_lines(
    database_url: str, mode: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("DATABASE_URL", database_url)
    monkeypatch.setenv("DATA_KEY", KEY)
    well = CliRunner().invoke(cli, ["doctor"])
    assert (well.exit_code, "ILL" in well.output) == (0, False)
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path}/no/bot.db")
    ill = CliRunner().invoke(cli, ["doctor"])
    assert (ill.exit_code, "ILL   database" in ill.output) == (1, True)
    monkeypatch.setenv("PORT", "http")
    assert CliRunner().invoke(cli, ["doctor"]).exit_code == 78
