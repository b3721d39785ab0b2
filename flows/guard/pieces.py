"""Symptoms told over two or three messages: "my leg is numb", "where?", "groin".

Some concepts are kept for a while (`kept` in the lexicon): names, never words.  Where what was
said before completes a rule with what is said now, one closed question settles it.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping

from flows.guard.case import Case
from flows.guard.cues import Cues
from flows.guard.lexicon import Lexicon, Rule
from flows.guard.reading import STRANGER, Hit, Tier
from flows.guard.rules import Found, Match
from flows.guard.terms import Span
from flows.guard.verdict import verdict

Told = Mapping[str, Span]  # by concept: where it is said of the person, now


def told(found: Found, cues: Cues, lexicon: Lexicon) -> Told:
    """The kept concepts that the text says of the person, now: not denied, supposed or past.

    Where it may be of anything, as in "slight fever and a bit numb", it is.
    """
    said: dict[str, Span] = {}
    for concept in sorted(lexicon.kept & found.keys()):
        rule = Rule("", "", Tier.ALERT, (concept,))
        for span in found[concept]:
            match = Match(rule, (span,))
            tier, cue = verdict(Case(match, cues, match.tokens))
            if tier is Tier.ALERT or cue.startswith(STRANGER):
                said.setdefault(concept, span)
    return said


def recalled(kept: Iterable[str], since: int) -> tuple[str, ...]:
    """What was told no earlier than *since*, of what is *kept* as "NUMB:1800000000"."""
    return tuple(piece for piece in kept if int(piece.partition(":")[2]) >= since)


def stamped(kept: Iterable[str], names: Collection[str], now: int) -> tuple[str, ...]:
    """What is *kept*, with *names* told anew."""
    others = (piece for piece in kept if piece.partition(":")[0] not in names)
    return (*others, *(f"{name}:{now}" for name in names))


def concepts(kept: Iterable[str]) -> tuple[str, ...]:
    return tuple(piece.partition(":")[0] for piece in kept)


def completed(
    now: Told, before: Collection[str], found: Found, cues: Cues, lexicon: Lexicon
) -> Iterator[Hit]:
    """The rules that what is said *now* completes, with what was said *before*."""
    for rule in lexicon.rules if before else ():
        here = [concept for concept in rule.all if concept in now]
        rest = [concept for concept in rule.all if concept not in now]
        explained = any(concept in found for concept in rule.unless)
        if not here or not rest or explained or any(name in found for name in rest):
            continue
        if rule.decides and all(name in before for name in rest):
            evidence = tuple(cues.phrase(now[concept]) for concept in here)
            cue = f"with what was said before: {' '.join(rest).lower()}"
            yield Hit(rule.question, Tier.ASK, rule.id, evidence, weak=True, cue=cue)
