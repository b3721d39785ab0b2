"""What typed words come to at each question: only a plain "no" is a no."""

import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from flows import Chat, Event, State
from flows.book import AGE, SEVERE, Book
from flows.chat import Course
from flows.phrases import made_of, plain
from flows.typed import understood

FOLDER = Path(__file__).parent
# What was written by two who had seen nothing but the questions, the second asked for traps: the
# question, what is meant, the words.
ANSWERS = [line.split("\t") for line in (FOLDER / "answers.tsv").read_text("utf-8").splitlines()]
TABLE = tomllib.loads((FOLDER / "typed.toml").read_text(encoding="utf-8"))
Said = tuple[str, str]  # the question, "every" for each one; and the words


def said(meaning: str) -> list[Said]:
    return [(id, words) for id, all_words in TABLE[meaning].items() for words in all_words]


def asked(id: str, book: Book) -> Chat:
    """A chat in which *id* is being asked."""
    if id == AGE:
        return Chat(state=State.AGE, turn=1)
    chat = Chat(state=State.SCREENING, edition=book.edition, turn=1)
    if id in book.gate:
        return chat.but(state=State.GATE, course=Course.GATE, at=book.gate.index(id))
    if id in book.screening:
        return chat.but(at=book.screening.index(id))
    return chat.but(follow_ups=(id,))


def answer(id: str, words: str, book: Book) -> str:
    """What *words* are heard as."""
    event, notice, _ = understood(asked(id, book), Event("text", words, at=1), book)
    assert event.name != "no" or event.value == id, "else it answers nothing"
    return event.name if event.name not in ("unknown", "told") else f"again: {notice}"


def each(id: str, book: Book) -> Iterator[str]:
    """The questions that *id* stands for."""
    yes_or_no = (q.id for q in book.questions.values() if q.id != AGE and not q.severe)
    asked_alone = (*book.screening, *book.gate, "E09b", "E11", "E12b", "U01b", "U05b", "U07b")
    yield from (q for q in yes_or_no if q in asked_alone) if id == "every" else (id,)


@pytest.mark.parametrize(("id", "words"), said("yes"))
def test_yes(book: Book, id: str, words: str) -> None:
    assert {answer(q, words, book) for q in each(id, book)} == {"yes"}


@pytest.mark.parametrize(("id", "words"), said("unsure"))
def test_not_sure(book: Book, id: str, words: str) -> None:
    assert {answer(q, words, book) for q in each(id, book)} == {"unsure"}


@pytest.mark.parametrize(("id", "words"), said("no"))
def test_no(book: Book, id: str, words: str) -> None:
    unclear = {q for q in each(id, book) if made_unclear(q, words, book)}
    assert {answer(q, words, book) for q in each(id, book) if q not in unclear} == {"no"}


def made_unclear(id: str, words: str, book: Book) -> bool:
    unclear = book.words.get(f"unclear.{id}", ())
    return bool(made_of(plain(words), unclear, book.words["filler"]))


@pytest.mark.parametrize(("id", "words"), said("asked_again"))
def test_what_is_unclear_is_asked_again_and_is_never_a_no(book: Book, id: str, words: str) -> None:
    heard = {answer(q, words, book) for q in each(id, book)}
    assert "no" not in heard
    assert heard <= {"again: tap_answer", "yes", "suspect", "doubt"}, "a flag may be heard in it"
    assert "again: tap_answer" in heard


@pytest.mark.parametrize(("id", "words"), said("never_a_no"))
def test_what_only_sounds_like_a_no_is_none(book: Book, id: str, words: str) -> None:
    assert answer(id, words, book) != "no"


@pytest.mark.parametrize("words", ["no 🤷", "none 😭", "no, i can pee"])
def test_what_takes_a_no_back_does_so_on_every_page(book: Book, words: str) -> None:
    told = asked("E08", book).but(pages=("suspicion",), suspected="E05")
    listed = asked("E08", book).but(at=book.screening.index("risks"))
    for chat in (told, listed):
        event, _, _ = understood(chat, Event("text", words, at=1), book)
        assert event.name in ("unknown", "told", "suspect")


@pytest.mark.parametrize(("number", "words"), said("number"))
def test_a_number(book: Book, number: str, words: str) -> None:
    event, notice, _ = understood(asked(SEVERE, book), Event("text", words, at=1), book)
    assert (event.value or notice) == ("tap_number" if number == "again" else number)


@pytest.mark.parametrize(("meaning", "words"), said("age"))
def test_an_age(book: Book, meaning: str, words: str) -> None:
    assert answer(AGE, words, book).partition(":")[0] == meaning


def test_no_yes_and_no_doubt_of_a_stranger_is_heard_as_a_no(book: Book) -> None:
    doubtful = [(id, words) for id, meaning, words in ANSWERS if meaning in {"yes", "unsure"}]
    assert len(doubtful) > 450
    assert [row for row in doubtful if row[0] != AGE and answer(*row, book) == "no"] == []


def test_no_stranger_s_number_is_heard_as_less(book: Book) -> None:
    rows = [(id, int(meant), words) for id, meant, words in ANSWERS if meant.isdecimal()]
    heard = {
        row: understood(asked(row[0], book), Event("text", row[2], at=1), book) for row in rows
    }
    numbers = {row: meant.event.value for row, meant in heard.items() if meant.event.name == "rate"}
    assert all(int(number) >= row[1] for row, number in numbers.items())
    assert len(numbers) >= 0.9 * len(rows)


def test_a_stranger_s_no_is_heard_or_asked_again_and_seldom_taken_for_a_sign(book: Book) -> None:
    heard = [answer(id, words, book) for id, meaning, words in ANSWERS if meaning == "no"]
    assert heard.count("no") >= 0.25 * len(heard)
    assert heard.count("yes") + heard.count("flag") <= 0.03 * len(heard)
