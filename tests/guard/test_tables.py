"""What messages come to: the tables beside this file, row by row, and those of other people."""

import pytest

from flows.guard import Lexicon, Reading, Tier, read
from tests.guard.tables import examples, rows


def tier_of(question: str, reading: Reading) -> Tier:
    return max((hit.tier for hit in reading.hits if hit.question == question), default=Tier.NONE)


@pytest.mark.parametrize(("question", "message"), rows("must_fire"))
def test_a_red_flag_said_outright_raises_the_alarm(
    question: str, message: str, english: Lexicon
) -> None:
    assert tier_of(question, read(message, english)) is Tier.ALERT


@pytest.mark.parametrize(("question", "message"), rows("ask"))
def test_what_is_weak_or_uncertain_is_asked_about(
    question: str, message: str, english: Lexicon
) -> None:
    reading = read(message, english)
    assert tier_of(question, reading) is reading.tier is Tier.ASK


@pytest.mark.parametrize(("reason", "message"), rows("must_not_fire"))
def test_ordinary_words_are_left_alone(reason: str, message: str, english: Lexicon) -> None:
    assert read(message, english).tier < Tier.ASK, reason


def test_there_is_a_table_row_for_every_question_that_a_rule_stands_for(english: Lexicon) -> None:
    tried = {question for name in ("must_fire", "ask") for question, _ in rows(name)}
    assert tried == {rule.question for rule in english.rules}


def test_every_decisive_question_has_a_row_that_alerts_and_every_other_one_that_asks(
    english: Lexicon,
) -> None:
    decisive = {rule.question for rule in english.rules if rule.tier is Tier.ALERT}
    assert {question for question, _ in rows("must_fire")} == decisive
    assert {question for question, _ in rows("ask")} >= set(english.asks) - decisive


@pytest.mark.parametrize("row", [row for row in examples() if row["expected"]])
def test_what_others_wrote_with_a_red_flag_in_mind_is_heard(
    row: dict[str, str], english: Lexicon
) -> None:
    assert read(row["text"], english).tier >= Tier.ASK


def test_what_others_wrote_with_none_in_mind_alerts_at_most_2_and_asks_at_most_10_percent(
    english: Lexicon,
) -> None:
    tiers = [read(row["text"], english).tier for row in examples() if not row["expected"]]
    assert tiers.count(Tier.ALERT) <= 0.02 * len(tiers)
    assert tiers.count(Tier.ASK) <= 0.10 * len(tiers)


@pytest.mark.parametrize(("reason", "message"), rows("no_alarm"))
def test_what_only_looks_like_a_red_flag_raises_no_alarm(
    reason: str, message: str, english: Lexicon
) -> None:
    assert read(message, english).tier < Tier.ALERT, reason


def test_what_only_looks_like_a_red_flag_is_asked_about_in_4_of_10_at_most(
    english: Lexicon,
) -> None:
    tiers = [read(message, english).tier for _, message in rows("no_alarm")]
    assert len(tiers) >= 240
    assert tiers.count(Tier.ASK) <= 0.4 * len(tiers)


@pytest.mark.parametrize(("rule", "message"), rows("check"))
def test_fear_is_heard_as_fear(rule: str, message: str, english: Lexicon) -> None:
    reading = read(message, english)
    assert reading.tier is Tier.CHECK
    assert reading.hits[0].rule == rule


@pytest.mark.parametrize(("manner", "message"), rows("heard"))
def test_plain_or_roundabout_it_is_heard(manner: str, message: str, english: Lexicon) -> None:
    assert read(message, english).tier >= Tier.ASK, manner


@pytest.mark.parametrize(("reason", "message"), rows("known_miss"))
def test_what_is_known_to_be_missed_still_is(reason: str, message: str, english: Lexicon) -> None:
    assert read(message, english).tier < Tier.ASK, f"{reason}: heard now, so move the row"
