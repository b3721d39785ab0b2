"""LAYER 2: a reader that has learned from the corpus.  It can only raise a CHECK.

It knows no rules.  It counts the pieces of the words of a text, two to six letters long, and
its words and pairs of words; each piece has learned a weight.  How they are learned: `training/`.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

SHORTEST, LONGEST = 2, 6  # letters in a piece
MOST = 60  # words of a text that are read at once, as in the corpus; a longer one is read in parts
PART = 30  # words of a part: so few that ten of them are not drowned by the others
_STEP, _SPREAD = np.uint64(1_000_003), np.uint64(0x9E3779B97F4A7C15)  # odd: no piece is lost
_WIDTH = 64

Places = NDArray[np.int64]
Weights = NDArray[np.int8]


@dataclass(frozen=True, slots=True)
class Worry:
    """A flag that the learned reader tells apart."""

    flag: str
    questions: tuple[str, ...]  # the screening questions that it stands for
    topic: str = ""  # flags that are one worry to a person share it
    every_time: bool = False  # checked each time, not once in a while


@dataclass(frozen=True, slots=True, eq=False)
class Learned:
    """What has been learned: one row of weights for "may be a flag", then one for each flag."""

    bits: int  # pieces are counted in 2 to the power of so many places
    rarity: NDArray[np.float32]  # by place: how much a piece counts that stands there
    weights: Weights  # by row and place
    scales: NDArray[np.float32]  # by row: what one unit of weight is worth
    biases: NDArray[np.float32]  # by row
    worries: tuple[Worry, ...]
    threshold: float  # a score above it is worth a check
    sure: float  # with one above this, a hint of the same flag is worth a question


@dataclass(frozen=True, slots=True)
class Sound:
    """What a text sounds like to the learned reader."""

    check: bool  # whether it is worth a check
    sure: bool  # whether a hint of the same flag is worth a question
    score: float
    worries: tuple[Worry, ...]  # the likeliest first


SILENCE = Sound(check=False, sure=False, score=0.0, worries=())


def weigh(words: Sequence[str], learned: Learned) -> Sound:
    """How much *words* sound like a red flag, and of which.  The worst part of them counts."""
    if len(words) <= MOST:
        return _weigh(words, learned)
    starts = range(0, len(words) - PART // 2, PART // 2)  # each half stands in two parts
    return max((_weigh(words[i : i + PART], learned) for i in starts), key=lambda s: s.score)


def _weigh(words: Sequence[str], learned: Learned) -> Sound:
    places, values = counted(words, learned.bits)
    values = values * learned.rarity[places]
    size = float(np.sqrt(values @ values)) or 1.0
    scores = (learned.weights[:, places] @ values) / size * learned.scales + learned.biases
    return sound(scores, learned.worries, learned.threshold, learned.sure)


def sound(
    scores: NDArray[np.float32], worries: Sequence[Worry], threshold: float, sure: float
) -> Sound:
    """What a text sounds like that has *scores*: of "may be a flag", then of each of *worries*."""
    order = np.argsort(-scores[1:], kind="stable")
    score = float(scores[0])
    return Sound(score > threshold, score > sure, score, tuple(worries[i] for i in order))


def counted(words: Sequence[str], bits: int) -> tuple[Places, NDArray[np.float32]]:
    """The places of the pieces of *words*, and for each 1 plus the log of how often it occurs."""
    places, often = np.unique(np.concatenate(_hashed(words, bits)), return_counts=True)
    return places.astype(np.int64), (1 + np.log(often)).astype(np.float32)


def _hashed(words: Sequence[str], bits: int) -> Sequence[NDArray[np.uint64]]:
    letters = np.frombuffer(f" {' '.join(words)} ".encode("utf-32-le"), np.uint32)
    found, piece = [], letters.astype(np.uint64)
    for size in range(2, min(LONGEST, len(letters)) + 1):
        piece = piece[:-1] * _STEP + letters[size - 1 :]
        if size >= SHORTEST:
            found.append(piece + np.uint64(size))
    pairs = (f"b{a} {b}" for a, b in pairwise(words))
    named = [*(f"w{word}" for word in words), *pairs]
    found.append(np.array([crc32(name.encode()) for name in named], np.uint64))
    return [piece * _SPREAD >> np.uint64(_WIDTH - bits) for piece in found]
