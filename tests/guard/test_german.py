"""The German draft: read with the same checks as English."""

import pytest

from data.learned import read_guard
from data.library import CONTENT
from flows.book import Book
from flows.guard import Lexicon, Tier, read
from tests.guard.tables import rows


@pytest.fixture(scope="module")
def german() -> Lexicon:
    return read_guard(CONTENT / "de")


@pytest.mark.parametrize(("tier", "message"), rows("german"))
def test_a_german_message_comes_to_its_tier(tier: str, message: str, german: Lexicon) -> None:
    heard = read(message, german).tier
    assert heard < Tier.ASK if tier == "less" else heard is Tier[tier.upper()]


def test_its_rules_stand_for_questions_that_english_asks_too(german: Lexicon, book: Book) -> None:
    assert {rule.question for rule in german.rules} <= set(book.questions)


def test_it_has_no_learned_reader(german: Lexicon) -> None:
    assert german.learned is None
