"""The words and rules of one language, compiled from content."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from flows.guard.learned import Learned
from flows.guard.reading import Tier
from flows.guard.spelling import Speller, speller
from flows.guard.terms import PREFIX, Node, parts, tree
from flows.guard.words import Same, split

Term = tuple[str, list[str]]  # its label, and its words and signs

OTHERS = "others"  # the class of words for other people, for animals and things
FAMILIAR = "familiar"  # the class of all words that can be said of the person who writes
BENIGN = "benign"  # the label of phrases that mean nothing bad, among the concepts


@dataclass(frozen=True, slots=True)
class Rule:
    """Concepts that, found close together, stand for a screening question."""

    id: str
    question: str
    tier: Tier
    all: tuple[str, ...]  # the concepts
    within: int = 0  # at most so many other words among them
    order: bool = False  # only in the order written
    unless: tuple[str, ...] = ()  # in the same sentence, any of these lowers the tier by one
    topic: bool = False  # a mere mention; counts only where no other rule has used the words
    hint: bool = False  # everyday words; counts only where the learned reader hears the same
    lasting: bool = False  # counts just as much when it was long ago
    insist: bool = False  # in the first person never less than ASK, unless it is denied
    outright: bool = False  # an alert leaves nothing to ask: the last follow-up is so, too

    @property
    def decides(self) -> bool:
        """Whether the rule stands for itself, and keeps its words from topics and hints."""
        return not (self.topic or self.hint)


class Chain(NamedTuple):
    """What is asked about a symptom, one after the other while each is denied."""

    told: str  # the concept; empty: the first question is enough
    asks: tuple[str, ...]  # the questions
    settled_by: str  # a concept: told in the same words, the first question was about all of it


@dataclass(frozen=True, slots=True, eq=False)
class Lexicon:
    """All that `read` needs.  Two are the same only if they are one."""

    edition: str
    rules: tuple[Rule, ...]
    concepts: Node
    cues: Node
    classes: Mapping[str, frozenset[str]]  # closed classes of words: self, verbs, carriers, ...
    same: Same
    spelling: Speller
    asks: Mapping[str, str] = field(default_factory=dict)  # by question: what an ASK asks
    chains: tuple[Chain, ...] = ()
    kept: frozenset[str] = frozenset()  # concepts that are put together over some messages
    learned: Learned | None = None  # the second layer, in a language that has a corpus

    @classmethod
    def empty(cls) -> "Lexicon":
        """A lexicon that hears nothing."""
        return compile_lexicon({})


def compile_lexicon(raw: Mapping[str, Any]) -> Lexicon:
    """The lexicon that *raw* describes: what `tomli` gives, with the common words added."""
    spelling: Mapping[str, Any] = raw.get("spelling", {})
    same = {tuple(split(k).words): tuple(split(v).words) for k, v in _items(spelling, "same")}
    concepts = list(_terms(raw, "concepts", same))
    terms = [*concepts, *_benign(raw, same)]
    cues = list(_terms(raw, "context", same))
    classes = {
        name: frozenset(word for term in words for word in parts(term, same))
        for name, words in _items(raw, "words")
    }
    used = [*_vocabulary([*terms, *cues]), *(word for pair in same for word in pair)]
    common = [*spelling.get("common", ()), *(word for words in classes.values() for word in words)]
    return Lexicon(
        edition=_edition(raw),
        rules=tuple(_rule(row) for row in raw.get("rules", ())),
        concepts=tree(terms),
        cues=tree(cues),
        classes=classes | {FAMILIAR: _familiar(concepts, classes)},
        same=same,
        spelling=speller(used, common, [(e, p) for e, p in spelling.get("endings", ())]),
        asks=dict(raw.get("asks", {})),
        chains=tuple(
            Chain(row["told"], tuple(row["asks"]), row["settled_by"])
            for row in raw.get("chains", ())
        ),
        kept=frozenset(raw.get("kept", ())),
    )


def _items(raw: Mapping[str, Any], name: str) -> Iterable[tuple[str, Any]]:
    table: Mapping[str, Any] = raw.get(name, {})
    return table.items()


def _terms(raw: Mapping[str, Any], name: str, same: Same) -> Iterable[Term]:
    return ((label, parts(term, same)) for label, terms in _items(raw, name) for term in terms)


def _benign(raw: Mapping[str, Any], same: Same) -> Iterable[Term]:
    return ((BENIGN, parts(term, same)) for term in raw.get("benign", ()))


def _vocabulary(terms: Iterable[Term]) -> Iterable[str]:
    return (word for _, term in terms for word in term if word.isalpha())


def _familiar(terms: Iterable[Term], classes: Mapping[str, frozenset[str]]) -> frozenset[str]:
    """The words of *terms* and of all classes but that of others."""
    of_terms = {word.removesuffix(PREFIX) for _, term in terms for word in term}
    own = (words for name, words in classes.items() if name != OTHERS)
    return frozenset(of_terms.union(*own))


def _rule(row: Mapping[str, Any]) -> Rule:
    return Rule(
        id=row["id"],
        question=row["question"],
        tier=Tier[row["tier"].upper()],
        all=tuple(row["all"]),
        within=row.get("within", 0),
        order=row.get("order", False),
        unless=tuple(row.get("unless", ())),
        topic=row.get("topic", False),
        hint=row.get("hint", False),
        lasting=row.get("lasting", False),
        insist=row.get("insist", False),
        outright=row.get("outright", False),
    )


def _edition(raw: Mapping[str, Any]) -> str:
    """A short hash of everything that decides what is heard."""
    return hashlib.sha256(json.dumps(raw, sort_keys=True).encode()).hexdigest()[:12]
