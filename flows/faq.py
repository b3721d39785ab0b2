"""Questions about the bot and about massage, and their answers, found by how they sound."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Literal, NamedTuple, get_args

import numpy as np
from numpy.typing import NDArray

from flows.guard.learned import counted
from flows.guard.words import split

BITS = 13  # the pieces of a question are counted in 2 to the power of so many places
NEAR = 0.55  # how alike a text must be to a known way to ask: 1 is the same, 0 has nothing of it
SHORT = (1, 2)  # words
# Where an answer may be said: also to who is told to get care now; also while a clinician comes
# first; where the guide is open; only outside a walkthrough, in which pain is asked about.
Where = Literal["always", "locked", "open", "at_rest"]
PLACES: tuple[Where, ...] = get_args(Where)
NEARER = 0.75  # of so few words, which are soon like something: "it hurts", "it hurts to drive"


@dataclass(frozen=True, slots=True)
class Answer:
    """What is said to a question, and the ways in which people ask it."""

    id: str
    ask: tuple[str, ...]
    say: str
    where: Where = "open"


@dataclass(frozen=True, slots=True, eq=False)
class Faq:
    """Known ways to ask, each a row, and the answer that belongs to it."""

    answers: tuple[str, ...] = ()  # by row: the id of the answer
    asks: tuple[str, ...] = ()  # by row: the way to ask
    where: Mapping[str, Where] = field(default_factory=dict)  # by id of the answer


class Known(NamedTuple):
    """The pieces of all known ways to ask, side by side; few of all places occur in one of them."""

    rows: NDArray[np.int64]  # which way to ask a piece is of
    places: NDArray[np.int64]
    values: NDArray[np.float32]  # what it counts for; those of one row have together length 1
    rarity: NDArray[np.float32]  # by place


def faq(answers: Collection[Answer]) -> Faq:
    """What finds one of *answers*."""
    where = {answer.id: answer.where for answer in answers}
    asked = [(answer.id, ask) for answer in answers for ask in answer.ask]
    return Faq(tuple(id for id, _ in asked), tuple(ask for _, ask in asked), where)


@lru_cache(maxsize=4)  # a book each
def known_to(faq: Faq) -> Known:
    """The pieces in *faq*, counted when somebody asks: no start waits for that."""
    counts = [known_as(ask) for ask in faq.asks]
    rows = np.repeat(np.arange(len(faq.asks)), [len(places) for places, _ in counts])
    places = np.concatenate([places for places, _ in counts])
    rarity = np.log((1 + len(faq.asks)) / (1 + np.bincount(places, minlength=1 << BITS))) + 1
    values = np.concatenate([values for _, values in counts]) * rarity[places]
    values /= np.sqrt(np.bincount(rows, values * values))[rows]
    return Known(rows, places, values.astype(np.float32), rarity.astype(np.float32))


@lru_cache(maxsize=2_000)
def known_as(ask: str) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
    """What `counted` says of *ask*, kept: it is of the book, never what somebody typed."""
    return counted(split(ask).words, BITS)


def found(said: str, faq: Faq, where: Sequence[Where] = PLACES) -> str:
    """The id of the answer to *said*; empty if nothing known is near enough.

    Only what may be said in one of *where* is.
    """
    words = split(said).words
    if not (faq.asks and words):
        return ""
    known, asked = known_to(faq), np.zeros(1 << BITS, np.float32)
    places, values = counted(words, BITS)
    asked[places] = values * known.rarity[places]
    alike = np.bincount(known.rows, known.values * asked[known.places])
    likeness = alike / np.sqrt(asked @ asked)
    best = int(likeness.argmax())
    near = NEARER if len(words) in SHORT else NEAR
    answer = faq.answers[best] if likeness[best] >= near else ""
    return answer if faq.where.get(answer) in where else ""
