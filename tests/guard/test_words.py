"""The list of common words is what `make guard-words` writes."""

from data.lexicon import WORDS, read_words
from data.library import CONTENT
from training.words import common


def test_the_list_of_common_words_is_as_it_would_be_written() -> None:
    assert read_words(CONTENT / "en" / WORDS) == common(CONTENT / "en")
