"""Which rules match, and on which words: co-occurrence of concepts in a window."""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from flows.guard.lexicon import BENIGN, Rule
from flows.guard.terms import Span
from flows.guard.words import Words

Found = Mapping[str, Sequence[Span]]  # by concept, in the order of the text

_LONGEST_TERM = 10  # no term is longer, its gaps counted


@dataclass(frozen=True, slots=True)
class Match:
    """A rule, and the words on which it matched, in the order of the text."""

    rule: Rule
    spans: tuple[Span, ...]

    @property
    def tokens(self) -> frozenset[int]:
        return frozenset(token for span in self.spans for token in span.tokens)

    @property
    def start(self) -> int:
        return self.spans[0].start

    @property
    def end(self) -> int:
        return max(span.end for span in self.spans)


def by_concept(spans: Iterable[Span]) -> Found:
    """The spans of each concept.  A longer term keeps its words from a shorter one or a benign."""
    spans = list(spans)
    owners: dict[tuple[str, int], int] = {}  # the length of the longest term, by label and word
    for span in spans:
        for token in range(span.start, span.end + 1) if span.label == BENIGN else span.tokens:
            owner = span.label, token
            owners[owner] = max(owners.get(owner, 0), len(span.tokens))
    found: dict[str, list[Span]] = {}
    for span in spans:
        if span.label != BENIGN and _owns(span, owners):
            found.setdefault(span.label, []).append(span)
    return found


def _owns(span: Span, owners: Mapping[tuple[str, int], int]) -> bool:
    size = len(span.tokens)
    benign = max(owners.get((BENIGN, token), 0) for token in span.tokens)
    swallowed = all(owners[span.label, token] > size for token in span.tokens)
    return benign < size and not swallowed


def matches(rule: Rule, found: Found, text: Words) -> Iterator[Match]:
    """Every way in which *rule* matches.  Of two equal concepts only the nearer one counts."""
    if all(found.get(concept) for concept in rule.all):
        for spans in _combined(rule, found, text, ()):
            yield Match(rule, tuple(sorted(spans, key=lambda span: span.tokens)))


def _combined(
    rule: Rule, found: Found, text: Words, chosen: tuple[Span, ...]
) -> Iterator[tuple[Span, ...]]:
    if len(chosen) == len(rule.all):
        yield chosen
        return
    spans = found[rule.all[len(chosen)]]
    for span in _around(spans, chosen, rule.within):
        spread = (*chosen, span)
        if _fits(spread, rule, text) and (not chosen or _nearest(span, chosen, found)):
            yield from _combined(rule, found, text, spread)


def _around(spans: Sequence[Span], chosen: tuple[Span, ...], within: int) -> Sequence[Span]:
    if not chosen:
        return spans
    reach = within + _LONGEST_TERM
    low = bisect_left(spans, chosen[0].start - reach, key=lambda span: span.start)
    high = bisect_left(spans, chosen[0].end + reach + 1, key=lambda span: span.start)
    return spans[low:high]


def _fits(spans: tuple[Span, ...], rule: Rule, text: Words) -> bool:
    tokens = [token for span in spans for token in span.tokens]
    if len(set(tokens)) < len(tokens):
        return False  # one word cannot stand for two concepts
    if rule.order and list(spans) != sorted(spans, key=lambda span: span.start):
        return False
    inside = {token for span in spans for token in range(span.start, span.end + 1)}
    return text.place(max(inside)) - text.place(min(inside)) + 1 - len(inside) <= rule.within


def _nearest(span: Span, chosen: tuple[Span, ...], found: Found) -> bool:
    """Whether no other span of the same two concepts stands between *span* and the last chosen."""
    other = chosen[-1]
    left, right = (span, other) if span.start < other.start else (other, span)
    return not any(
        left.end < between.start and between.end < right.start
        for concept in (span.label, other.label)
        for between in _within(found[concept], left.end + 1, right.start)
    )


def _within(spans: Sequence[Span], low: int, high: int) -> Sequence[Span]:
    first = bisect_left(spans, low, key=lambda span: span.start)
    last = bisect_left(spans, high, key=lambda span: span.start)
    return spans[first:last]
