"""Typed words, cut into phrases of the book.

What is typed is compared whole: it means a phrase when nothing is left over but fillers,
so that whatever else it says is never passed over.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import lru_cache

LONGEST = 12  # words; whoever says more than that is telling something, not answering
BETWEEN = re.compile(r"(?<![\d.,])(\d)[.,](\d)(?![\d.,])")  # 6.5, 6,5: the next whole number counts
NOT_WHOLE = re.compile(r"\d[.,]\d|\d ?\+|[<>] ?\d|(?:^|\s)[-\u2013]\d")  # 16.5, 6+, >6, -3
MARK = r"[.,;:!?\n\u2013\u2014]+|\s-\s"  # what parts a sentence
_SIGNS = re.compile(r"[^\w'/]|_")
_PLAIN = re.compile(r"[a-z0-9]+(?: [a-z0-9]+)*")
_DRESSED = re.compile("[\ufe0e\ufe0f\u200b-\u200f\U0001f3fb-\U0001f3ff]")  # a picture: its colour
# What is a mark and no picture: "don`t", "hot/red", "(no)".  A lone bracket is the half of a face.
_MARKED = re.compile(
    r"[^\W_]|[\s.,;:!?\"'\u2018-\u201d\u2026\u00b4`\u2013\u2014\u00a1\u00bf-]"
    r"|(?<=\w)/(?=\w)|\((?=\w)|(?<=[\w.!])\)"
)
_STRETCHED = re.compile(r"([^\W\d])\1{2,}")
Phrases = tuple[str, ...]


def plain(said: str) -> str:
    """*said* in lower case, without marks and pictures, and with "noooo" said shortly."""
    if _PLAIN.fullmatch(said) and not _STRETCHED.search(said):
        return said  # as most phrases of a book are
    kept = unicodedata.normalize("NFKC", said).lower().replace("\u2019", "'")
    letters = _SIGNS.sub(" ", kept).replace("'", "")
    return " ".join(_STRETCHED.sub(r"\1", letters).split())


@lru_cache(maxsize=2_000)
def plain_label(label: str) -> str:
    """The same, kept: of a label of the book, never of what somebody typed."""
    return plain(label)


def sentences(said: str) -> Iterator[str]:
    """*said* sentence by sentence, each made plain."""
    return (plain(sentence) for sentence in re.split(r"[.!?,;\n]+", said))


def is_drawn(said: str, but: Phrases) -> bool:
    """Whether there is a picture in *said*, or a face made of marks, *but* for these."""
    if not _MARKED.sub("", said):
        return False  # as most of what is typed
    bare = _DRESSED.sub("", unicodedata.normalize("NFC", said))
    return bool(_MARKED.sub("", re.sub(any_of(but), " ", bare)))


def made_of(words: str, phrases: Phrases, fillers: Phrases = (), after: Phrases = ()) -> str:
    """The first of *phrases* in *words*, if they are made of such, and of *fillers*, alone.

    What is in *after* may stand among them once one of *phrases* has been said.
    """
    if not any(map(words.__contains__, phrases)) or len(words.split()) > LONGEST:
        return ""
    found = shape(phrases, fillers, after).fullmatch(words)
    return found[1] if found else ""


@lru_cache(maxsize=1_000)
def shape(phrases: Phrases, fillers: Phrases, after: Phrases) -> re.Pattern[str]:
    leads = f"(?:(?:{any_of(fillers)}) )*" if fillers else ""
    return re.compile(f"{leads}({any_of(phrases)})(?: (?:{any_of(phrases + fillers + after)}))*")


def begins(words: str, phrases: Phrases, fillers: Phrases) -> bool:
    """Whether *words* begin with one of *phrases*, fillers left out."""
    return bool(beginning(phrases, fillers).match(words))


def following(words: str, phrases: Phrases, fillers: Phrases) -> str:
    """What stands behind one of *phrases*, with which *words* begin; else nothing."""
    found = beginning(phrases, fillers).match(words)
    return words[found.end() :].strip() if found else ""


def first_part(said: str) -> tuple[str, str]:
    """*said* up to its first mark, and what comes after it, both made plain."""
    first, *rest = re.split(MARK, said.strip(), maxsplit=1)
    return plain(first), plain("".join(rest))


def holds(words: str, phrases: Phrases) -> bool:
    """Whether one of *phrases* stands anywhere in *words*."""
    return bool(anywhere(phrases).search(words))


@lru_cache(maxsize=100)
def anywhere(phrases: Phrases) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{any_of(phrases)})\b")


@lru_cache(maxsize=100)
def beginning(phrases: Phrases, fillers: Phrases) -> re.Pattern[str]:
    return re.compile(rf"(?:(?:{any_of(fillers)}) )*(?:{any_of(phrases)})\b")


def has(said: str, phrases: Phrases, denials: Phrases, harmless: Phrases) -> bool:
    """Whether *said* has one of *phrases* anywhere, not denied and in nothing *harmless*."""
    calm, wanted = within(phrases, denials, harmless)
    return any(wanted.search(calm.sub("", sentence)) for sentence in sentences(said))


@lru_cache(maxsize=100)
def within(
    phrases: Phrases, denials: Phrases, harmless: Phrases
) -> tuple[re.Pattern[str], re.Pattern[str]]:
    wanted = rf"(?:{any_of(phrases)})\b"
    calm = rf"\b(?:(?:{any_of(harmless)})\b|(?:{any_of(denials)}) {wanted})"
    return re.compile(calm), re.compile(rf"\b{wanted}")


def any_of(phrases: Iterable[str]) -> str:
    """The longest first, so that "a bit" does not leave "a bit better" half read."""
    return "|".join(map(re.escape, sorted(phrases, key=lambda phrase: (-len(phrase), phrase))))


def worst_number(said: str, numbers: dict[str, int], around: Phrases, scale: Phrases) -> int | None:
    """The number that *said* is, with no more than *around* about it; of several, the highest.

    "7/10", "about a six", "6 or 7"; "6.5" is 7.  *scale* is what is said of the scale: "out of 10".
    A part of the sentence may be about else, if no number is in it: "9, this is ridiculous", and
    not "five, sometimes nine".
    """
    said = BETWEEN.sub(lambda found: str(int(found[1]) + (found[2] != "0")), said)
    if NOT_WHOLE.search(said) or len(said.split()) > LONGEST:
        return None
    whole = spoken(said, numbers, around, scale)
    if whole:
        return max(whole)
    found: list[int] = []
    for part in re.split(MARK, said):
        here = spoken(part, numbers, around, scale)
        if not here and (any(c.isdigit() for c in part) or holds(plain(part), tuple(numbers))):
            return None
        found += here
    return max(found, default=None)


def spoken(said: str, numbers: dict[str, int], around: Phrases, scale: Phrases) -> list[int]:
    """The numbers that *said* is made of; none if it says anything else."""
    words = plain(said).replace("/", " / ")
    if scale:
        words = " ".join(re.sub(rf"(?:^| )(?:{any_of(scale)})(?= |$)", " ", words).split())
    words = " ".join(words.split())
    if not made_of(words, tuple(numbers), around):
        return []
    return [numbers[name] for name in re.findall(rf"\b(?:{any_of(numbers)})\b", words)]
