"""A text that only denies needs no check; with one word more it is checked."""

import re

import pytest

from data.corpus import read_corpus
from flows.guard import LEARNED, Lexicon, Reading, Tier, read

from .conftest import ENGLISH

SHORT = 10  # words; a longer message always has one left over
DENIES = re.compile(r"\b(no|not|without|dont|don't|havent|haven't|never)\b")


def cleared_by(reading: Reading) -> bool:
    return bool(reading.hits) and reading.tier is Tier.NONE


@pytest.mark.parametrize(
    "message",
    [
        "no numbness in my groin",
        "no chest pain",
        "no, no chest pain",
        "my dad said no numbness in my groin",
        "No numbness between my legs.",
        "i dont have any numbness down there",
        "no tingling or numbness in my legs",
    ],
)
def test_what_only_denies_is_not_checked(message: str, english: Lexicon) -> None:
    assert read(message, english).tier is Tier.NONE


@pytest.mark.parametrize(
    "message",
    [
        "no numb groin",  # it may answer "is it better?"
        "not completely numb in my groin",
        "no numbness between my legs but it burns",
        "no tingling my groin dead",
        "no more numbness in my groin, just gone",
    ],
)
def test_one_word_that_is_left_over_and_it_is_checked(message: str, english: Lexicon) -> None:
    hit = read(message, english).hits[0]
    assert (hit.tier, hit.rule) == (Tier.CHECK, LEARNED)


@pytest.mark.parametrize(
    "message",
    [
        "i dont have any feeling in my groin",
        "no feeling down there",
        "no pee",
        "no numbness. cant pee",
    ],
)
def test_a_no_that_is_the_symptom_denies_nothing(message: str, english: Lexicon) -> None:
    assert read(message, english).tier >= Tier.ASK


def test_nobody_who_tells_of_a_flag_in_a_few_words_is_taken_to_deny_it(english: Lexicon) -> None:
    """Of the corpus, those messages that begin or go on with a denial."""
    told = [m.text for m in read_corpus(ENGLISH.parent / "corpus").messages if m.flags]
    short = [text for text in told if len(text.split()) < SHORT and DENIES.search(text.lower())]
    assert len(short) > 100
    cleared = [text for text in short if cleared_by(read(text, english))]
    assert cleared == []
