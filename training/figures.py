"""How well it reads people of whom it has learned nothing: cross-validated by persona."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from sklearn.model_selection import GroupKFold

from data.corpus import FLAGGED, KINDS, Corpus
from flows.guard import Lexicon, Tier
from flows.guard.learned import Worry, sound
from flows.guard.read import LIKELIEST, judged
from flows.guard.words import split
from training.fingerprint import fingerprint
from training.fit import Array, fitted, pieces, scores
from training.score import GROUPS

FOLDS = 8  # of personas: nobody is both learned from and read
LET_THROUGH = 0.12  # of ordinary chat is checked or asked about; the ceilings are 0.12 and 0.05
SURE = 0.025  # of ordinary chat may come to a question, if a hint stands in it; the ceiling is 0.05

_HEARD = frozenset({Tier.ALERT, Tier.ASK, Tier.CHECK})
WHOLE = {  # by name: a group, and the tiers that count
    "caught": ("all flags", _HEARD),
    "cauda_equina_caught": ("cauda equina", _HEARD),
    "alert_or_ask": ("all flags", frozenset({Tier.ALERT, Tier.ASK})),
    "chat_alert": ("ordinary chat", frozenset({Tier.ALERT})),
    "chat_ask": ("ordinary chat", frozenset({Tier.ASK})),
    "chat_check": ("ordinary chat", frozenset({Tier.CHECK})),
    "lookalike_alert": ("no flag, other", frozenset({Tier.ALERT})),
}


@dataclass(frozen=True, slots=True)
class Figures:
    """The share of each group of messages whose score is above the threshold."""

    threshold: float
    sure: float
    shares: Sequence[tuple[str, int, float]]  # the group, its messages, the share
    likeliest: Sequence[tuple[str, int, float]]  # how often the right flag is among the likeliest
    whole: Sequence[tuple[str, int, float]]  # what the rules and the learned reader do together


def cross_validated(corpus: Corpus) -> Array:
    """The scores of all messages, each by a reader that knows nothing of its writer."""
    counts = pieces(corpus.messages)
    writers = [message.persona for message in corpus.messages]
    flags = tuple(corpus.questions)
    found = np.zeros((len(writers), 1 + len(corpus.questions)))
    for known, new in GroupKFold(FOLDS).split(counts, groups=writers):
        learned = fitted([corpus.messages[i] for i in known], counts[known], flags)
        found[new] = scores(counts[new], learned)
    return found


def figures(corpus: Corpus, lexicon: Lexicon) -> Figures:
    """How well *corpus* teaches, and what comes of it together with the rules of *lexicon*."""
    found = cross_validated(corpus)
    chat = [i for i, message in enumerate(corpus.messages) if message.kind == "chat"]
    threshold, sure = np.quantile(found[chat, 0], [1 - LET_THROUGH, 1 - SURE])
    above = found[:, 0] > threshold
    shares = [
        (name, len(rows), float(above[rows].mean())) for name, rows in _groups(corpus) if rows
    ]
    worries = [Worry(flag, questions) for flag, questions in corpus.questions.items()]
    tiers = [
        judged(split(message.text), lexicon, sound(row, worries, threshold, sure)).tier
        for message, row in zip(corpus.messages, found.astype(np.float32), strict=True)
    ]
    return Figures(
        float(threshold),
        float(sure),
        shares,
        list(_likeliest(corpus, found)),
        list(_whole(corpus, tiers)),
    )


def _whole(corpus: Corpus, tiers: Sequence[Tier]) -> Iterator[tuple[str, int, float]]:
    """How much of each group comes to a tier, or to one of several."""
    told = list(zip(corpus.messages, tiers, strict=True))
    for name, (group, wanted) in WHOLE.items():
        found = [tier in wanted for message, tier in told if GROUPS[group](message)]
        yield name, len(found), sum(found) / len(found)


def _groups(corpus: Corpus) -> Iterator[tuple[str, list[int]]]:
    messages = corpus.messages
    yield "flagged", [i for i, message in enumerate(messages) if message.kind in FLAGGED]
    for kind in KINDS:
        yield kind, [i for i, message in enumerate(messages) if message.kind == kind]
    for flag in corpus.questions:
        yield flag, [i for i, message in enumerate(messages) if flag in message.flags]


def _likeliest(corpus: Corpus, found: Array) -> Iterator[tuple[str, int, float]]:
    likeliest = np.argsort(-found[:, 1:], axis=1)[:, :LIKELIEST]
    for number, flag in enumerate(corpus.questions):
        rows = [i for i, message in enumerate(corpus.messages) if flag in message.flags]
        yield flag, len(rows), float((likeliest[rows] == number).any(axis=1).mean())


def written(figures: Figures, corpus: Corpus) -> str:
    """*figures* as the file beside the weights."""
    lines = [
        "# How well the learned reader reads people of whom it has learned nothing.  Written by",
        f"# `make guard-train`: {FOLDS} folds by persona; the threshold lets {LET_THROUGH:.1%} of",
        "# ordinary chat through to a check.  `whole` is the rules and the reader together: the",
        "# rules know these messages, the reader does not.",
        "",
        f'corpus = "{fingerprint(corpus)}"',
        f"messages = {len(corpus.messages)}",
        f"personas = {len(corpus.personas)}",
        f"threshold = {figures.threshold:.4f}",
        f"sure = {figures.sure:.4f}",
    ]
    for name, table in (
        ("checked", figures.shares),
        (f"among_the_{LIKELIEST}_likeliest", figures.likeliest),
        ("whole", figures.whole),
    ):
        lines += ["", f"[{name}]  # share, of so many messages"]
        lines += [f"{group} = {share:.3f}  # {count}" for group, count, share in table]
    return "\n".join(lines) + "\n"
