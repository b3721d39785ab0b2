"""`python -m bot explain`: how a text is read, for people and for programs."""

import json

import pytest
from typer.testing import CliRunner

from bot.commands import cli
from bot.explain import DRAFT

RUN = CliRunner()


def said(*arguments: str, lines: str = "") -> list[str]:
    result = RUN.invoke(cli, ["explain", *arguments], input=lines)
    assert result.exit_code == 0, result.output
    return result.output.splitlines()


def test_a_text_is_explained_as_a_table_and_a_sentence() -> None:
    head, row, sentence = said("i cant feel when i wipe")
    assert head.split() == ["tier", "question", "rule", "because", "you", "wrote", "lowered", "by"]
    assert row.split()[:3] == ["alert", "E04b", "wipe_numb"]
    assert "because you wrote “cant feel”, “wipe”" in sentence


def test_what_was_misspelled_is_shown_mended() -> None:
    assert "(groinn is read as groin)" in said("numb groinn")


def test_what_says_nothing_is_said_to_be_nothing() -> None:
    assert said("hello") == ["I read this as nothing to worry about."]


def test_json_has_one_line_for_each_line_that_is_read_in_their_order() -> None:
    texts = "i cant pee\n\nno numbness in my groin\nhello\n"
    read = [json.loads(line) for line in said("--json", "-", lines=texts)]
    assert [reading["tier"] for reading in read] == ["alert", "none", "none", "none"]
    assert read[0]["flags"][0] == {
        "id": "E05", "tier": "alert", "rule": "pee_cant", "evidence": ["cant", "pee"], "cue": "",
    }  # fmt: skip
    assert read[2]["flags"][0]["cue"] == "denied: no"


def test_a_check_is_explained_by_what_it_sounds_like() -> None:
    lines = said("--json", "it is as if somebody had pulled the plug down there, po")
    assert json.loads(lines[0])["tier"] in ("ask", "check")


def test_a_language_that_is_a_draft_says_so() -> None:
    assert said("danke", "--language", "de") == ["I read this as nothing to worry about.", DRAFT]
    assert DRAFT not in said("thanks")


@pytest.mark.parametrize("language", ["xx", "../en"])
def test_a_language_that_is_not_there_is_said_not_to_be(language: str) -> None:
    result = RUN.invoke(cli, ["explain", "hello", "--language", language])
    assert result.exit_code == 2
    assert "no lexicon" in result.output
