"""Files that are made for one person: by the printer, filled in, sent, and never in the way."""

import asyncio
import subprocess
import sys
import zlib
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest

from bot.app import App
from bot.making import Kind, Maker
from bot.printer import NotMade, Printer
from bot.sender import Sender
from bot.settings import Settings
from bot.terminal import Terminal
from bot.wire import Broken
from data.engine import open_engine
from data.library import Library
from data.seal import Unreadable
from data.store import Store, StoreAway
from data.transaction import Row
from flows import Button, Chat, File, Made, Material, Screen
from tests.keys import ring
from tests.shell.conftest import Bot, until
from tests.telegram import Person, Telegram

WORDS = b"pain from 6 to 4"
ZIPPED = Kind(
    "zlib:compress", lambda t, row, made, book: Material(WORDS, made.span, "A curve."), "photo",
    "image/png", "curve.png",
)  # fmt: skip
KINDS = {
    "zipped": ZIPPED,
    "broken": replace(ZIPPED, maker="zlib:decompress"),
    "buggy": replace(ZIPPED, gather=lambda *_: Material(1 / 0)),
    "slow": replace(ZIPPED, maker="time:sleep", gather=lambda *_: Material(60)),
}


@pytest.fixture
async def printer() -> AsyncIterator[Printer]:
    printer = Printer()
    yield printer
    await printer.close()


class TestThePrinter:
    async def test_it_makes_one_file_after_another(self, printer: Printer) -> None:
        made = await asyncio.gather(*(printer.make("zlib:compress", WORDS * n) for n in (1, 2)))
        assert [zlib.decompress(one) for one in made] == [WORDS, WORDS * 2]

    async def test_an_error_says_its_kind_and_nothing_of_what_was_in_the_file(
        self, printer: Printer
    ) -> None:
        with pytest.raises(NotMade, match=r"^error at .*:\d+$"):
            await printer.make("zlib:decompress", WORDS)
        assert await printer.make("zlib:compress", WORDS), "the next one is made"

    async def test_what_takes_too_long_is_given_up_and_the_next_is_made(self) -> None:
        printer = Printer(longest=0.5)
        with pytest.raises(NotMade, match="too long"):
            await printer.make("time:sleep", 60)
        printer._longest = 20
        assert zlib.decompress(await printer.make("zlib:compress", WORDS)) == WORDS
        await printer.close()

    async def test_a_printer_that_died_is_started_again(self, printer: Printer) -> None:
        with pytest.raises(NotMade, match="gone"):
            await printer.make("os:_exit", 1)
        assert await printer.make("zlib:compress", WORDS)

    async def test_it_goes_when_nothing_was_asked_for_a_while(self) -> None:
        printer = Printer(idle=0.01)
        await printer.make("zlib:compress", WORDS)
        await until(lambda: printer._process is None)
        await printer.close()

    async def test_it_is_told_none_of_our_secrets(
        self, printer: Printer, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("TELEGRAM_TOKEN", "1:A")
        with pytest.raises(NotMade, match="KeyError"):
            await printer.make("os:environ.__getitem__", "TELEGRAM_TOKEN")


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
@pytest.mark.parametrize("mode", ["polling"], indirect=True)
async def test_a_bot_starts_its_own_and_ends_it(settings: Settings, library: Library) -> None:
    async with App(settings, library=library) as app:
        assert app.printer._process is None
        assert await app.printer.make("zlib:compress", WORDS)
        process = app.printer._process
        assert process
        assert process.poll() is None
    assert process.poll() is not None


class TestFillingIn:
    @pytest.fixture
    async def maker(self, tmp_path: Path, printer: Printer) -> AsyncIterator[Maker]:
        store = Store(open_engine(f"sqlite:///{tmp_path}/bot.db"), ring())
        await store.open()
        yield Maker(store, printer, KINDS)
        await store.close()

    async def test_the_words_come_under_the_text_and_the_file_beside_it(
        self, maker: Maker, library: Library
    ) -> None:
        asked = Screen("Your pain.", made=Made("zipped", "In 14 days."))
        shown = await maker.fill(asked, Row(1, Chat()), library.book("en"))
        assert (shown.text, shown.alt) == ("Your pain.\n\nIn 14 days.", "A curve.")
        assert shown.file
        assert zlib.decompress(shown.file.content) == WORDS

    async def test_without_a_file_the_words_are_said_and_that_it_could_not_be_made(
        self, maker: Maker, library: Library
    ) -> None:
        book = library.book("en")
        asked = Screen("Your pain.", made=Made("broken", "In 14 days."))
        shown = await maker.fill(asked, Row(1, Chat()), book)
        assert shown.text == f"Your pain.\n\nIn 14 days.\n\n{book.texts['not_made']}"
        assert shown.file is None

    async def test_a_bug_of_ours_leaves_the_text_and_the_buttons(
        self, maker: Maker, library: Library
    ) -> None:
        book = library.book("en")
        shown = await maker.fill(replace(SCREEN, made=Made("buggy")), Row(1, Chat()), book)
        assert shown.text == f"{SCREEN.text}\n\n{book.texts['not_made']}"
        assert shown.rows == SCREEN.rows

    async def test_what_can_not_be_read_just_now_is_tried_again(
        self, maker: Maker, library: Library, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        async def away(_: object) -> None:
            raise StoreAway

        monkeypatch.setattr(maker._store, "read", away)
        with pytest.raises(Broken):
            await maker.fill(Screen("", made=Made("zipped")), Row(1, Chat()), library.book("en"))


class Wall:
    """A wire that keeps what is said on it."""

    def __init__(self) -> None:
        self.said: list[int] = []

    async def speak(self, _: int, __: Screen, turn: int, ___: int | None) -> int:
        self.said.append(turn)
        return turn

    async def say(self, _: int, __: str) -> None:
        raise AssertionError("nobody asked for it")


async def test_what_is_being_made_is_given_up_when_the_chat_moves_on(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A red flag that is typed meanwhile is answered at once."""
    given_up = asyncio.Event()

    async def never(*_: object) -> Screen:
        try:
            await asyncio.sleep(60)
        finally:
            given_up.set()
        raise AssertionError

    def shown(chat: Chat, *_: object) -> Screen:
        return Screen("", made=Made("slow") if chat.turn == 1 else None)

    monkeypatch.setattr("bot.sender.screen", shown)
    wall, marks = Wall(), list[int]()
    sender = Sender(wall, library, never, lambda mark: marks.append(mark.turn), lambda: 0.0, rate=0)
    sender.open()
    sender.owe(Row(1, Chat(turn=1)), waits=True)
    await until(lambda: sender._slots[1].making)
    sender.owe(Row(1, Chat(turn=2)), waits=True)
    await sender.settle(5)
    assert (wall.said, marks, given_up.is_set()) == ([2], [2], True)
    await sender.close(1)


async def test_a_screen_that_meets_a_bug_is_tried_again_and_then_left(
    library: Library, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """It stays owed: nothing says that it was spoken."""
    bugs = iter([KeyError("oops")] * 2)

    def shown(*_: object) -> Screen:
        for bug in bugs:
            raise bug
        return Screen("Here it is.")

    monkeypatch.setattr("bot.sender.screen", shown)
    wall, marks = Wall(), list[int]()
    sender = Sender(
        wall, library, plainly, lambda mark: marks.append(mark.turn), lambda: 0.0, rate=0
    )
    sender.open()
    sender.owe(Row(1, Chat(turn=1)), waits=True)
    await until(lambda: bool(wall.said), 10)
    assert (wall.said, marks) == ([1], [1])
    assert caplog.text.count("could not be made") == 2

    bugs = iter([KeyError("oops")] * 9)
    sender.owe(Row(2, Chat(turn=1)), waits=True)
    await until(lambda: not sender.waiting, 10)
    assert (wall.said, marks) == ([1], [1])
    await sender.close(1)


async def test_a_row_that_can_not_be_read_again_silences_nobody(library: Library) -> None:
    """What goes wrong while it is looked whether the chat has moved on is no end of it."""
    reads = iter([Unreadable("a seal was broken")])

    async def read_again(_: int) -> Row | None:
        for error in reads:
            raise error
        return row

    row = Row(1, Chat(turn=1))
    wall, marks = Wall(), list[int]()
    sender = Sender(wall, library, plainly, lambda m: marks.append(m.turn), lambda: 0.0, rate=0,
                    read_again=read_again)  # fmt: skip
    sender.open()
    sender.owe(row, waits=False)
    await until(lambda: bool(wall.said), 10)
    assert marks == [1]
    await sender.close(1)


async def plainly(shown: Screen, *_: object) -> Screen:
    return shown


FILES = [
    File("photo", "curve.png", "image/png", b"dots"),
    File("document", "sheet.pdf", "application/pdf", b"lines"),
]
SCREEN = Screen("**Here** it is.", ((Button("Close", "close"),),), alt="A curve.")


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
@pytest.mark.parametrize("mode", ["polling"], indirect=True)
@pytest.mark.parametrize("file", FILES, ids=lambda file: file.kind)
class TestOnTelegram:
    async def test_it_is_one_message_with_words_and_buttons(
        self, bot: Bot, ann: Person, telegram: Telegram, file: File
    ) -> None:
        ann.says("/start")
        await ann.answer()
        wire = bot.ways[0].wire
        for edit_id in (None, ann.sees().message_id):
            await wire.speak(ann.chat_id, replace(SCREEN, file=file), 5, edit_id)
            seen = ann.sees()
            assert (seen.text, seen.labels, seen.media) == ("Here it is.", ("Close",), file.kind)
            told = seen.raw[file.kind]
            file_id = (told[-1] if file.kind == "photo" else told)["file_id"]
            assert telegram.files[file_id].content == file.content
        kept = await bot.store.run(lambda t: t.files(telegram.bot["id"]))
        assert kept == {}, "what is one person's is known by no id"


async def test_the_terminal_saves_it_for_its_user_alone(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    terminal = Terminal(folder=tmp_path)
    await terminal.speak(1, replace(SCREEN, file=FILES[1]), 5, None)
    saved = tmp_path / "sheet.pdf"
    assert saved.as_uri() in capsys.readouterr().out
    assert saved.read_bytes() == b"lines"
    assert saved.stat().st_mode & 0o077 == 0
    terminal._forget(1)
    assert not saved.exists()


def test_the_bot_itself_knows_nothing_of_drawing() -> None:
    """It would take its time at the start, and 80 MB for ever."""
    code = "import sys, bot.__main__; print({'matplotlib', 'printing', 'typst'} & {*sys.modules})"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "set()"
