"""What is written about the bot's own doings: never what a person typed, nor the token."""

import asyncio
import json
import logging
import sys

import pytest

import flows
from bot.log import CHATS, Json, Plain, log_lost_errors, start_logging, where
from flows.book import Book
from tests.keys import ring
from tests.shell.conftest import Start, until
from tests.shell.people import begin
from tests.telegram import TOKEN, Fault, Person, Telegram

SECRET = "my own secret words"


def fail() -> None:
    try:
        int(SECRET)
    except ValueError as error:
        raise KeyError(SECRET) from error


def test_of_an_error_its_kind_and_place_are_written_and_not_its_words() -> None:
    with pytest.raises(KeyError, match=SECRET) as raised:
        fail()
    told = where(raised.value)
    assert SECRET not in str(told)
    assert told.index("ValueError") < told.index("KeyError")
    assert any(line.endswith("in fail") for line in told)


def test_that_holds_for_every_line_with_an_error() -> None:
    try:
        fail()
    except KeyError:
        record = logging.getLogger("x").makeRecord(
            "x", logging.ERROR, "f", 1, "it failed", (), sys.exc_info()
        )
    line = Json().format(record)
    assert json.loads(line)["event"] == "it failed"
    assert json.loads(line)["error"][-1] == "KeyError"
    read = Plain().format(record)
    assert (read.splitlines()[0], read.splitlines()[-1]) == ("error: it failed", "  KeyError")
    assert SECRET not in line + read


def test_a_chat_is_named_by_a_tag_that_only_the_key_makes(monkeypatch: pytest.MonkeyPatch) -> None:
    def line() -> dict[str, str]:
        made = logging.getLogger("x").makeRecord(
            "x", logging.INFO, "f", 1, "it is so", (), None, extra={"chat": 1001}
        )
        told: dict[str, str] = json.loads(Json().format(made))
        return told

    monkeypatch.setattr(CHATS, "tag", ring("a").tag)
    assert line()["chat"] == ring("a").tag(1001)
    assert ring("a").tag(1001) not in (ring("b").tag(1001), ring("a").tag(1002))
    assert "1001" not in str(line())


async def test_an_error_that_nobody_waits_for_is_written_without_its_words(
    capsys: pytest.CaptureFixture[str],
) -> None:
    start_logging("INFO")
    loop = asyncio.get_running_loop()
    log_lost_errors(loop)
    loop.call_exception_handler({"message": "lost", "exception": KeyError(SECRET)})
    told = capsys.readouterr().err
    assert "lost" in told
    assert "KeyError" in told
    assert SECRET not in told


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_neither_words_nor_token_are_written_whatever_goes_wrong(
    start: Start,
    ann: Person,
    telegram: Telegram,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def step(chat: flows.Chat, event: flows.Event, book: Book) -> flows.Outcome:
        if event.value == SECRET:
            raise KeyError(event)
        return flows.step(chat, event, book)

    monkeypatch.setattr("bot.turns.step", step)
    start_logging("DEBUG")
    telegram.fail(Fault("getMe", cut="before"))
    telegram.fail(Fault("sendMessage", times=3, code=502))
    telegram.fail(Fault("editMessageText", cut="after"))
    async with start():
        await begin(ann)
        telegram.deliver({"message": {"chat": {"id": 1, "type": "private"}, "text": [SECRET]}})
        ann.says(SECRET)
        await ann.answer()
        ann.sends("photo", caption=SECRET + "!")
        await ann.answer()
        await until(lambda: not telegram.unconfirmed)
    told = capsys.readouterr().err
    assert "KeyError" in told
    assert "is parked" in told
    assert SECRET not in told
    assert TOKEN.partition(":")[2] not in told
    assert str(ann.chat_id) not in told
