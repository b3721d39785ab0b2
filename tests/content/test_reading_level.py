"""Everything that is said to a person reads at US grade 6 or below, and promises nothing."""

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

ENGLISH = Path(__file__).parents[2] / "data" / "content" / "en"
GRADE = 6
SENTENCE = 5  # words; the grade of fewer than that says nothing

# What is not read out: what the program or a reviewer reads, and what people type.
UNSPOKEN = {
    "id", "source", "reviewed_on", "reviewed_by", "checked_on", "words", "disposition",
    "area", "areas", "tools", "position", "positions", "move", "moves", "only_tools",
    "only_positions", "items", "stands_for", "follow_ups",
}  # fmt: skip
NOT_SENTENCES = {"label", "labels", "name"}  # a few words on a button: promises count, grade not
SPOKEN_OF_LEXICON = {"ask", "asks"}  # the rest of it is what people type

# What fills a gap; a gap that is not named here is filled with a number.
GAPS = {
    "side": "left", "other": "right", "tool": "lacrosse ball", "country": "France",
    "emergency": "112", "crisis_name": "the crisis line",
}  # fmt: skip

FORBIDDEN = re.compile(
    r"\b(?:diagnos\w*|cur(?:e|es|ed|ing)|heal(?!th)\w*|safe\w*|guarant\w*)\b"
    r"|all[ -]clear|do(?:n['\u2019]t| not) worry|no pain,? no gain|!",
    re.IGNORECASE,
)
HONEST = (  # says that we do not
    "not a diagnosis",
    "does not diagnose",
    "cannot diagnose",
    "can not diagnose",
)

Said = tuple[str, tuple[str, ...], str]  # file, keys, text


def _strings(table: object, keys: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], str]]:
    if isinstance(table, str):
        yield keys, table
    elif isinstance(table, dict):
        for key, value in table.items():
            if key not in UNSPOKEN:
                yield from _strings(value, (*keys, key))
    elif isinstance(table, list):
        for number, value in enumerate(table):
            name = value.get("id", str(number)) if isinstance(value, dict) else str(number)
            yield from _strings(value, (*keys, name))


def _said(path: Path) -> Iterator[Said]:
    for keys, text in _strings(tomllib.loads(path.read_text(encoding="utf-8"))):
        if path.name == "lexicon.toml" and not SPOKEN_OF_LEXICON.intersection(keys):
            continue
        filled = re.sub(r"\{(\w*)\}", lambda gap: GAPS.get(gap[1], "7"), text)
        yield path.relative_to(ENGLISH).as_posix(), keys, filled.replace("**", "")


ALL: tuple[Said, ...] = tuple(
    said for path in sorted(ENGLISH.rglob("*.toml")) for said in _said(path)
)
SENTENCES = tuple(
    (file, keys, text)
    for file, keys, text in ALL
    if not NOT_SENTENCES.intersection(keys) and len(text.split()) >= SENTENCE
)


def promises(text: str) -> list[str]:
    for honest in HONEST:
        text = re.sub(re.escape(honest), "", text, flags=re.IGNORECASE)
    return FORBIDDEN.findall(text)


def grade_of(text: str) -> float:
    from textstat import textstat

    return float(textstat.flesch_kincaid_grade(text))


def test_every_text_reads_at_grade_6_or_below() -> None:
    hard = [
        f"{file}: {'.'.join(keys)}: grade {grade}"
        for file, keys, text in SENTENCES
        if (grade := grade_of(text)) > GRADE
    ]
    assert not hard, "\n".join(hard)


def test_nothing_is_promised() -> None:
    bold = [
        f"{file}: {'.'.join(keys)}: {found}"
        for file, keys, text in ALL
        if not (file == "faq.toml" and "ask" in keys)  # that is what people type
        and (found := promises(text))
    ]
    assert not bold, "\n".join(bold)


@pytest.mark.parametrize("folder", ["learn.toml", "conditions.toml", "techniques/"])
def test_texts_were_found_to_read(folder: str) -> None:
    assert any(file.startswith(folder) for file, _, _ in SENTENCES)


@pytest.mark.parametrize(
    "text",
    [
        "You are safe now", "All clear.", "It heals the nerve", "A cure", "Your diagnosis is",
        "Don\u2019t worry", "do not worry", "No pain, no gain", "Guaranteed relief", "Well done!",
    ],
)  # fmt: skip
def test_a_promise_is_seen(text: str) -> None:
    assert promises(text)


@pytest.mark.parametrize("text", ["This is not a diagnosis.", "Your health", "An accurate number"])
def test_an_honest_sentence_is_let_through(text: str) -> None:
    assert not promises(text)


def test_a_hard_text_is_seen() -> None:
    hard = "Discontinue immediately whenever peripheral radicular symptoms intensify considerably."
    assert grade_of(hard) > GRADE
