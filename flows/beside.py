"""What words tell beside what they are taken for: a cry, boxes of a list, or a number.

"9! and I feel dizzy" is asked about, and is sharp pain, too.
"""

from dataclasses import replace
from functools import lru_cache
from itertools import chain

from flows.book import Book
from flows.chat import Chat, State
from flows.cries import CRIES, cried
from flows.events import CONDITION, Event
from flows.naming import (
    TOLD,
    Buttons,
    names_of_conditions,
    number,
    told_boxes,
    told_condition,
)
from flows.phrases import Phrases, anywhere, made_of, plain
from flows.states import TELLING

TICKING = ("toggle", "suspect")  # events with which boxes are ticked
# What comes first; then it is asked whether the condition is theirs.
BEFORE = ("suspect", "doubt", "rate", "yes", "no", "unsure")


def with_its_cry(chat: Chat, suspect: Event, said: str, book: Book) -> Event:
    """*suspect*, together with the cry in the same words."""
    cry = cried(chat, said, book)
    if cry is None or cry.event not in CRIES:
        return suspect
    return replace(suspect, name=f"suspect_{cry.event}")


def with_the_rest(chat: Chat, meant: Event, said: str, shown: Buttons, book: Book) -> Event:
    """*meant*, together with the conditions that the same words tell of.

    "Eczema, and my blood pressure is high"; where a sign is asked about: "a heart attack"; beside
    an answer: "3, and I take warfarin now".
    """
    question = book.questions.get(meant.value) if meant.name == "suspect" else None
    asked = question.ask if question else ""
    if meant.name in BEFORE and is_about_what_fits(chat, said, book, asked):
        return replace(meant, beside=(*meant.beside, CONDITION))
    if meant.name not in TICKING:
        return meant
    told = (box.value for box in told_boxes(said, shown, chat, book))
    return replace(meant, beside=(*meant.beside, *(id for id in told if id != meant.value)))


def is_nothing_else(chat: Chat, said: str, book: Book) -> bool:
    """Whether a condition is told of, and nothing more: "I take blood thinners now"."""
    words = book.words
    around = words["filler"] + words["choosing"] + words["around_told"]
    return is_about_what_fits(chat, said, book) and bool(
        made_of(plain(said), named_conditions(book), around)
    )


@lru_cache(maxsize=4)  # a book each
def named_conditions(book: Book) -> Phrases:
    """What people call any condition of the list."""
    return tuple(chain.from_iterable(names_of_conditions(book).values()))


def with_its_number(chat: Chat, meant: Event, said: str, shown: Buttons, book: Book) -> Event:
    """*meant*, together with the number that is asked for the day after: "I fell. It's a 4"."""
    if chat.state is not State.CHECK_IN:
        return meant
    parted = anywhere(book.words["joins"]).sub(",", said.lower())  # "6 but I also fell"
    told = number(said, shown, chat, book) or number(parted, shown, chat, book)
    return replace(meant, beside=(*meant.beside, told.value)) if told else meant


def is_about_what_fits(chat: Chat, said: str, book: Book, asked: str = "") -> bool:
    """Whether a condition is told of after the list of them: "forgot to say, I take warfarin"."""
    can_be_told = chat.state in TELLING and chat.page in TOLD
    return can_be_told and chat.screened_at > 0 and told_condition(said, chat, book, asked)
