"""What whoever runs the bot does from the command line."""

import asyncio
import json
import logging
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from typer.testing import CliRunner

from bot.commands import cli
from bot.settings import Settings
from data.engine import open_engine
from data.keys import make_file, read_file, ring_of
from data.library import Library
from data.seal import Ring
from data.store import Store
from tests.kept import KeptPlayer

ANN, BOB = 1001, 1002


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


@pytest.fixture
async def kept(folder: Path, library: Library) -> Store:
    """Two people are known."""
    make_file(folder / "bot.db.key")
    store = Store(open_engine("sqlite:///bot.db"), ring_of("", folder / "bot.db.key"))
    await store.open()
    for chat_id in (ANN, BOB):
        player = KeptPlayer(store, library, chat_id)
        await player.says("/start")
        await player.says("i can not pee and my groin is numb")
    await store.close()
    return store


@pytest.mark.usefixtures("kept")
async def test_what_is_kept_of_one_chat_is_exported_and_that_is_logged(
    folder: Path,
) -> None:
    await bot("export", str(ANN), "--to", "ann.zip")
    with ZipFile(folder / "ann.zip") as file:
        found = json.loads(file.read("my-record.json"))
    assert [row["chat_id"] for row in found["tables"]["chats"]] == [ANN]
    assert (folder / "ann.zip").stat().st_mode & 0o077 == 0
    assert "Nothing is kept" in await bot("export", "99", "--to", "nobody.zip")
    assert not (folder / "nobody.zip").exists()


@pytest.mark.usefixtures("kept")
async def test_a_copy_goes_to_standard_output_where_no_file_may_be_written(folder: Path) -> None:
    export = ("export", str(ANN), "--to")
    done = await asyncio.to_thread(CliRunner().invoke, cli, (*export, "-"))
    with ZipFile(BytesIO(done.stdout_bytes)) as file:
        assert file.testzip() is None
    assert done.stdout_bytes.startswith(b"PK"), "nothing stands before it"
    assert "exported by the operator" in done.stderr
    done = await asyncio.to_thread(CliRunner().invoke, cli, (*export, "no/ann.zip"))
    assert (done.exit_code, "No such file" in done.stderr) == (1, True)
    assert "exported" not in done.stderr


@pytest.mark.usefixtures("kept")
async def test_a_chat_is_erased_and_that_is_logged_without_its_id() -> None:
    written = await bot("erase", str(ANN))
    assert "It is erased." in written
    [line] = [json.loads(line) for line in written.splitlines() if line.startswith("{")]
    assert line["event"] == "a chat was erased by the operator"
    assert line["chat"] != str(ANN)
    assert "Nothing was kept" in await bot("erase", str(ANN))
    assert "1 chats" in await bot("stats"), "nobody else is gone"


@pytest.mark.usefixtures("kept")
async def test_all_else_shows_counts_and_nobodys_own() -> None:
    counts = await bot("stats")
    assert "2 chats" in counts
    assert str(ANN) not in counts


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


@pytest.mark.usefixtures("kept")
async def test_a_copy_that_was_put_back_is_said_to_be_one() -> None:
    written = await bot("restored")
    assert "2 chats go on from the copy" in written
    assert "a copy was put back, says the operator" in written


# What can not be read


@pytest.fixture
def damaged(kept: Store, folder: Path) -> None:
    """What is kept of ANN can not be read."""
    with closing(sqlite3.connect(folder / "bot.db")) as connection, connection:
        connection.execute("UPDATE chats SET body = zeroblob(600) WHERE chat_id = ?", (ANN,))


@pytest.mark.usefixtures("damaged")
async def test_keys_are_rotated_but_for_what_can_not_be_read_which_is_named() -> None:
    done = await asyncio.to_thread(CliRunner().invoke, cli, ("keys", "rotate"))
    assert "rows were sealed anew" in done.stdout
    assert f"1 chats could not be read in full, and what could not is as it was: {ANN}." in (
        done.stderr
    )
    assert done.exit_code == 1


@pytest.mark.usefixtures("damaged")
async def test_a_copy_is_put_back_but_for_what_can_not_be_read() -> None:
    done = await asyncio.to_thread(CliRunner().invoke, cli, ("restored",))
    assert "1 chats go on from the copy" in done.stdout
    assert f"what could not is as it was: {ANN}. Give back the key" in done.stderr
    assert done.exit_code == 1


@pytest.mark.usefixtures("damaged")
async def test_what_can_not_be_read_is_not_exported_and_can_be_erased(folder: Path) -> None:
    export = ("export", str(ANN), "--to", "ann.zip")
    done = await asyncio.to_thread(CliRunner().invoke, cli, export)
    assert "This can not be done. What is kept can not be read: it is not sealed." in done.stderr
    assert done.exit_code == 1
    assert not (folder / "ann.zip").exists()
    assert "It is erased." in await bot("erase", str(ANN))
    assert "1 chats" in await bot("stats")


@pytest.mark.parametrize(
    "command",
    [("stats",), ("erase", "1"), ("export", "1", "--to", "x"), ("keys", "rotate"), ("restored",)],
)
async def test_in_another_folder_than_the_bots_nothing_is_made(
    command: tuple[str, ...], folder: Path
) -> None:
    done = await asyncio.to_thread(CliRunner().invoke, cli, command)
    assert f"DATABASE_URL: there is no file {folder / 'bot.db'}" in done.stderr
    assert done.exit_code == 1
    assert list(folder.iterdir()) == []


async def test_where_one_may_not_look_is_no_bug(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{folder}/{'x' * 300}/bot.db")
    done = await asyncio.to_thread(CliRunner().invoke, cli, ("stats",))
    assert "that this user may see" in done.stderr
    assert done.exit_code == 1
