from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.settings import read_settings
from data.library import Library
from tests.shell.conftest import Bot, Time
from tests.shell.test_transcripts import WirePlayer
from tests.telegram import TOKEN, UNLIMITED, Person, Telegram, serve


@pytest.fixture
async def wire(tmp_path: Path, library: Library) -> AsyncIterator[WirePlayer]:
    """A person who talks to the whole bot over real HTTP."""
    time = Time()
    telegram = Telegram(limits=UNLIMITED, now=time)
    async with serve(telegram) as address:
        settings = read_settings(
            _env_file=None,
            telegram_token=TOKEN,
            telegram_api_url=address.url,
            telegram_file_url=f"{address.url}/file",
            database_url=f"sqlite:///{tmp_path}/bot.db",
            send_rate=0,
        )
        async with Bot(settings, time, library) as bot:
            yield WirePlayer(bot, Person(telegram, 2001, name="Pat"))
