"""Questions about the bot and about massage, and their answers, found by how they sound."""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from flows.guard.learned import counted
from flows.guard.words import split

BITS = 13  # the pieces of a question are counted in 2 to the power of so many places
NEAR = 0.55  # how alike a text must be to a known way to ask: 1 is the same, 0 has nothing of it
SHORT = (1, 2)  # words
NEARER = 0.75  # of so few words, which are soon like something: "it hurts", "it hurts to drive"


@dataclass(frozen=True, slots=True)
class Answer:
    """What is said to a question, and the ways in which people ask it."""

    id: str
    ask: tuple[str, ...]
    say: str


@dataclass(frozen=True, slots=True, eq=False)
class Faq:
    """Known ways to ask, each a row, and the answer that belongs to it."""

    answers: tuple[str, ...] = ()  # by row: the id of the answer
    known: NDArray[np.float32] | None = None  # by row and place; each row of length 1
    rarity: NDArray[np.float32] | None = None  # by place


def faq(answers: Iterable[Answer]) -> Faq:
    """What finds one of *answers*."""
    asked = [(answer.id, ask) for answer in answers for ask in answer.ask]
    if not asked:
        return Faq()
    known = np.zeros((len(asked), 1 << BITS), np.float32)
    for row, (_, ask) in enumerate(asked):
        places, values = counted(split(ask).words, BITS)
        known[row, places] = values
    rarity = np.log((1 + len(asked)) / (1 + (known > 0).sum(axis=0))).astype(np.float32) + 1
    known *= rarity
    known /= np.linalg.norm(known, axis=1, keepdims=True)
    return Faq(tuple(id for id, _ in asked), known, rarity)


def found(said: str, faq: Faq) -> str:
    """The id of the answer to *said*; empty if nothing known is near enough."""
    words = split(said).words
    if faq.known is None or faq.rarity is None or not words:
        return ""
    places, values = counted(words, BITS)
    values = values * faq.rarity[places]
    likeness = faq.known[:, places] @ values / np.sqrt(values @ values)
    best = int(likeness.argmax())
    near = NEARER if len(words) in SHORT else NEAR
    return faq.answers[best] if likeness[best] >= near else ""
