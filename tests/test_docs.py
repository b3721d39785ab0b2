"""What is written about the program is what it is."""

import re
from enum import Enum
from pathlib import Path

import pytest

from flows import State
from flows.book import Book
from flows.chat import Course
from flows.drawing import drawing
from training.sheet import sheet

ROOT = Path(__file__).parents[1]


def read(path: str) -> str:
    return (ROOT / path).read_text(encoding="utf-8")


def test_the_drawing_is_the_table() -> None:
    """Run `make draw` after changing the table."""
    assert read("docs/table.md") == drawing()


def test_the_clinicians_sheet_is_the_rules() -> None:
    """Run `make red-flags` after changing rules, corpus or tables."""
    assert read("docs/red-flags.md") == "\n".join(sheet())


@pytest.mark.parametrize(("heading", "named"), [("States", State), ("Courses", Course)])
def test_each_state_and_course_stands_once_in_its_table(heading: str, named: type[Enum]) -> None:
    table = read("docs/GLOSSARY.md").partition(f"\n## {heading}\n")[2].partition("\n## ")[0]
    assert re.findall(r"^\| ([A-Z_]+) \|", table, re.MULTILINE) == [one.name for one in named]


def test_the_readme_opens_with_a_conversation_that_is_played() -> None:
    transcript = read("tests/transcripts/the_readme.txt").split("\n\n", 1)[1]
    assert transcript in read("README.md")


def test_every_picture_is_there_and_is_shown_with_words_in_its_place() -> None:
    readme = read("README.md")
    shown = re.findall(
        r'<img src="([^"]+)"[^>]* alt="[^"]{20,}"|!\[[^\]]{20,}\]\(([^)]+)\)', readme
    )
    assert len(shown) == readme.count("docs/screenshots/") > 0
    assert [path for pair in shown for path in pair if path and not (ROOT / path).exists()] == []


def test_every_command_of_the_menu_is_in_the_help(book: Book) -> None:
    shown = book.texts["page.help"]
    assert [c for c in ("session", "screen", "learn", "stop", "emergency", "settings", "privacy",
                        "erase") if f"/{c}" not in shown] == []  # fmt: skip
    for command in book.commands:
        assert command.islower()


@pytest.mark.parametrize("sheet", ["docs/threat-model.md", "docs/hazards.md"])
def test_every_test_that_a_threat_or_hazard_names_is_there(sheet: str) -> None:
    """And every row names one."""
    rows = [row for row in read(sheet).splitlines() if row.startswith("| ")][2:]
    for row in rows:
        named = re.findall(r"`(tests/[\w/.]+)`((?:[:,] `\w+`)*)", row)
        assert named, row
        for path, names in named:
            code = read(path)
            for name in re.findall(r"`(\w+)`", names):
                assert f"def {name}(" in code, f"{path}: {name}"
