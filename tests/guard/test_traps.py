"""Sentences on which readers of red flags are known to fail, one lesson each."""

import pytest

from data.lexicon import read_lexicon
from flows.guard import Hit, Lexicon, Tier, compile_lexicon, read
from tests.guard.conftest import ENGLISH


@pytest.fixture(scope="session")
def english() -> Lexicon:
    """The rules alone: what the learned reader adds is no lesson about rules."""
    return read_lexicon(ENGLISH)


def tier(message: str, english: Lexicon) -> Tier:
    return read(message, english).tier


def hit(message: str, english: Lexicon) -> Hit:
    return read(message, english).hits[0]


@pytest.mark.parametrize(
    "message",
    [
        "No, I haven't been able to urinate",
        "no i havent been able to urinate",
        "No, I can't control my bowels",
        "no cant pee",
        "No. Cant pee.",
    ],
)
def test_a_leading_no_is_an_answer_and_denies_nothing(message: str, english: Lexicon) -> None:
    assert tier(message, english) is Tier.ALERT


def test_a_cue_that_is_part_of_the_evidence_never_negates_it(english: Lexicon) -> None:
    assert tier("i have no feeling in my groin", english) is Tier.ALERT
    assert tier("i dont feel anything when i wipe", english) is Tier.ALERT
    assert tier("nothing comes out when i pee", english) is Tier.ALERT


def test_cant_denies_only_what_hangs_on_it(english: Lexicon) -> None:
    assert tier("i cant sleep with this numb groin", english) is Tier.ALERT
    assert tier("i cant feel any numbness in my groin", english) is Tier.NONE


@pytest.mark.parametrize(
    "message",
    [
        "normally i pee fine, but since last night nothing comes out",
        "my back is fine but i cant pee",
        "everything else is fine, my groin is numb",
    ],
)
def test_that_something_is_fine_does_not_silence_the_next_clause(
    message: str, english: Lexicon
) -> None:
    assert tier(message, english) is Tier.ALERT


@pytest.mark.parametrize(
    "message",
    [
        "no fever, no weight loss, but the foot is getting weaker and it drags, my foot drags",
        "never had this before: cant control my poo",
        "dont laugh but i peed myself",
        "not sure its related but i keep wetting myself",
        "no fever and my foot is dragging",
        "no fever my foot is dragging",
        "no pain but no feeling in my genitals",
    ],
)
def test_a_denial_ends_where_something_else_begins(message: str, english: Lexicon) -> None:
    assert tier(message, english) is Tier.ALERT


def test_one_no_covers_a_whole_list(english: Lexicon) -> None:
    assert tier("no numbness, tingling or weakness in both legs", english) is Tier.NONE
    assert tier("no bladder, bowel or sexual problems", english) is Tier.NONE


def test_a_list_that_may_be_denied_or_may_not_is_asked_about(english: Lexicon) -> None:
    assert tier("no fever, numb groin", english) is Tier.ASK


@pytest.mark.parametrize(
    "message",
    [
        "it started 3 years ago but today my foot drags",
        "numb between my legs, started a year ago",
        "last week i lost control of my bladder",
        "when i was doing the bird dog my leg gave way",
        "my willy has gone numb",
        "numb groin years ago, went away, now its back again",
    ],
)
def test_what_only_looks_like_the_past_is_now(message: str, english: Lexicon) -> None:
    assert tier(message, english) is Tier.ALERT


def test_that_the_pain_has_gone_does_not_say_that_the_rest_has(english: Lexicon) -> None:
    assert tier("i cant pee but the back pain is gone", english) is Tier.ALERT
    assert tier("my groin is numb. the back pain went away", english) is Tier.ALERT
    assert tier("my pain went away but now both legs are numb", english) is Tier.ALERT


def test_what_a_doctor_warned_of_counts_when_it_has_come(english: Lexicon) -> None:
    warning = "doctor told me to watch for numbness in the groin"
    assert tier(warning, english) is Tier.INFO
    assert tier(f"{warning} and now i have it", english) is Tier.ALERT


def test_a_question_about_oneself_now_is_asked_back_and_about_anyone_is_answered(
    english: Lexicon,
) -> None:
    assert tier("is it an emergency if i cant pee", english) is Tier.ASK
    assert tier("what happens if i lose control of my bladder?", english) is Tier.INFO


def test_a_question_ends_where_it_is_told_what_is_so(english: Lexicon) -> None:
    assert tier("is it possible, my groin is numb", english) is Tier.ALERT
    assert tier("what is happening my groin is numb", english) is Tier.ALERT
    assert tier("what are the signs, numb groin or weak legs", english) < Tier.ALERT


def test_somebody_else_is_asked_about_now_and_answered_when_it_is_over(english: Lexicon) -> None:
    assert tier("my dad cant pee", english) is Tier.ASK
    assert tier("my dad had a numb groin", english) is Tier.INFO
    assert tier("my wife says my foot drags", english) is Tier.ALERT
    assert tier("my friend wants to kill himself", english) is Tier.ASK


def test_suicide_and_chest_are_never_less_than_asked_about_in_the_first_person(
    english: Lexicon,
) -> None:
    assert tier("what happens if i kill myself", english) is Tier.ASK
    assert tier("what if i get chest pain", english) is Tier.ASK
    assert tier("im not suicidal", english) is Tier.NONE
    assert tier("no chest pain", english) is Tier.NONE


@pytest.mark.parametrize(
    "message",
    ["the number of reps", "a fellow runner", "im tired", "people like it", "assess", "shipping"],
)
def test_words_are_matched_whole(message: str, english: Lexicon) -> None:
    assert read(message, english).hits == ()


def test_exertion_lowers_an_alarm_to_a_question_and_drops_nothing(english: Lexicon) -> None:
    assert tier("my knee gave way", english) is Tier.ALERT
    assert tier("my knee gave way on the last rep", english) is Tier.ASK


def test_a_topic_is_asked_about_only_where_nothing_else_was_read(english: Lexicon) -> None:
    assert [hit.rule for hit in read("my bladder", english).hits] == ["t_bladder"]
    assert read("no trouble with my bladder", english).tier is Tier.NONE


def test_a_reading_explains_itself(english: Lexicon) -> None:
    said = hit("no numbness in my groin", english)
    assert (said.question, said.tier, said.rule) == ("E04a", Tier.NONE, "saddle_numb")
    assert said.evidence == ("numbness", "groin")
    assert said.cue == "denied: no"
    assert hit("what happens if my groin goes numb", english).cue == "supposed: what happens if"
    assert hit("my dad had a numb groin", english).cue == "another: dad"
    assert hit("numb groin in 2010 but it went away", english).cue == "past: in 2010"
    assert hit("numb groin. cant pee", english).cue == ""


@pytest.mark.parametrize(
    "message",
    [
        "the garden pump cannot pass water since the frost",
        "my trombone has foot drop, the stand is bent",
        "our choir is paralysed from the waist down, nobody sways",
        "Gerald can't pass urine, he has tried all day",
        "my landlord gives me chest pain every first of the month",
        "my spaniel peed in my slipper",
    ],
)
def test_what_a_stranger_or_a_thing_does_is_asked_about_and_no_alarm(
    message: str, english: Lexicon
) -> None:
    assert tier(message, english) is Tier.ASK


@pytest.mark.parametrize(
    "message",
    [
        "cannot pass water since this morning",
        "walking up the stairs gives me chest pain",
        "entire saddle area numb since last night",
        "my left leg is swollen and hot",
        "the doctor laughed but i cannot pass urine",
    ],
)
def test_where_nobody_else_is_named_it_is_the_one_who_writes(
    message: str, english: Lexicon
) -> None:
    assert tier(message, english) is Tier.ALERT


def test_a_joke_is_asked_about_and_what_follows_it_is_heard(english: Lexicon) -> None:
    assert hit("i could kill myself lol", english).cue == "in jest: lol"
    assert tier("short of breath from those stairs haha", english) is Tier.ASK
    assert tier("id rather kill myself than do burpees", english) is Tier.ASK
    assert tier("haha nice one. numb between my legs now", english) is Tier.ALERT
    assert tier("lol and i cant pee", english) is Tier.ALERT


def test_a_story_of_long_ago_goes_on_in_its_next_sentence(english: Lexicon) -> None:
    assert tier("as a boy i fell out of a tree. the leg was swollen for weeks", english) is Tier.ASK
    assert tier("as a boy i fell out of a tree. the leg is swollen today", english) is Tier.ALERT
    assert tier("in 1988 i could not hold my pee, and never again", english) is Tier.ASK
    assert tier("in 1988 i could not hold my pee, and now again", english) is Tier.ALERT


def test_the_strongest_comes_first_and_each_question_once(english: Lexicon) -> None:
    reading = read("my leg feels weak, i have a fever and i cant pee, i really cant pee", english)
    tiers = [hit.tier for hit in reading.hits]
    assert tiers == sorted(tiers, reverse=True)
    assert len({hit.question for hit in reading.hits}) == len(reading.hits)
    assert reading.tier is tiers[0]


def test_only_unknown_words_are_mended(english: Lexicon) -> None:
    assert read("numbb groinn", english).mends == (("numbb", "numb"), ("groinn", "groin"))
    assert read("cantpee", english).mends == (("cantpee", "cant pee"),)
    assert read("nmub between my legs", english).tier is Tier.ALERT
    assert read("ubmladder", english).mends == ()
    assert read("groan, number, plain, election, massive", english).mends == ()


def test_a_long_message_is_read_to_its_end(english: Lexicon) -> None:
    chat = "the ball is fine and the stretch helps. " * 100
    assert tier(chat, english) is Tier.NONE
    assert tier(chat + "i cant pee", english) is Tier.ALERT


def test_marks_pictures_and_nothing_at_all_are_read_without_harm(english: Lexicon) -> None:
    for text in ("", " ", "...", "\u200b", "\U0001f602", "?!", "*", "&", "\n\n", "'", "#", "**"):
        assert read(text, english).tier is Tier.NONE


def test_letters_in_other_shapes_are_read_the_same(english: Lexicon) -> None:
    assert tier("\uff29 \uff43\uff41\uff4e\u2019t \uff50\uff45\uff45", english) is Tier.ALERT
    assert tier("i c\u00adant p\u200bee", english) is Tier.ALERT
    assert tier("i caaaant peeeee", english) is Tier.ALERT


def test_an_empty_lexicon_hears_nothing() -> None:
    assert read("i cant pee", Lexicon.empty()).hits == ()


def test_the_edition_changes_with_the_words() -> None:
    one, two = compile_lexicon({"benign": ["a"]}), compile_lexicon({"benign": ["b"]})
    assert one.edition != two.edition
    assert one.edition == compile_lexicon({"benign": ["a"]}).edition
