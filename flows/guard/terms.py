"""Terms as they are written in content, and where they occur in a text.

word     this word              #    any number
word~    words that begin so    *    no word or any one
                                **   up to three words
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from flows.guard.words import NUMBER, STRETCHED, WORD, Same, Words, normal, replaced

_GAPS = {"*": 1, "**": 3}
_NUMBER = "#"
PREFIX = "~"
_SIMPLE = re.compile(rf"[a-z]+{PREFIX}?(?: (?:[a-z]+{PREFIX}?|\*\*?|#|&))*")
_PART = re.compile(rf"(?:{NUMBER}|{WORD})\.?~?|\*\*|\*|#|&")


@dataclass(frozen=True, slots=True)
class Span:
    """A term found in a text."""

    label: str  # the concept, or the kind of cue
    tokens: tuple[int, ...]  # its own words; those in a gap are not

    @property
    def start(self) -> int:
        return self.tokens[0]

    @property
    def end(self) -> int:
        return self.tokens[-1]


@dataclass(slots=True)
class Node:
    """What may come next in a term, and which terms end here."""

    words: dict[str, "Node"] = field(default_factory=dict)
    prefixes: dict[str, "Node"] = field(default_factory=dict)
    any: "Node | None" = None
    number: "Node | None" = None
    labels: list[str] = field(default_factory=list)


def parts(term: str, same: Same) -> list[str]:
    """*term* cut into words and signs, spelled as texts are."""
    if _SIMPLE.fullmatch(term) and not STRETCHED.search(term):  # cut and spelled as it is
        found = term.split()
    else:
        found = [part.replace("'", "") for part in _PART.findall(normal(term))]
    if same.keys().isdisjoint((*zip(found), *pairwise(found))):  # as of most: there are thousands
        return found
    return [word for _, word in replaced(found, same)]


def grow(root: Node, term: Sequence[str], label: str) -> None:
    """Add a term to the tree; a gap becomes one branch for each of its lengths."""
    node = root
    for at, part in enumerate(term):
        if part in _GAPS:
            rest = term[at + 1 :]
            grow(node, rest, label)
            for _ in range(_GAPS[part]):
                node.any = node.any or Node()
                node = node.any
                grow(node, rest, label)
            return
        node = _child(node, part)
    if label not in node.labels:
        node.labels.append(label)


def _child(node: Node, part: str) -> Node:
    if part == _NUMBER:
        node.number = node.number or Node()
        return node.number
    ways = node.prefixes if part.endswith(PREFIX) else node.words
    part = part.removesuffix(PREFIX)
    if part not in ways:
        ways[part] = Node()
    return ways[part]


def tree(terms: Iterable[tuple[str, Sequence[str]]]) -> Node:
    """The tree of all *terms*, each given with its label and in parts."""
    root = Node()
    for label, term in terms:
        grow(root, term, label)
    return root


def find(root: Node, text: Words) -> list[Span]:
    """Every term that occurs in *text*, inside one sentence, in the order of their first words."""
    spans: dict[Span, None] = {}
    for start in range(len(text)):
        for tokens, labels in _walk(root, text, start, ()):
            spans |= dict.fromkeys(Span(label, tokens) for label in labels)
    return list(spans)


def _walk(
    node: Node, text: Words, at: int, tokens: tuple[int, ...]
) -> Iterator[tuple[tuple[int, ...], list[str]]]:
    if node.labels:
        yield tokens, node.labels
    if at == len(text) or (tokens and text.sentences[at] != text.sentences[tokens[0]]):
        return
    word = text.words[at]
    if child := node.words.get(word):
        yield from _walk(child, text, at + 1, (*tokens, at))
    for end in range(len(word) + 1) if node.prefixes else ():
        if child := node.prefixes.get(word[:end]):
            yield from _walk(child, text, at + 1, (*tokens, at))
    if node.number and word[0].isdigit():
        yield from _walk(node.number, text, at + 1, (*tokens, at))
    if node.any:
        yield from _walk(node.any, text, at + 1, tokens)
