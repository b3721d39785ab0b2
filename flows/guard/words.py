"""A text as the guard sees it: plain words, and where a sentence or a clause may end."""

import re
import unicodedata
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

Same = Mapping[tuple[str, ...], tuple[str, ...]]  # other ways to write the same words

SENTENCE_GAP = 3  # a sentence end counts as this many words between two symptoms

_APOSTROPHES = str.maketrans(dict.fromkeys("\u2018\u2019\u02bc\u0060\u00b4\u2032", "'"))
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u2060\ufeff]")
STRETCHED = re.compile(r"([^\W\d_])\1{2,}")  # "soooo"
_FRACTION = re.compile(r"(\d)\s*/\s*(\d)")
NUMBER = r"\d+(?:[.,/:]\d+)*"
WORD = r"[^\W\d_]+(?:'[^\W\d_]+)*"
_TOKEN = re.compile(rf"{NUMBER}|{WORD}|&|[.!?;\n]+|[,:()\u2013\u2014]|(?<=\s)-(?=\s)")
_ENDS = frozenset(".!?;\n")


@dataclass(frozen=True, slots=True)
class Words:
    """The words of a text, side by side with what the punctuation said."""

    words: tuple[str, ...]
    sentences: tuple[int, ...]  # which sentence each word is in
    pauses: tuple[bool, ...]  # whether a comma, colon or dash stands before it

    def __len__(self) -> int:
        return len(self.words)

    def breaks(self) -> frozenset[int]:
        """The words before which there is any punctuation."""
        return frozenset(
            at
            for at in range(1, len(self))
            if self.pauses[at] or self.sentences[at] != self.sentences[at - 1]
        )

    def place(self, index: int) -> int:
        """Where a word stands when windows are measured."""
        return index + SENTENCE_GAP * self.sentences[index]


def normal(text: str) -> str:
    """*text* in one plain spelling: small letters, straight apostrophes, no stretched words."""
    if text.isascii():  # all else that is done to the others would leave it as it is
        text = text.replace("`", "'")
    else:
        text = unicodedata.normalize("NFKC", text).translate(_APOSTROPHES)
        text = _INVISIBLE.sub("", text)
    text = STRETCHED.sub(r"\1\1", text.lower())
    return _FRACTION.sub(r"\1/\2", text) if "/" in text else text


def split(text: str) -> Words:
    """The words of *text*, without apostrophes."""
    words: list[str] = []
    sentences: list[int] = []
    pauses: list[bool] = []
    sentence, pause = 0, False
    for piece in _TOKEN.findall(normal(text)):
        if piece == "&" or piece[0].isalnum():
            words.append(piece.replace("'", ""))
            sentences.append(sentence)
            pauses.append(pause)
            pause = False
        elif piece[0] in _ENDS:
            sentence += 1 if words and sentences[-1] == sentence else 0
        else:
            pause = True
    return Words(tuple(words), tuple(sentences), tuple(pauses))


def opening(words: Sequence[str], classes: Mapping[str, frozenset[str]]) -> int:
    """How many words come before what is said: as in `no` and `my dad said`."""
    who, others, reports, answers = (
        classes.get(name, frozenset()) for name in ("self", "others", "reports", "answers")
    )
    at = 0
    while at < len(words):
        quotes = len(words) > at + 2 and words[at] in who and words[at + 1] in others
        if words[at] in answers:
            at += 1
        elif quotes and words[at + 2] in reports:
            at += 3
        else:
            return at
    return 0


def replaced(
    words: Iterable[str], same: Same, apart: Collection[int] = ()
) -> list[tuple[int, str]]:
    """*words* written one way ("can not" is "cant"), each with the place it had before.

    Words before which a pause stands, at the places *apart*, do not belong to the one before.
    """
    old = tuple(words)
    new: list[tuple[int, str]] = []
    at = 0
    while at < len(old):
        piece = old[at : at + 2]
        if piece not in same or at + 1 in apart:
            piece = piece[:1]
        new += [(at, word) for word in same.get(piece, piece)]
        at += len(piece)
    return new


def rewritten(text: Words, words: Iterable[tuple[int, str]]) -> Words:
    """*text* with other words, each of which says from which old place it comes."""
    pairs = list(words)
    firsts = {place: index for index, (place, _) in reversed(list(enumerate(pairs)))}
    return Words(
        tuple(word for _, word in pairs),
        tuple(text.sentences[place] for place, _ in pairs),
        tuple(text.pauses[place] and firsts[place] == i for i, (place, _) in enumerate(pairs)),
    )
