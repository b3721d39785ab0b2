"""Mending of misspelled words.  A word that is known is never touched."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from rapidfuzz import process
from rapidfuzz.distance import OSA

_SHORTEST = 3  # a shorter word may be a typo of too many others
_LONG = 8  # from this many letters on, two slips may be mended
_HALF = 3  # the shortest half of two words that were run together, and the shortest plain word


@dataclass(frozen=True, slots=True)
class Speller:
    """The words of a language, and those worth being mended to."""

    known: frozenset[str]
    wanted: frozenset[str]  # the words of the lexicon
    endings: tuple[tuple[str, str], ...]  # an ending, and what stands there in the plain word
    near: Mapping[str, Sequence[str]]  # by first letter; the words used most in the lexicon first


def speller(
    used: Iterable[str], common: Iterable[str], endings: Iterable[tuple[str, str]]
) -> Speller:
    """A speller that mends to the words that are *used*, each as often as it is."""
    counts = Counter(used)
    words = [word for word, _ in sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))]
    words += sorted(frozenset(common) - counts.keys())
    near: dict[str, list[str]] = {}
    for word in words:
        if len(word) > _SHORTEST:
            near.setdefault(word[0], []).append(word)
    return Speller(frozenset(words), frozenset(counts), tuple(endings), near)


def mend(word: str, speller: Speller) -> tuple[str, ...]:
    """What *word* most likely is: itself, a word of the lexicon, or two of them run together."""
    if len(word) < _SHORTEST or not word.isalpha() or is_known(word, speller):
        return (word,)
    swapped = word[1] + word[0]  # the first two letters may have changed places
    near = [*speller.near.get(word[0], ())]
    near += [other for other in speller.near.get(word[1], ()) if other.startswith(swapped)]
    slips = 1 if len(word) < _LONG else 2
    best = process.extractOne(word, near, scorer=OSA.distance, score_cutoff=slips)
    if best:
        return (best[0],) if best[0] in speller.wanted else (word,)
    return _parted(word, speller)


def mended(words: str, speller: Speller) -> str:
    """*words*, each mended by itself."""
    return " ".join(part for word in words.split() for part in mend(word, speller))


def _parted(word: str, speller: Speller) -> tuple[str, ...]:
    for cut in range(_HALF, len(word) - _HALF + 1):
        if word[:cut] in speller.wanted and word[cut:] in speller.wanted:
            return (word[:cut], word[cut:])
    return (word,)


def is_known(word: str, speller: Speller) -> bool:
    """Whether *word* is in the list, as it is or with a common ending."""
    stems = (
        word.removesuffix(ending) + plain
        for ending, plain in speller.endings
        if word.endswith(ending) and len(word) - len(ending) >= _HALF
    )
    return word in speller.known or any(stem in speller.known for stem in stems)
