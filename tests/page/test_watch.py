"""Content is read again when it is saved; a slip leaves the books as they were."""

import logging
import shutil
from collections.abc import AsyncIterator
from pathlib import Path
from time import perf_counter

import pytest

from bot.page.watch import GLANCE, Watch
from data.library import CONTENT, read_library
from data.where import line_of
from tests.page.bots import PageBot, page_settings
from tests.page.test_chats import to_a_question
from tests.page.visitor import Visitor
from tests.shell.conftest import Time, until

PATIENCE = 10.0  # seconds, on a machine that has much else to do


@pytest.fixture
def content(tmp_path: Path) -> Path:
    """A copy of the content, for a test to spoil."""
    return Path(shutil.copytree(CONTENT, tmp_path / "content"))


@pytest.fixture
async def bot(
    tmp_path: Path, content: Path, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[PageBot]:
    monkeypatch.setattr(Watch.__init__, "__defaults__", (content,))
    async with PageBot(page_settings(tmp_path), Time(), read_library(content)) as bot:
        yield bot


def change(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


async def test_new_words_are_before_the_person_at_once(
    bot: PageBot, content: Path, ann: Visitor
) -> None:
    await ann.says("/start")
    await until(lambda: ann.messages)
    number = ann.newest
    change(content / "en/texts.toml", "Hello. I can guide you", "Good day. I can guide you")
    await until(lambda: "Good day." in ann.screen, PATIENCE)
    assert ann.newest == number, "in its place"
    await ann.taps("Begin")
    await until(lambda: "18 or over" in ann.screen)


async def test_whoever_is_in_the_middle_goes_on_when_only_words_have_changed(
    bot: PageBot, content: Path, ann: Visitor
) -> None:
    await to_a_question(ann)
    change(content / "en/screening.toml", "Do you have chest pain now?", "Does your chest hurt?")
    await until(lambda: "Does your chest hurt?" in ann.screen, PATIENCE)
    await ann.taps("No")
    await until(lambda: "Question 2 of" in ann.screen)


async def test_whoever_is_in_the_middle_begins_afresh_when_a_rule_has_changed(
    bot: PageBot, content: Path, ann: Visitor
) -> None:
    """Promise 1: nothing that was answered under other rules counts."""
    await to_a_question(ann)
    await ann.taps("No")
    await until(lambda: "Question 2 of" in ann.screen)
    change(content / "en/rules.toml", "valid_days = 14", "valid_days = 13")
    await until(lambda: "Question 1 of" in ann.screen, PATIENCE)
    assert "have changed" in ann.screen


SLIPS = [
    ("en/texts.toml", "[labels]", "[labels", "texts.toml: Expected ']'", "(at line "),
    ("en/rules.toml", "valid_days = 14", 'valid_days = "x"', "rules.toml, line ", "numbers.valid_"),
    ("en/screening.toml", "\nask = ", "\naks = ", "screening.toml, line ", "aks: is no key here"),
    ("en/texts.toml", "[language]\nname", "language = 1\nname", "content: cannot be read", ""),
]


@pytest.mark.parametrize(("file", "old", "new", "where", "what"), SLIPS)
async def test_a_slip_is_named_and_the_old_book_stays(  # noqa: PLR0917 - a table's row
    bot: PageBot, content: Path, ann: Visitor, file: str, old: str, new: str, where: str, what: str
) -> None:
    before = bot.library.books
    change(content / file, old, new)
    await until(lambda: ann.heard("reread"), PATIENCE)
    slip = (await ann.desk())["slip"]
    assert where in slip
    assert what in slip
    assert bot.library.books is before
    ann.news.clear()
    change(content / file, new, old)
    await until(lambda: ann.heard("reread"), PATIENCE)
    assert (await ann.desk())["slip"] == ""
    assert bot.library.books is not before


async def test_it_is_in_the_log_as_one_line(
    bot: PageBot, content: Path, ann: Visitor, caplog: pytest.LogCaptureFixture
) -> None:
    change(content / "en/rules.toml", "valid_days = 14", "valid_days = 1.5")
    await until(lambda: ann.heard("reread"), PATIENCE)
    (record,) = [one for one in caplog.records if one.levelno == logging.ERROR]
    assert "rules.toml, line " in record.getMessage()
    assert record.exc_info is None


def test_it_takes_less_than_a_second(content: Path) -> None:
    """From saving to the new book, at worst: the wait between two looks, and the reading."""
    read_library(content)
    change(content / "en/texts.toml", "Hello.", "Good day.")
    took = []
    for _ in range(3):
        begin = perf_counter()
        read_library(content)
        took.append(perf_counter() - begin)
    assert GLANCE + min(took) < 1


TEXT = """
[numbers]
valid_days = 1
[[question]]
id = "E04a"
ask = "a?"
[[question]]
id = "E09"
ask = "b?"
[[steps]]
say = "one"
[[steps]]
say = "two"
hold = 5
[labels]
"feel.better" = "x"
"""


@pytest.mark.parametrize(
    ("key", "line"),
    [
        ("numbers.valid_days", 3), ("numbers.gone", 2), ("question.E09.ask", 9),
        ("question.E09", 8), ("question.E09.gone", 8), ("steps.1.hold", 14), ("steps.0.say", 11),
        ("labels", 15), ("gone", 0),
    ],
)  # fmt: skip
def test_the_line_of_a_key_is_found(key: str, line: int) -> None:
    assert line_of(TEXT, key) == line
