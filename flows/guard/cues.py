"""How far the cues of a text reach: what is denied, supposed, about somebody else, or past.

1. A denial reaches to the right, to the next turn ("but", "now", "and i"), the next denial or
   the next clause with a subject of its own.
2. It is firm only over words that hang on it directly or by "or"; elsewhere it leaves a doubt.
3. A supposition reaches to the end of its sentence or the next turn.
4. Who is spoken about is the nearest person to the left in the same clause.
"""

from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from flows.guard.lexicon import Lexicon
from flows.guard.terms import Span, find
from flows.guard.words import Words

DENIALS = ("no", "not", "modal")
SUPPOSITIONS = ("unsure", "if_self", "asking", "if", "if_present")  # a later one wins


@dataclass(frozen=True, slots=True)
class Scope:
    """A cue, the words that it reaches, and those of them that it reaches for certain."""

    cue: Span
    end: int  # the last word reached
    firm: frozenset[int] = frozenset()  # of a denial
    comma: int = 0  # of a supposition: from this word on it is less certain


@dataclass(frozen=True, slots=True)
class Cues:
    """What the cues of one text say about each of its words."""

    text: Words
    classes: Mapping[str, frozenset[str]]
    spans: Mapping[str, Sequence[Span]]  # the cues, by kind
    denials: Mapping[int, Sequence[Scope]]  # by word
    suppositions: Mapping[int, Scope]  # by word
    others: Mapping[int, int]  # by word: where the other person is named
    segments: Sequence[int]  # by word: between which turns it stands
    symptoms: frozenset[int]  # words of any concept

    def phrase(self, span: Span) -> str:
        return " ".join(self.text.words[token] for token in span.tokens)


def read_cues(text: Words, lexicon: Lexicon, symptoms: frozenset[int]) -> Cues:
    """All cues of *text*; *symptoms* are the words that belong to some concept."""
    spans: dict[str, list[Span]] = {}
    for span in _unspoiled(find(lexicon.cues, text)):
        spans.setdefault(span.label, []).append(span)
    line = _Line(text, lexicon.classes, spans, symptoms)
    return Cues(
        text, lexicon.classes, spans, _denials(line), _suppositions(line), _others(line),
        _segments(line), symptoms,
    )  # fmt: skip


def _unspoiled(spans: Sequence[Span]) -> Iterator[Span]:
    """The cues without those that are part of a phrase that only looks like one ("not only")."""
    spoiled = {token for span in spans if span.label == "pseudo" for token in span.tokens}
    for span in spans:
        if span.label not in DENIALS or spoiled.isdisjoint(span.tokens):
            yield span


class _Line:
    """The text with what every scope needs to know about its words."""

    def __init__(
        self,
        text: Words,
        classes: Mapping[str, frozenset[str]],
        spans: Mapping[str, Sequence[Span]],
        symptoms: frozenset[int],
    ) -> None:
        self.text, self.classes, self.spans, self.symptoms = text, classes, spans, symptoms
        self.turns = {span.start for span in spans.get("turn", ())}
        self.stops = self.turns | {span.start for span in spans.get("stop", ())}
        self.denials = sorted(
            (span for kind in DENIALS for span in spans.get(kind, ()) if not self._answers(span)),
            key=lambda span: (span.start, -len(span.tokens)),
        )
        self.denied = {span.start for span in self.denials}

    def is_a(self, index: int, name: str) -> bool:
        return 0 <= index < len(self.text) and self.text.words[index] in self.classes.get(name, ())

    def same_sentence(self, a: int, b: int) -> bool:
        return b < len(self.text) and self.text.sentences[a] == self.text.sentences[b]

    def begins_clause(self, at: int) -> bool:
        """Whether a subject with its verb begins here, and does not hang on the word before."""
        if not self.is_a(at, "subjects") or self.is_a(at - 1, "joins"):
            return False
        return any(self.is_a(i, "verbs") for i in range(at, at + 4) if self.same_sentence(at, i))

    def turns_to_tell(self, at: int) -> bool:
        """Whether a question ends here and what is so begins: "what is this, i cant pee"."""
        if self.text.pauses[at]:
            return self.has_verb(at)
        return self.is_a(at, "self") and self.begins_clause(at)

    def has_verb(self, at: int) -> bool:
        """Whether what follows a comma is a clause and not one more item of a list."""
        return any(self.is_a(i, "verbs") for i in range(at, self.clause_end(at)))

    def clause_end(self, at: int) -> int:
        """The first word after *at* that a comma, a turn or a sentence end cuts off."""
        i = at + 1
        while self.same_sentence(at, i) and not self.text.pauses[i] and i not in self.stops:
            i += 1
        return i

    def _answers(self, span: Span) -> bool:
        """Whether a "no" answers a question, and denies nothing that follows it."""
        start, after = span.start, span.end + 1
        first = start == 0 or not self.same_sentence(start - 1, start)
        if not (first and self.is_a(start, "answers") and len(span.tokens) == 1):
            return False
        if not self.same_sentence(start, after):
            return True
        return (
            self.text.pauses[after]
            or self.is_a(after, "subjects")
            or self.is_a(after, "answers")
            or any(s.start == after for kind in DENIALS for s in self.spans.get(kind, ()))
        )


def _denials(line: _Line) -> Mapping[int, Sequence[Scope]]:
    at: dict[int, list[Scope]] = {}
    for cue in line.denials:
        end = _denial_end(line, cue)
        scope = Scope(cue, end, _firm(line, cue, end))
        for token in range(cue.end + 1, end + 1):
            at.setdefault(token, []).append(scope)
    return at


def _denial_end(line: _Line, cue: Span) -> int:
    """The last word that *cue* may deny."""
    at = cue.end + 1
    while line.same_sentence(cue.start, at):
        fresh = at > cue.end + 1
        if at in line.stops or (fresh and (at in line.denied or line.begins_clause(at))):
            break
        if line.text.pauses[at] and line.has_verb(at):
            break
        at += 1
    return at - 1


def _firm(line: _Line, cue: Span, end: int) -> frozenset[int]:
    """The words that *cue* denies for certain: what hangs on it directly, or by "or"."""
    firm: list[int] = []
    holds, item = True, False
    for at in range(cue.end + 1, end + 1):
        if line.is_a(at, "or"):
            holds, item = True, False
        elif line.text.pauses[at]:
            holds, item = _closed_by_or(line, at, end), False
        elif at in line.symptoms and item:
            holds = False
        elif not line.is_a(at, "carriers"):
            item = at in line.symptoms
            holds = holds and item
        if holds:
            firm.append(at)
    return frozenset(firm)


def _closed_by_or(line: _Line, at: int, end: int) -> bool:
    return any(line.is_a(i, "or") for i in range(at, end + 1))


def _suppositions(line: _Line) -> Mapping[int, Scope]:
    segments = _segments(line)
    pauses = [at for at in range(len(line.text)) if line.text.pauses[at]]
    reached: dict[int, Scope] = {}
    for kind in SUPPOSITIONS:
        for cue in line.spans.get(kind, ()):
            end = bisect_right(segments, segments[cue.end]) - 1
            if kind == "asking":
                end = next(
                    (at - 1 for at in range(cue.end + 1, end + 1) if line.turns_to_tell(at)), end
                )
            later = bisect_right(pauses, cue.end)
            comma = pauses[later] if later < len(pauses) else len(line.text)
            reached |= dict.fromkeys(range(cue.start + 1, end + 1), Scope(cue, end, comma=comma))
    return reached


def _others(line: _Line) -> Mapping[int, int]:
    others: dict[int, int] = {}
    person: int | None = None
    for at in range(len(line.text)):
        told_next = person == at - 1 and line.is_a(at, "present")  # "my patient today"
        turns = at in line.turns and not told_next
        if at == 0 or not line.same_sentence(at - 1, at) or turns:
            person = None
        if person is not None:
            others[at] = person
        if line.is_a(at, "others"):
            person = at
        elif line.is_a(at, "self") and not owns_other(line.text, line.classes, at):
            person = None
    return others


def owns_other(text: Words, classes: Mapping[str, frozenset[str]], at: int) -> bool:
    """Whether a "my" is that of "my dad" or "my old dad"."""
    return any(word in classes.get("others", ()) for word in text.words[at + 1 : at + 3])


def _segments(line: _Line) -> Sequence[int]:
    segments: list[int] = []
    segment = 0
    for at in range(len(line.text)):
        if at and (not line.same_sentence(at - 1, at) or at in line.turns):
            segment += 1
        segments.append(segment)
    return segments
