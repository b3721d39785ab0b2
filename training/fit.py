"""Fitting: from messages to weights, with scikit-learn.

1. A message is counted in pieces, as `flows.guard.learned` counts them.
2. Pieces that occur once teach nothing and are left out; rare ones count more, and so do those
   that messages with a flag and others do not use alike.
3. One row of weights says "may be a flag", learned from all; one for each flag, learned from
   the flagged ones.  Ordinary chat counts in full, what only looks like a flag in part: a
   question too many about a denial costs less than a flag that is missed.
4. Weights are rounded to whole numbers from -127 to 127.
"""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression
from sklearn.preprocessing import normalize

from data.corpus import CAUDA_EQUINA, Corpus, Message
from flows.guard.learned import Learned, Worry, counted
from flows.guard.words import split

BITS = 17
FEWEST = 2  # messages in which a piece must occur
HARDNESS = 8.0  # how closely the weights follow the messages; found by cross-validation
TELLING = 0.5  # how much of a piece's weight lies in how telling it is; by cross-validation, too
LOOKALIKE_WEIGHT = 0.3  # of a denial, a lookalike or a story beside ordinary chat
WEIGHTS = {  # of a flag beside others: those that must least be missed
    "suicide": 2.0,  # it is told in the words of any day, as "tired", "sleep", "letters"
    **dict.fromkeys(CAUDA_EQUINA, 2.0),
}
_TOP = 127

Array = NDArray[np.float64]


def pieces(messages: Sequence[Message]) -> csr_matrix:
    """How much each piece counts in each message, a row for each."""
    rows = [counted(split(message.text).words, BITS) for message in messages]
    ends = np.cumsum([0] + [len(places) for places, _ in rows])
    places = np.concatenate([places for places, _ in rows])
    values = np.concatenate([values for _, values in rows])
    return csr_matrix((values, places, ends), shape=(len(rows), 1 << BITS))


def learn(corpus: Corpus, threshold: float, sure: float) -> Learned:
    """All that *corpus* teaches, with the bounds above which it speaks."""
    learned = fitted(corpus.messages, pieces(corpus.messages), tuple(corpus.questions))
    return replace(learned, threshold=threshold, sure=sure)


def fitted(messages: Sequence[Message], counts: csr_matrix, flags: Sequence[str]) -> Learned:
    """What *messages*, counted in *counts*, teach about *flags*."""
    often = np.bincount(counts.indices, minlength=1 << BITS)
    rarity = np.log((1 + len(messages)) / (1 + often)) + 1
    flagged = np.array([bool(message.flags) for message in messages])
    rarity *= 1 - TELLING + TELLING * _telling(counts, flagged, often >= FEWEST)
    rarity[often < FEWEST] = 0
    rarity = rarity.astype(np.float16).astype(np.float32)
    known = normalize(counts.multiply(rarity[None, :]).tocsr())
    weight = np.array([_weight(message) for message in messages])
    rows = [_fit(known, flagged, weight)]
    for flag in flags:
        told = np.array([flag in message.flags for message in messages])[flagged]
        rows.append(_fit(known[flagged], told, None))
    scales = np.array([np.abs(row).max() / _TOP for row, _ in rows])
    weights = np.array([np.rint(row / scale) for (row, _), scale in zip(rows, scales, strict=True)])
    return Learned(
        bits=BITS,
        rarity=rarity,
        weights=weights.astype(np.int8),
        scales=scales.astype(np.float32),
        biases=np.array([bias for _, bias in rows], np.float32),
        worries=tuple(Worry(flag, ()) for flag in flags),
        threshold=0.0,
        sure=0.0,
    )


def _telling(counts: csr_matrix, flagged: NDArray[np.bool_], known: NDArray[np.bool_]) -> Array:
    """How differently *flagged* messages and others use each piece; 1 is the mean of the *known*.

    The log-count ratio of naive Bayes, without its sign.  Wang and Manning, Baselines and Bigrams
    (ACL 2012), found that it helps a linear reader of short texts.
    """
    shares = []
    for rows in (flagged, ~flagged):
        often = 1.0 + np.bincount(counts[rows].indices, minlength=counts.shape[1])
        shares.append(often / often.sum())
    ratio = np.abs(np.log(shares[0] / shares[1]))
    return np.asarray(ratio / ratio[known].mean())


def _weight(message: Message) -> float:
    if message.flags:
        return max(WEIGHTS.get(flag, 1.0) for flag in message.flags)
    return 1.0 if message.kind == "chat" else LOOKALIKE_WEIGHT


def _fit(known: csr_matrix, told: NDArray[np.bool_], weight: Array | None) -> tuple[Array, float]:
    model = LogisticRegression(
        C=HARDNESS,
        solver="liblinear",
        dual=True,
        tol=1e-3,
        random_state=0,
        class_weight=None if weight is not None else "balanced",
    )
    model.fit(known, told, sample_weight=weight)
    return model.coef_[0], float(model.intercept_[0])


def scores(counts: csr_matrix, learned: Learned) -> Array:
    """The score of every row of *counts*, for each row of weights, as `weigh` gives it."""
    known = normalize(counts.multiply(learned.rarity[None, :]).tocsr())
    scored = known @ (learned.weights * learned.scales[:, None]).T + learned.biases
    return np.asarray(scored)
