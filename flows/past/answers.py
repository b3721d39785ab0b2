"""What was asked, and the answers as they were given."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from flows.book import Book
from flows.chat import Chat
from flows.course import SCALE
from flows.past.history import Line

PLAIN = ("yes", "unsure", "decline", "no")  # answers by button, the graver first
NUMBER, TICKED = "number", "ticked"


@dataclass(frozen=True, slots=True)
class Answer:
    """The last answer to a question."""

    id: str  # of a question, or of a condition
    at: int
    given: str  # one of PLAIN, TICKED, or a number from 0 to 10

    @property
    def kind(self) -> str:
        return NUMBER if self.given in SCALE else self.given


def answers(lines: Iterable[Line], chat: Chat, book: Book) -> dict[str, Answer]:
    """The last answer to each question that the book still has."""
    last: dict[str, Answer] = {}
    for at, said in spoken(lines, chat):
        id, _, given = said.partition("=")
        for answer in taken_apart(id, at, given, book):
            last[answer.id] = answer
    return last


def spoken(lines: Iterable[Line], chat: Chat) -> Iterator[tuple[int, str]]:
    """Every answer as it was written down, with when."""
    for at, record in lines:
        if record.what == "answers":
            yield from ((at, said) for said in record.about.split())
        elif record.what == "answered":  # the question of the week
            yield at, f"{record.about}=no"
    yield from ((chat.now, said) for said in chat.answers)


def taken_apart(id: str, at: int, given: str, book: Book) -> Iterator[Answer]:
    """The answers to all that stands on a checklist; or the one to the question *id*."""
    if id in book.checklists:
        ticked = given.split(",")
        for item in book.checklists[id].items:
            yield Answer(item, at, TICKED if item in ticked else "no")
    elif id in book.questions and given in (*PLAIN, *SCALE):
        yield Answer(id, at, given)  # to a condition it is about a clinician: see `chat.agreed`
