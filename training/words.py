"""`make guard-words`: the common words of a language, which are never mended.

From three places, all of them traceable: what at least two people of the corpus use, so that a
slip of one is not in it; what the bot itself says; and, of the commonest words of English, those
that would else be mended to a word of the lexicon ("police" to "policy").  The commonest words
are those of `symspellpy`: docs/decisions/0023-common-words.md.
"""

import tomllib
from collections.abc import Iterable, Iterator
from importlib.resources import files
from pathlib import Path

from data.corpus import read_corpus
from data.lexicon import WORDS
from data.library import CONTENT, DEFAULT
from flows.guard import compile_lexicon
from flows.guard.spelling import mend
from flows.guard.words import split

WRITERS, WRITERS_OF_SLANG = 2, 3  # of the corpus who must have used a word; and one not listed
COMMONEST = 45_000  # words of English that are looked through
_LIST = "frequency_dictionary_en_82_765.txt"  # a word and how often it occurs, the commonest first
_SPOKEN = ("faq.toml", "learn.toml", "screening.toml", "conditions.toml", "texts.toml")
_MARKS = ("id", "source", "reviewed_by", "reviewed_on", "picture")  # keys of what is never said


def common(folder: Path) -> list[str]:
    """The common words of the language in *folder*, English."""
    listed = english()
    own = {*_used(folder, frozenset(listed)), *_spoken(folder)}
    raw = tomllib.loads((folder / "lexicon.toml").read_text(encoding="utf-8"))
    raw["spelling"]["common"] = sorted(own)
    speller = compile_lexicon(raw).spelling
    mistaken = {word for word in listed[:COMMONEST] if mend(word, speller) != (word,)}
    return sorted(own | mistaken)


def english() -> list[str]:
    """The words of English, the commonest first."""
    text = files("symspellpy").joinpath(_LIST).read_text(encoding="utf-8-sig")
    words = (line.split()[0] for line in text.splitlines())
    return [word for word in words if word.isalpha() and word == word.lower()]


def _used(folder: Path, listed: frozenset[str]) -> Iterator[str]:
    """What people of the corpus use; "hurtin" is no word of its own beside "hurting"."""
    writers: dict[str, set[str]] = {}
    for message in read_corpus(folder / "corpus").messages:
        for word in split(message.text).words:
            writers.setdefault(word, set()).add(message.persona)
    for word, who in writers.items():
        short = word.endswith("in") and f"{word}g" in writers and word not in listed
        needed = WRITERS if word in listed else WRITERS_OF_SLANG
        if word.isalpha() and len(who) >= needed and not short:
            yield word


def _spoken(folder: Path) -> Iterator[str]:
    for path in (*(folder / name for name in _SPOKEN), *folder.glob("techniques/*.toml")):
        for said in _strings(tomllib.loads(path.read_text(encoding="utf-8"))):
            yield from (word for word in split(said).words if word.isalpha())


def _strings(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for key, item in value.items():
            yield from () if key in _MARKS else _strings(item)
    elif isinstance(value, Iterable):
        for item in value:
            yield from _strings(item)


if __name__ == "__main__":
    text = "\n".join(common(CONTENT / DEFAULT)) + "\n"
    (CONTENT / DEFAULT / WORDS).write_text(text, encoding="utf-8")
