"""What changes nothing, what never raises a tier, and what always does.

A text is read as the words that it is split into, and nothing else of it counts: so what is split
into the same words is read once for all tests here.
"""

import random
import string

import pytest

from flows.guard import Lexicon, Reading, Tier
from flows.guard import read as read_anew
from flows.guard.words import Words, split
from tests.guard.tables import rows

FIRE = [message for _, message in rows("must_fire")]
ASK = [message for _, message in rows("ask")]
QUIET = [message for _, message in rows("must_not_fire")]
ALL = [*FIRE, *ASK, *QUIET]

READINGS: dict[Words, Reading] = {}  # what the English guard has read


def read(text: str, lexicon: Lexicon) -> Reading:
    words = split(text)
    if words not in READINGS:
        READINGS[words] = read_anew(text, lexicon)
    return READINGS[words]


def test_a_text_is_read_as_the_words_that_it_is_split_into(english: Lexicon) -> None:
    for message in ALL[::20]:
        loud = f"  {message.upper()} \n"
        assert split(loud) == split(message)
        assert read_anew(loud, english) == read_anew(message, english)


def test_capitals_change_nothing(english: Lexicon) -> None:
    for message in ALL:
        assert read(message.upper(), english).hits == read(message, english).hits


def test_apostrophes_change_nothing(english: Lexicon) -> None:
    for message in ALL:
        plain = read(message, english).hits
        for mark in ("\u2019", "`", ""):
            assert read(message.replace("'", mark), english).hits == plain
        for short, long in (("cant ", "can't "), ("dont ", "don\u2019t "), ("im ", "I'm ")):
            assert read(message.replace(short, long), english).hits == plain


def test_punctuation_at_the_end_and_spaces_change_nothing(english: Lexicon) -> None:
    for message in ALL:
        plain = read(message, english).hits
        for mark in (".", "!!!", "?", "...", " :("):
            assert read(message + mark, english).hits == plain
        assert read("  " + message.replace(" ", "  ") + "\n", english).hits == plain


def test_a_red_flag_without_any_punctuation_is_still_heard(english: Lexicon) -> None:
    for message in FIRE:
        bare = "".join(" " if c in string.punctuation.replace("'", "") else c for c in message)
        assert read(bare, english).tier >= Tier.ASK, message


@pytest.mark.parametrize("front", ["no ", "my dad said "])
def test_a_denial_or_somebody_else_in_front_never_raises_the_tier(
    front: str, english: Lexicon
) -> None:
    for message in ALL:
        assert read(front + message, english).tier <= read(message, english).tier, message


def test_a_decisive_symptom_behind_anything_raises_the_alarm(english: Lexicon) -> None:
    for message in ALL:
        assert read(f"{message} and i cant pee", english).tier is Tier.ALERT, message


@pytest.mark.parametrize(
    "chat",
    ["hi, quick question: {}", "{}. thanks for your help", "ok so {}", "the ball hurt. {}"],
)
def test_a_red_flag_amid_small_talk_is_heard(chat: str, english: Lexicon) -> None:
    for message in FIRE:
        assert read(chat.format(message), english).tier >= Tier.ASK, message


def test_with_one_slip_of_the_finger_93_in_100_are_still_heard(english: Lexicon) -> None:
    chance = random.Random(7)
    heard = [read(slip(message, chance), english).tier >= Tier.ASK for message in FIRE * 3]
    assert sum(heard) >= 0.93 * len(heard)


def slip(message: str, chance: random.Random) -> str:
    """*message* with one letter of a longer word left out, doubled, swapped or mistyped."""
    words = message.split()
    long = [i for i, word in enumerate(words) if len(word) >= 4 and word.isalpha()]
    if not long:
        return message
    at = chance.choice(long)
    word = words[at]
    cut = chance.randrange(1, len(word) - 1)
    words[at] = chance.choice(
        [
            word[:cut] + word[cut + 1 :],
            word[:cut] + word[cut] + word[cut:],
            word[:cut] + word[cut + 1] + word[cut] + word[cut + 2 :],
            word[:cut] + chance.choice(string.ascii_lowercase) + word[cut + 1 :],
        ]
    )
    return " ".join(words)
