"""What whoever runs the bot does from the command line."""

import asyncio
import logging
from collections.abc import Iterator
from pathlib import Path

import pytest
from typer.testing import CliRunner

from bot.__main__ import cli
from bot.settings import Settings
from data.engine import open_engine
from data.keys import read_file
from data.library import Library
from data.seal import Ring
from data.store import Store
from tests.kept import KeptPlayer

ANN = 1001


@pytest.fixture(autouse=True)
def folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Path]:
    """Where the commands find their settings, and nothing of the machine's own."""
    monkeypatch.chdir(tmp_path)
    for name in Settings.model_fields:
        monkeypatch.delenv(name.upper(), raising=False)
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    yield tmp_path
    root.handlers[:], root.level = handlers, level


async def bot(*command: str) -> str:
    """What a command writes; it must do what it is asked."""
    done = await asyncio.to_thread(CliRunner().invoke, cli, command)
    assert done.exit_code == 0, done.output
    return done.output


async def test_keys_are_rotated_in_their_file(folder: Path, library: Library) -> None:
    (folder / "bot.db.key").write_text(await bot("keys", "new"))
    path = folder / "bot.db.key"
    store = Store(open_engine("sqlite:///bot.db"), Ring(lambda: read_file(path)))
    await store.open()
    player = KeptPlayer(store, library, ANN)
    await player.says("/start")
    await store.close()
    old = path.read_text()
    assert "1 rows were sealed anew" in await bot("keys", "rotate")
    assert path.read_text().endswith(old), "the old key stays, for backups"
    path.write_text(path.read_text().removesuffix(old))
    assert "1 rows were sealed anew" in await bot("keys", "rotate"), "and could be taken away"
