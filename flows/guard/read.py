"""Reading one text: the rules, from the words to the tiers; then what has been learned."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

from flows.guard.case import Case
from flows.guard.cues import Cues, read_cues
from flows.guard.denial import only_denies
from flows.guard.learned import SILENCE, Sound, weigh
from flows.guard.lexicon import BENIGN, Lexicon, Rule
from flows.guard.pieces import completed, told
from flows.guard.reading import Hit, Reading, Tier
from flows.guard.rules import Found, Match, by_concept, matches
from flows.guard.spelling import mend
from flows.guard.terms import Span, find
from flows.guard.verdict import verdict
from flows.guard.words import Words, opening, replaced, rewritten, split

LEARNED = "learned"  # the rule of a check: none but what has been learned
FEWEST = 3  # words that sound like something
LIKELIEST = 2  # flags of the learned reader that a hint may be about
_ONE_LESS = {Tier.ALERT: Tier.ASK, Tier.ASK: Tier.NONE, Tier.CHECK: Tier.NONE}


def read(text: str, lexicon: Lexicon, before: Collection[str] = ()) -> Reading:
    """What *text* says about red flags: who, when and whether included.

    *before* are the `pieces` of what the same person said a moment ago.
    """
    words = split(text)
    said = words.words[opening(words.words, lexicon.classes) :]
    sound = weigh(said, lexicon.learned) if lexicon.learned else SILENCE
    return judged(words, lexicon, sound, before)


def judged(text: Words, lexicon: Lexicon, sound: Sound, before: Collection[str] = ()) -> Reading:
    """What the rules say about *text*, and what its *sound* and what was said *before* add."""
    words, mends = _mended(text, lexicon)
    spans = find(lexicon.concepts, words)
    found = by_concept(spans)
    cues = read_cues(words, lexicon, _tokens(s for s in spans if s.label != BENIGN))
    now = told(found, cues, lexicon)
    best: dict[str, Hit] = {}
    for hit in (
        *completed(now, before, found, cues, lexicon),
        *_hits(words, lexicon, sound, found, cues),
    ):
        if hit.question not in best or _counts_more(hit, best[hit.question]):
            best[hit.question] = hit
    hits = sorted(best.values(), key=lambda hit: -hit.tier)
    unheard = not hits or hits[0].tier < Tier.CHECK
    if sound.check and unheard and not only_denies(hits, cues):
        worry = sound.worries[0]
        hits = [Hit(worry.questions[0], Tier.CHECK, LEARNED, (worry.flag,)), *hits]
    return Reading(tuple(hits), mends, tuple(now))


def _counts_more(hit: Hit, other: Hit) -> bool:
    return (hit.tier, not hit.weak) > (other.tier, not other.weak)


def _mended(text: Words, lexicon: Lexicon) -> tuple[Words, tuple[tuple[str, str], ...]]:
    """*text* with its unknown words mended and its spelling made one."""
    mended = {word: mend(word, lexicon.spelling) for word in dict.fromkeys(text.words)}
    mends = tuple((old, " ".join(new)) for old, new in mended.items() if new != (old,))
    pieces = [(i, piece) for i, word in enumerate(text.words) for piece in mended[word]]
    text = rewritten(text, pieces)
    return rewritten(text, replaced(text.words, lexicon.same, text.breaks())), mends


def _hits(text: Words, lexicon: Lexicon, sound: Sound, found: Found, cues: Cues) -> Iterator[Hit]:
    """Every rule that matches, as strongly as it is meant, in the order of the rules."""
    there = set(found)
    rules = [rule for rule in lexicon.rules if there.issuperset(rule.all)]
    matched = {rule.id: list(matches(rule, found, text)) for rule in rules}
    covered = _tokens(m for rule in rules if rule.decides for m in matched[rule.id])
    heard = _hinted(rules, matched, sound, text)
    for rule in rules:
        if rule.hint and rule.question not in heard:
            continue
        cases = (
            Case(match, cues, covered | match.tokens)
            for match in matched[rule.id]
            if rule.decides or covered.isdisjoint(match.tokens)
        )
        yield from _strongest(rule, cases, found, text)


def _hinted(
    rules: Sequence[Rule], matched: Mapping[str, list[Match]], sound: Sound, text: Words
) -> tuple[str, ...]:
    """The questions of the likeliest flag of which there is a hint too."""
    hints = {rule.question for rule in rules if rule.hint and matched[rule.id]}
    likely = sound.worries[:LIKELIEST] if sound.sure and len(text) >= FEWEST else ()
    return next((w.questions for w in likely if not hints.isdisjoint(w.questions)), ())


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
            best = Hit(rule.question, tier, rule.id, evidence, rule.hint, cue)
        if tier is rule.tier:
            break
    if best and (rule.decides or best.tier is rule.tier):
        yield best


def _is_softened(match: Match, found: Found, text: Words) -> bool:
    """Whether something in the same sentence explains the match: "on the last rep"."""
    here = text.sentences[match.start]
    return any(
        text.sentences[span.start] == here
        for concept in match.rule.unless
        for span in found.get(concept, ())
    )
