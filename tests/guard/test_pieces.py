"""What is told over two or three messages is put together, and asked about."""

import pytest

from flows.guard import Lexicon, Tier, read

TOLD = [
  (["my leg is numb", "groin"], "E04a"),
  (["its tingling", "well, down there"], "E04a"),
  (["something is numb", "both legs"], "E08"),
  (["its just gone all numb", "my foot"], "U08"),
  (["both my legs", "weak"], "E08"),
  (["i cant control it", "the bladder"], "E05"),
  (["it leaks", "when? well its pee"], "E05"),
  (["suddenly it was there", "in my back", "and im so faint"], "E02a"),
  (["my calf", "swollen"], "U02"),
  (["about my chest", "it went tight"], "E01a"),
]  # fmt: skip
APART = [
  ["no numbness", "groin stretch, how long"],
  ["my dad had a numb leg years ago", "both legs"],
  ["what if it goes numb", "both legs feel good after"],
  ["my leg hurts", "where do i put the ball"],
]  # fmt: skip


def asked(messages: list[str], english: Lexicon) -> dict[str, str]:
    """The questions that the last of *messages* leads to only for what came before it."""
    before: list[str] = []
    for said in messages[:-1]:
        before += read(said, english, before).pieces
    alone = {hit.question for hit in read(messages[-1], english).hits if hit.tier >= Tier.ASK}
    return {
        hit.question: hit.cue
        for hit in read(messages[-1], english, before).hits
        if hit.tier is Tier.ASK and hit.question not in alone
    }


def heard(messages: list[str], english: Lexicon) -> set[str]:
    before: list[str] = []
    for said in messages[:-1]:
        before += read(said, english, before).pieces
    return {h.question for h in read(messages[-1], english, before).hits if h.tier >= Tier.ASK}


@pytest.mark.parametrize(("messages", "question"), TOLD)
def test_what_is_told_in_pieces_is_put_together(
    messages: list[str], question: str, english: Lexicon
) -> None:
    assert question in heard(messages, english)


@pytest.mark.parametrize("messages", APART)
def test_what_was_denied_or_supposed_is_not_kept(messages: list[str], english: Lexicon) -> None:
    assert asked(messages, english) == {}


def test_it_says_with_what_it_was_put_together(english: Lexicon) -> None:
    told = asked(["something is numb", "both legs"], english)
    assert told["E08"] == "with what was said before: numb"


def test_pieces_alone_raise_no_alarm(english: Lexicon) -> None:
    everything = sorted(english.kept)
    for said in ("groin", "both legs", "i pee", "my chest", "hello", "next", "my left buttock"):
        alone, after = read(said, english), read(said, english, everything)
        assert after.tier < Tier.ALERT
        assert after.tier >= alone.tier


def test_names_of_concepts_are_kept_and_no_words(english: Lexicon) -> None:
    pieces = read("my willy is numb, i am john and live at 3 high street", english).pieces
    assert set(pieces) <= english.kept
    assert {"NUMB", "SADDLE_STRICT"} <= set(pieces)
