"""The lexicon as content: what it must say, and what is said when it does not."""

from pathlib import Path
from typing import Any

import pytest

from data.errors import BadContent
from data.lexicon import faults, read_lexicon, read_words
from flows.guard import Lexicon

from .conftest import ENGLISH

MUST_HAVE = {
    *("E01a", "E01b", "E01c", "E02a", "E02b", "E03", "E04a", "E04b", "E05", "E06", "E07", "E08"),
    *("E09", "E10", "E11", "E12", "U01", "U02", "U03a", "U05", "U08"),
}  # fmt: skip


def spoiled(raw: dict[str, Any], *path: str | int, to: object) -> list[str]:
    """What is wrong with *raw* once the value at *path* is another."""
    at: Any = raw
    for key in path[:-1]:
        at = at[key]
    at[path[-1]] = to
    return [f"{key}: {what}" for key, what in faults(raw)]


def test_the_english_lexicon_has_no_faults(raw: dict[str, Any]) -> None:
    assert list(faults(raw)) == []


def test_every_question_that_must_be_heard_has_a_rule(english: Lexicon) -> None:
    assert {rule.question for rule in english.rules} >= MUST_HAVE


def test_no_clinician_is_said_to_have_reviewed_a_rule_before_one_has(raw: dict[str, Any]) -> None:
    assert {row["reviewed_by"] for row in raw["rules"]} == {""}


@pytest.mark.parametrize(
    ("path", "to", "said"),
    [
        (["extra"], {}, "the file: extra is not known"),
        (["benign"], "numb", "the file: benign must be of type list"),
        (["rules", 0, "tier"], 4, "rules.chest_pain: tier must be of type str"),
        (["rules", 0, "wihtin"], 4, "rules.chest_pain: wihtin is not known"),
        (["rules", 0, "tier"], "info", "rules.chest_pain: tier must be one of alert, ask, check"),
        (["rules", 0, "all"], [], "rules.chest_pain: all must name a concept"),
        (["rules", 0, "all"], ["CHEST"], "rules.chest_pain: within goes with two concepts"),
        (["rules", 0, "question"], "X1", "rules.chest_pain: asks has no X1"),
        (["rules", 0, "source"], "", "rules.chest_pain: needs a source and a date"),
        (["rules", 0, "reviewed_on"], "soon", "rules.chest_pain: needs a source and a date"),
        (["rules", 0, "id"], "heart", "rules.heart: is there twice"),
        (["rules", 0, "unless"], ["NOBODY"], "rules: NOBODY is not a concept"),
        (["concepts", "LONELY"], ["numb"], "concepts: LONELY is in no rule"),
        (["concepts", "NUMB"], [], "concepts.NUMB: must be a list with terms in it"),
        (["concepts", "NUMB"], [False], "concepts.NUMB: False is not a term"),
        (["concepts", "NUMB"], ["Numb"], "concepts.NUMB: 'Numb' has capitals"),
        (["concepts", "NUMB"], ["* numb"], "concepts.NUMB: '* numb' begins or ends with a gap"),
        (["concepts", "NUMB"], ["a ** b ** c ** d"], "is longer than 10 words"),
        (["concepts", "NUMB"], ["numb", "numb"], "concepts.NUMB: has 'numb' twice"),
        (["benign"], ["numb"], "concepts.NUMB: 'numb' is benign"),
        (["context", "never"], ["no"], "context: never is not known"),
        (["words"], {}, "words: self is missing"),
        (["asks", "E05"], "Tell me", "asks.E05: must be a question"),
        (["asks", "C99"], "Is it?", "asks: C99 has no rule"),
        (["chains", 0], {"told": "NUMB"}, "chains.NUMB: must have told, asks, settled_by"),
        (["chains", 0, "told"], "FROG", "chains.FROG: FROG is not kept"),
        (["chains", 0, "settled_by"], "FROG", "chains.NUMB: FROG is not kept"),
        (["chains", 0, "asks"], ["E04a", "E99"], "chains.NUMB: E99 is not in asks"),
        (["chains", 0, "asks"], ["E04a"], "chains.NUMB: asks must name two questions or more"),
        (["spelling", "endings"], ["s"], "spelling.endings: 's' is not an ending"),
        (["spelling", "same", "a b c"], "d", "spelling.same.a b c: must be one or two words"),
    ],
)
def test_a_slip_is_said_with_its_key(
    path: list[str | int], to: object, said: str, raw: dict[str, Any]
) -> None:
    assert any(said in fault for fault in spoiled(raw, *path, to=to))


def test_what_is_missing_is_said(raw: dict[str, Any]) -> None:
    del raw["rules"][0]["source"]
    del raw["asks"]
    assert [*faults(raw)] == [
        ("the file", "asks is missing"),
        ("rules.chest_pain", "source is missing"),
    ]


def test_the_first_slip_stops_the_reading_with_one_line(tmp_path: Path) -> None:
    path = tmp_path / "lexicon.toml"
    text = ENGLISH.read_text(encoding="utf-8")
    path.write_text(text.replace('tier = "alert"', 'tier = "panic"', 1), encoding="utf-8")
    with pytest.raises(BadContent, match=r"lexicon\.toml: rules\.chest_pain: tier must be one of"):
        read_lexicon(path)


def test_a_file_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    path = tmp_path / "lexicon.toml"
    with pytest.raises(BadContent, match=r"lexicon\.toml: cannot be read"):
        read_lexicon(path)
    path.write_text("= 3", encoding="utf-8")
    with pytest.raises(BadContent, match=r"lexicon\.toml: cannot be read"):
        read_lexicon(path)


def test_the_list_of_common_words_is_checked(tmp_path: Path) -> None:
    path = tmp_path / "words.txt"
    with pytest.raises(BadContent, match=r"words\.txt: cannot be read"):
        read_words(path)
    path.write_text("able\nAble\n", encoding="utf-8")
    with pytest.raises(BadContent, match=r"words\.txt: Able: is not a word"):
        read_words(path)
