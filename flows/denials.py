"""A whole sentence that says no to a warning sign: "No, both my feet are warm and pink".

It is a no only if every word of it says so.  It opens with a no, or denies the very thing that is
asked about; and all else in it is a denial, too, or says that what the question is about is well.
One word that none of these knows, and it is no plain no.
"""

import re
from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import NamedTuple

from flows.book import Book
from flows.phrases import MARK, Phrases, plain

LONGEST = 24  # words; whoever says more is telling something
ALONE = ("no ", "nothing ")  # what says no as it stands may open with these
MYSELF = ("i", "im", "it")  # what begins with these is named already: "i can walk"
DENIED = ("plainly", "good", "fine")  # the phrases of a question that say no once one has been said

Places = frozenset[int]  # in a row of words, between two of them
Walk = Callable[[Places], Places]  # from where something may begin to where it may end
START: Places = frozenset({0})


class Vocabulary(NamedTuple):
    """What the words of such a sentence may be."""

    no: Phrases  # what may open it
    alone: Phrases  # a no that would turn what comes after it: "it is not"
    denials: Phrases  # of what is asked about: "no numbness"
    denied: Phrases  # what says no once a no has been said
    about: Phrases  # what the question asks about: "bladder"
    well: Phrases  # how it is if all is well: "normal", "as strong as ever"
    owner: Phrases  # "my", "both my"
    named: Phrases  # "it", "they are"; and what is a sentence of its own: "i can walk"
    verbs: Phrases  # "is", "feels"
    very: Phrases  # "perfectly"
    around: Phrases  # what says nothing


def says_no(said: str, id: str, denials: Phrases, book: Book) -> bool:
    """Whether all of *said* says no to the question *id*, which *denials* deny in so many words."""
    words = book.words
    if f"about.{id}" not in words or "?" in said or len(said.split()) > LONGEST:
        return False
    about, plainly = words[f"about.{id}"], words.get(f"plainly.{id}", ())
    known = Vocabulary(
        no=words["begins.no"],
        alone=words["no"],
        denials=denials + tuple(phrase for phrase in plainly if phrase.startswith(ALONE)),
        denied=sum((words.get(f"{name}.{id}", ()) for name in DENIED), words["no_more"]),
        about=about,
        well=words["well"] + words.get(f"well.{id}", ()),
        owner=words["whose"],
        named=words["they"] + tuple(it for it in about if it.split()[0] in MYSELF),
        verbs=words["is"],
        very=words["wholly"],
        around=words["filler"] + words["there"],
    )
    parts = [plain(part).split() for part in re.split(MARK, said.lower())]
    opening, *others = [part for part in parts if not says_nothing(part, known)] or [[]]
    return opens(opening, known) and all(goes_on(part, known) for part in others)


def says_nothing(part: list[str], known: Vocabulary) -> bool:
    return len(part) in many(one(part, known.around))(START)


def opens(part: list[str], known: Vocabulary) -> bool:
    """Whether *part* begins with a no and says nothing else.

    Behind it what is well must be named: "no my legs are normal", and not "no normal", which may
    mean the contrary.
    """
    empty = many(one(part, known.around))
    begun = one(part, known.no + known.denials)(empty(START))
    return is_no_alone(part, known) or len(part) in many(told(part, known))(begun)


def is_no_alone(part: list[str], known: Vocabulary) -> bool:
    empty = many(one(part, known.around))
    return len(part) in empty(one(part, known.alone)(empty(START)))


def goes_on(part: list[str], known: Vocabulary) -> bool:
    """Whether *part*, which comes after a no, says nothing else."""
    begun = many(one(part, known.around))(START)
    bare = is_well(part, known)(begun | one(part, known.about)(begun))
    return is_no_alone(part, known) or len(part) in many(told(part, known))(begun | bare)


def told(part: list[str], known: Vocabulary) -> Walk:
    """One more no, one more thing that is well, or nothing much."""
    word = one(part, known.no + known.denials + known.around)
    named, owned = one(part, known.named), many(one(part, known.owner))
    denied, about, well = one(part, known.denied), one(part, known.about), is_well(part, known)

    def walk(places: Places) -> Places:
        it, mine = named(places), owned(places) - places
        return word(places) | denied(places | it) | well(it | mine | about(mine))

    return walk


def is_well(part: list[str], known: Vocabulary) -> Walk:
    """How it is: "is perfectly normal", "feel warm and pink"."""
    verbs = many(one(part, (*known.verbs, "and")))
    state, very = one(part, known.well), many(one(part, known.very))
    joined = one(part, ("and", "or"))
    again = many(lambda places: state(very(places | joined(places))))
    return lambda places: again(state(very(verbs(places))))


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
