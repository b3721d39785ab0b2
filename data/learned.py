"""Reading and writing what the learned reader has learned."""

from dataclasses import replace
from pathlib import Path
from zipfile import BadZipFile

import numpy as np

from data.corpus import read_topics
from data.errors import BadContent
from data.lexicon import read_lexicon
from flows.guard import Lexicon
from flows.guard.learned import Learned, Worry

WEIGHTS = "learned.npz"
_ARRAYS = ("rarity", "weights", "scales", "biases", "flags", "threshold", "sure")


def read_guard(folder: Path) -> Lexicon:
    """All that is listened with in the language in *folder*: its rules, and what it has learned."""
    return replace(read_lexicon(folder / "lexicon.toml"), learned=read_learned(folder))


def read_learned(folder: Path) -> Learned | None:
    """What was learned from the corpus in *folder*, a language; nothing if it has none."""
    path = folder / WEIGHTS
    if not path.exists():
        return None
    topics, questions = read_topics(folder / "corpus/topics.toml")
    worries = {
        flag: Worry(flag, questions[flag], topic.id, topic.every_time)
        for topic in topics
        for flag in topic.flags
    }
    try:
        with np.load(path, allow_pickle=False) as kept:
            arrays = {name: kept[name] for name in _ARRAYS}
    except (OSError, ValueError, KeyError, BadZipFile) as error:
        raise BadContent(f"{path}: cannot be read: {error}") from error
    weights, names = arrays["weights"], [str(name) for name in arrays["flags"]]
    bits = int(weights.shape[1]).bit_length() - 1
    rows = 1 + len(names)
    if weights.shape != (rows, 1 << bits) or set(names) != set(worries):
        raise BadContent(f"{path}: its parts do not fit together")
    return Learned(
        bits=bits,
        rarity=arrays["rarity"].astype(np.float32),
        weights=weights,
        scales=arrays["scales"].astype(np.float32),
        biases=arrays["biases"].astype(np.float32),
        worries=tuple(worries[name] for name in names),
        threshold=float(arrays["threshold"]),
        sure=float(arrays["sure"]),
    )


def write_learned(learned: Learned, folder: Path) -> None:
    """Keep what was learned, in the smallest form that loses nothing."""
    np.savez_compressed(
        folder / WEIGHTS,
        rarity=learned.rarity.astype(np.float16),
        weights=learned.weights,
        scales=learned.scales,
        biases=learned.biases,
        flags=np.array([worry.flag for worry in learned.worries]),
        threshold=np.float32(learned.threshold),
        sure=np.float32(learned.sure),
    )
