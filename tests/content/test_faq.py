"""What people ask in their own words, and which answer they get."""

import pytest

from flows.book import Book
from flows.faq import PLACES, found

ASKED = {
    "what_is_this": ["hi, whats this", "does this work", "whats this bot for"],
    "are_you_human": ["are you human", "are you a real human"],
    "are_you_doctor": ["are you a real doctor"],
    "privacy": ["is this private?"],
    "cost": ["how much does it cost"],
    "painkillers": ["can i take ibuprofen"],
    "heat_cold": ["heat or ice"],
    "other_ball": ["could i use a golf ball"],
    "which_tool": ["what ball should i use"],
    "how_often": ["how often should i do this"],
    "no_ball": ["i dont have a ball"],
    "erase": ["delete everything"],
    "told_pain": ["it's just a dull ache", "it is better when i'm walking"],
    "told_day": ["i did some yoga yesterday"],
    "told_diagnosis": ["my doctor said it's sciatica", "the mri shows a bulging disc"],
    "told_missed": ["i forgot to do it"],
    "where_ball": ["where should i put the ball"],
}
NOT_ASKED = ["it hurts", "my back hurts", "ow", "lol", "no sound", "too fast", "i have to go now"]


@pytest.mark.parametrize(
    ("said", "answer"), [(said, id) for id, all_said in ASKED.items() for said in all_said]
)
def test_a_question_finds_its_answer(book: Book, said: str, answer: str) -> None:
    assert found(said, book.faq) == answer


@pytest.mark.parametrize("said", NOT_ASKED)
def test_what_is_no_question_finds_none(book: Book, said: str) -> None:
    assert found(said, book.faq) == ""


def test_what_is_told_of_pain_is_not_thanked_for_within_a_walkthrough(book: Book) -> None:
    assert found("it is a dull ache", book.faq, PLACES[:3]) == ""
    assert found("heat or ice", book.faq, PLACES[:3]) == "heat_cold"


@pytest.mark.parametrize("said", ["can i drive", "do i need a scan", "can i use the ball"])
def test_who_is_to_get_care_now_is_told_nothing_else(book: Book, said: str) -> None:
    assert found(said, book.faq)
    assert found(said, book.faq, PLACES[:1]) == ""
