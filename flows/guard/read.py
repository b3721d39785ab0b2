"""Reading one text: the rules, from the words to the tiers; then what has been learned."""

from collections.abc import Iterable, Iterator

from flows.guard.cues import read_cues
from flows.guard.learned import Learned, weigh
from flows.guard.lexicon import BENIGN, Lexicon, Rule
from flows.guard.reading import Hit, Reading, Tier
from flows.guard.rules import Found, Match, by_concept, matches
from flows.guard.spelling import mend
from flows.guard.terms import Span, find
from flows.guard.verdict import Case, verdict
from flows.guard.words import Words, replaced, rewritten, split

LEARNED = "learned"  # the rule of a check: none but what has been learned
_ONE_LESS = {Tier.ALERT: Tier.ASK, Tier.ASK: Tier.NONE}


def read(text: str, lexicon: Lexicon) -> Reading:
    """What *text* says about red flags: who, when and whether included."""
    words, mends = _mended(split(text), lexicon)
    best: dict[str, Hit] = {}
    for hit in _hits(words, lexicon):
        if hit.question not in best or hit.tier > best[hit.question].tier:
            best[hit.question] = hit
    hits = sorted(best.values(), key=lambda hit: -hit.tier)
    if lexicon.learned and (not hits or hits[0].tier < Tier.CHECK):
        hits = [*_checked(text, lexicon.learned), *hits]
    return Reading(tuple(hits), mends)


def _checked(text: str, learned: Learned) -> Iterator[Hit]:
    """A check, if *text* sounds like a red flag; never more, and never less than the rules say."""
    sound = weigh(text, learned)
    if sound.score > 0:
        worry = sound.worries[0]
        yield Hit(worry.questions[0], Tier.CHECK, LEARNED, (worry.id,))


def _mended(text: Words, lexicon: Lexicon) -> tuple[Words, tuple[tuple[str, str], ...]]:
    """*text* with its unknown words mended and its spelling made one."""
    mended = {word: mend(word, lexicon.spelling) for word in dict.fromkeys(text.words)}
    mends = tuple((old, " ".join(new)) for old, new in mended.items() if new != (old,))
    pieces = [(i, piece) for i, word in enumerate(text.words) for piece in mended[word]]
    text = rewritten(text, pieces)
    return rewritten(text, replaced(text.words, lexicon.same, text.breaks())), mends


def _hits(text: Words, lexicon: Lexicon) -> Iterator[Hit]:
    """Every rule that matches, as strongly as it is meant, in the order of the rules."""
    spans = find(lexicon.concepts, text)
    found = by_concept(spans)
    matched = {rule.id: list(matches(rule, found, text)) for rule in lexicon.rules}
    covered = _tokens(m for rule in lexicon.rules if not rule.topic for m in matched[rule.id])
    cues = read_cues(text, lexicon, _tokens(s for s in spans if s.label != BENIGN))
    for rule in lexicon.rules:
        cases = (
            Case(match, cues, covered | match.tokens)
            for match in matched[rule.id]
            if not (rule.topic and covered.intersection(match.tokens))
        )
        yield from _strongest(rule, cases, found, text)


def _tokens(pieces: Iterable[Match] | Iterable[Span]) -> frozenset[int]:
    return frozenset(token for piece in pieces for token in piece.tokens)


def _strongest(rule: Rule, cases: Iterable[Case], found: Found, text: Words) -> Iterator[Hit]:
    """The match of *rule* that counts most, the earliest of equals; none of a lowered topic."""
    best: Hit | None = None
    for case in cases:
        tier, cue = verdict(case)
        if tier > Tier.NONE and _is_softened(case.match, found, text):
            tier, cue = min(tier, _ONE_LESS[rule.tier]), cue or "unless"
        evidence = tuple(
            " ".join(text.words[token] for token in span.tokens) for span in case.match.spans
        )
        if best is None or tier > best.tier:
            best = Hit(rule.question, tier, rule.id, evidence, cue)
        if tier is rule.tier:
            break
    if best and not (rule.topic and best.tier < rule.tier):
        yield best


def _is_softened(match: Match, found: Found, text: Words) -> bool:
    """Whether something in the same sentence explains the match: "on the last rep"."""
    here = text.sentences[match.start]
    return any(
        text.sentences[span.start] == here
        for concept in match.rule.unless
        for span in found.get(concept, ())
    )
