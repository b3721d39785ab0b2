"""A match among the cues of its text, and what every judge asks of it."""

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass

from flows.guard.cues import Cues, owns_other
from flows.guard.lexicon import FAMILIAR
from flows.guard.reading import Tier
from flows.guard.rules import Match
from flows.guard.terms import Span

_ONSET_REACH = 4  # "started about 3 years ago": so many words from the onset to the time


@dataclass(frozen=True, slots=True)
class Cap:
    """The most that a match may come to, and why."""

    tier: Tier
    why: str


@dataclass(frozen=True, slots=True)
class Case:
    """A match among the cues of its text."""

    match: Match
    cues: Cues
    used: frozenset[int]  # words that are evidence, of this match or of another

    @property
    def decisive(self) -> bool:
        return self.match.rule.tier is Tier.ALERT

    def is_a(self, index: int, name: str) -> bool:
        return self.cues.text.words[index] in self.cues.classes.get(name, ())

    def same_sentence(self, a: int, b: int) -> bool:
        return self.cues.text.sentences[a] == self.cues.text.sentences[b]

    def after(self, kind: str) -> Iterator[Span]:
        """The cues of *kind* that follow the evidence in its sentence, from left to right."""
        spans = self.cues.spans.get(kind, ())
        for span in spans[bisect_right(spans, self.match.end, key=lambda span: span.start) :]:
            if not self.same_sentence(self.match.end, span.start):
                break
            yield span

    def before(self, *kinds: str) -> Iterator[Span]:
        """The cues of these *kinds* that stand before the evidence, and are none of it."""
        for kind in kinds:
            for span in self.cues.spans.get(kind, ()):
                if span.end < self.match.start and not self.used.intersection(span.tokens):
                    yield span

    def is_familiar(self, index: int) -> bool:
        """Whether a term or a class knows the word, or it is a number."""
        word = self.cues.text.words[index]
        return index in self.cues.symptoms or word[0].isdigit() or self.is_a(index, FAMILIAR)

    def clause_start(self) -> int:
        """The first word of the clause in which the evidence begins."""
        text, at = self.cues.text, self.match.start
        while at and not (text.pauses[at] or self.cues.segments[at - 1] != self.cues.segments[at]):
            at -= 1
        return at

    def in_first_person(self, start: int) -> bool:
        """Whether a person speaks of themselves between *start* and the end of the evidence."""
        text, classes = self.cues.text, self.cues.classes
        return any(
            self.is_a(i, "self") and not owns_other(text, classes, i)
            for i in range(start, self.match.end + 1)
        )


def is_now(case: Case) -> bool:
    """As in `... and now i have it`."""
    return any(span.start > case.match.end for span in case.cues.spans.get("self_now", ()))


def past_cue(case: Case) -> Span | None:
    """What puts the match into the past, unless the evidence is in the present tense."""
    segment = case.cues.segments[case.match.start]
    present = any(case.is_a(i, "present") for i in range(case.match.start, case.match.end + 1))
    for kind in ("past", "ago"):
        for cue in case.cues.spans.get(kind, ()):
            if case.cues.segments[cue.start] != segment or case.used.intersection(cue.tokens):
                continue
            if kind == "past" or not (present or _is_onset(case, cue)):
                return cue
    return None


def _is_onset(case: Case, cue: Span) -> bool:
    """As in `started 3 years ago`: it goes on."""
    low = max(0, cue.start - _ONSET_REACH)
    return any(case.is_a(i, "onset") for i in range(low, cue.start))
