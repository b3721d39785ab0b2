"""Walks along a row of words: where phrases may end that begin where they may.

Where the same word may be one thing or another, all ways are gone at once: its time grows with the
words, and not with the ways.
"""

from collections.abc import Callable, Mapping
from functools import lru_cache

from flows.phrases import Phrases

Places = frozenset[int]  # in a row of words, between two of them
Walk = Callable[[Places], Places]  # from where something may begin to where it may end
START: Places = frozenset({0})


def one(part: list[str], phrases: Phrases) -> Walk:
    """Where one of *phrases* ends that begins where it may."""
    known = by_first_word(phrases)

    def walk(places: Places) -> Places:
        return frozenset(
            place + len(phrase)
            for place in places
            if place < len(part)
            for phrase in known.get(part[place], ())
            if part[place : place + len(phrase)] == phrase
        )

    return walk


def many(step: Walk) -> Walk:
    """Where none, one or several such end."""

    def walk(places: Places) -> Places:
        found, new = places, places
        while new := step(new) - found:
            found |= new
        return found

    return walk


@lru_cache(maxsize=500)
def by_first_word(phrases: Phrases) -> Mapping[str, list[list[str]]]:
    known: dict[str, list[list[str]]] = {}
    for phrase in phrases:
        words = phrase.split()
        known.setdefault(words[0], []).append(words)
    return known
