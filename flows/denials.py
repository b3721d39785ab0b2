"""A whole sentence that says no to a warning sign: "No, both my feet are warm and pink".

It is a no only if every word of it says so.  It opens with a no, or denies the very thing that is
asked about; and all else in it is a denial, too, or says that what the question is about is well.
One word that none of these knows, and it is no plain no.

Shorter answers may also be listed whole: noes, and what names the good state (`is_plain_no`).
"""

import re
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from flows.book import Book
from flows.phrases import LONGEST as LONGEST_PLAIN
from flows.phrases import MARK, Phrases, following, holds, made_of, plain
from flows.walks import START, Places, Walk, many, one

LONGEST = 24  # words; whoever says more is telling something
ALONE = ("no ", "nothing ")  # what says no as it stands may open with these
MYSELF = ("i", "im", "it")  # what begins with these is named already: "i can walk"
LIMITS = ("only ", "just ")  # "it is only the left leg"
NOT_ONLY = tuple(f"no {only}" for only in LIMITS)  # it stands alone: "no, no only one leg" may be
JOINED = ("and", "or")
DENIED = ("plainly", "good")  # the phrases of a question that say no once one has been said


class Vocabulary(NamedTuple):
    """What the words of such a sentence may be."""

    nope: Phrases  # a no that is never a "not"
    no: Phrases  # one that may be, if no mark comes after it
    denials: Phrases  # of what is asked about: "no numbness"
    denied: Phrases  # what says no once a no has been said
    negated: Phrases  # of these, what no "no" before it can turn: "i dont cough"
    limits: Phrases  # of these, what may be said of "it"
    about: Phrases  # what the question asks about: "bladder"
    well: Phrases  # how it is if all is well: "normal", "as strong as ever"
    owner: Phrases  # "my", "both my"
    mine: Phrases  # of these, "my"
    named: Phrases  # "everything"; and what is a sentence of its own: "i can walk"
    it: Phrases  # "it", "they"
    it_is: Phrases  # "its", "they are"
    verbs: Phrases  # "is", "feels"
    very: Phrases  # "perfectly"
    around: Phrases  # what says nothing
    behind_no: Phrases  # of these, what no "no" before it can turn: not "ok"


def says_no(said: str, id: str, book: Book) -> bool:
    """Whether all of *said* says no to the question *id*."""
    if f"about.{id}" not in book.words or "?" in said or len(said.split()) > LONGEST:
        return False
    if not known_words(id, book).issuperset(plain(said).split()):
        return False  # as most of what is typed
    known = vocabulary(id, book)
    parts = [plain(part).split() for part in re.split(MARK, said.lower())]
    opening, *others = [part for part in parts if not says_nothing(part, known)] or [[]]
    is_no = opens(opening, known) and all(goes_on(part, known) for part in others)
    return is_no and not is_both(plain(said).split())


def may_be_a_no(said: str, book: Book) -> bool:
    """Whether *said* is half a no, or a no without its mark, to any question: no word is grave."""
    first, _, rest = said.strip().partition(" ")
    begun = plain(first) in book.words["bare_no"]
    ways = (said, rest) if begun else (said,)
    return any(says_no(f"no, {way}", id, book) for id in book.questions for way in ways)


def takes_back(said: str, id: str, book: Book) -> bool:
    """Whether a no follows at once what is good: "im happy, never"."""
    filler, denied = book.words["filler"] + book.words["there"], noes(id, book)
    parts = [part for part in map(plain, re.split(MARK, said)) if not made_of(part, filler)]
    return any(
        made_of(later, book.words["contrary"], filler) and not made_of(before, denied, filler)
        for before, later in pairwise(filter(None, parts))
    )


@lru_cache(maxsize=100)
def vocabulary(id: str, book: Book) -> Vocabulary:
    words = book.words
    about, plainly = words[f"about.{id}"], words.get(f"plainly.{id}", ())
    denied = sum((words.get(f"{name}.{id}", ()) for name in DENIED), words["said_with_no"])
    denied = beside(denied + only_one(id, book))
    halves = words.get(f"fine.{id}", ())
    turns = {*words["denies"], *words["nots"]}
    return Vocabulary(
        nope=words["nope"],
        no=words["bare_no"],
        denials=denials(id, book) + tuple(phrase for phrase in plainly if phrase.startswith(ALONE)),
        denied=denied + halves,
        negated=tuple(phrase for phrase in denied if is_negated(phrase.split(), turns)),
        limits=tuple(phrase for phrase in denied if phrase.startswith(LIMITS)),
        about=about,
        well=words["well"] + words.get(f"well.{id}", ()),
        owner=words["whose"],
        mine=tuple(owner for owner in words["whose"] if owner.endswith("my")),
        named=words["all_of_it"] + tuple(it for it in about if it.split()[0] in MYSELF),
        it=words["they"],
        it_is=words["they_are"],
        verbs=words["is"] + words.get(f"is.{id}", ()),
        very=words["wholly"],
        around=words["there"],
        behind_no=tuple(phrase for phrase in words["there"] if phrase not in words["turned"]),
    )


@lru_cache(maxsize=100)
def known_words(id: str, book: Book) -> frozenset[str]:
    return frozenset(" ".join(sum(vocabulary(id, book), JOINED)).split())


def is_negated(phrase: list[str], turns: set[str]) -> bool:
    """Whether *phrase* has a not of its own, and says of what: "no not cold" may be about more."""
    return phrase[0] != "not" and not turns.isdisjoint(phrase)


def beside(phrases: Phrases) -> Phrases:
    """What of *phrases* may follow a no."""
    return tuple(phrase for phrase in phrases if not phrase.startswith(NOT_ONLY))


def denials(id: str, book: Book) -> Phrases:
    """What begins with "I have no", and ends with what the question *id* asks about."""
    denied = book.words.get(f"no.{id}", ())
    return tuple(f"{no} {it}" for no in book.words["none_of"] for it in denied)


@lru_cache(maxsize=100)
def noes(id: str, book: Book) -> Phrases:
    """What says "no" to the question *id*: "no" itself, or "I have no" and what it asks about."""
    return book.words["no"] + denials(id, book)


def is_plain_no(said: str, id: str, book: Book) -> bool:
    """Whether *said* is made of noes and of what names the good state, each in a part of its own.

    A no that runs on into what is good may be a "not": "its not regular", "no as strong as ever".
    """
    filler = book.words["filler"]
    good = good_state(id, book)
    parts = [part for part in map(plain, re.split(MARK, said)) if part]
    opening, *others = [part for part in parts if not made_of(part, filler)] or [""]
    whole = plain(said).split()
    return (
        len(whole) <= LONGEST_PLAIN
        and onlies(whole) <= 1  # "only the left, only the right"
        and says_no_or_good(opening, good, id, book)
        and all(says_no_or_good(part, beside(good) + fine(id, book), id, book) for part in others)
    )


def says_no_or_good(part: str, good: Phrases, id: str, book: Book) -> bool:
    words, filler, denied = book.words, book.words["filler"], noes(id, book)
    if made_of(part, denied, filler, words["of_that"]):
        return not holds(following(part, denied, filler), words["turned"])
    surely_denied = following(part, words["nope"], filler)
    return bool(
        made_of(part, good, filler, fine(id, book))
        or made_of(surely_denied, beside(good) + fine(id, book) + words["turned"], filler)
    )


@lru_cache(maxsize=100)
def good_state(id: str, book: Book) -> Phrases:
    """What names the good state of what *id* asks about, and says no to it by itself."""
    return book.words.get(f"good.{id}", ()) + only_one(id, book)


def only_one(id: str, book: Book) -> Phrases:
    """What says that it is one of two, where both are asked about: "only in the left leg"."""
    before = ("", *(f"{words} " for words in book.words.get(f"before_one.{id}", ())))
    ones = book.words.get(f"one_of.{id}", ())
    return tuple(f"{only}{words}{one}" for only in LIMITS for words in before for one in ones)


def fine(id: str, book: Book) -> Phrases:
    """What says that all is well once a no, or what is good, has been said."""
    return book.words["no_more"] + book.words.get(f"fine.{id}", ())


def is_both(words: list[str]) -> bool:
    """Whether "only" is said of two, as of the left leg and then of the right one."""
    return onlies(words) > 1 or (onlies(words) == 1 and "both" in words)


def onlies(words: list[str]) -> int:
    return sum(f"{word} " in LIMITS for word in words)


def says_nothing(part: list[str], known: Vocabulary) -> bool:
    return len(part) in many(one(part, known.around))(START)


def opens(part: list[str], known: Vocabulary) -> bool:
    """Whether *part* begins with a no and says nothing else."""
    begun = many(one(part, known.around))(START)
    surely = one(part, known.nope)(begun)
    perhaps = one(part, known.no + known.denials)(begun)
    return len(part) in many(told(part, known))(surely) | many(told_behind_no(part, known))(perhaps)


def goes_on(part: list[str], known: Vocabulary) -> bool:
    """Whether *part*, which comes after a no and a mark, says nothing else.

    A no that it begins with may be a "not", as the first one may: "no, no rest helps".
    """
    begun = many(one(part, known.around))(START)
    bare = is_well(part, known)(begun | one(part, known.about)(begun))
    return opens(part, known) or len(part) in many(told(part, known))(begun | bare)


def told(part: list[str], known: Vocabulary) -> Walk:
    """One more no, one more thing that is well, or nothing much."""
    more = one(part, known.nope + known.denials + known.around + known.denied)
    it, limits = one(part, known.it + known.it_is), one(part, known.limits)
    named, owned = one(part, known.named), many(one(part, known.owner))
    about, well = one(part, known.about), is_well(part, known)

    def walk(places: Places) -> Places:
        mine = owned(places) - places
        subject = named(places) | it(places) | mine | about(mine)
        return more(places) | limits(it(places)) | well(subject)

    return walk


def told_behind_no(part: list[str], known: Vocabulary) -> Walk:
    """The same behind "no" without a mark, which may mean "not".

    What is well must have its verb, and be "it", or mine: "no my legs are normal".  "No normal",
    "no both legs are normal" and "no i can walk" may mean the contrary.
    """
    more = one(part, known.nope + known.no + known.denials + known.behind_no + known.negated)
    it, it_is, limits = one(part, known.it), one(part, known.it_is), one(part, known.limits)
    owned, about = one(part, known.mine), one(part, known.about)
    verb, well = one(part, known.verbs), is_well(part, known)

    def walk(places: Places) -> Places:
        begun = it_is(places) | verb(it(places) | about(owned(places)))
        return more(places) | limits(begun) | well(begun)

    return walk


def is_well(part: list[str], known: Vocabulary) -> Walk:
    """How it is: "is perfectly normal", "feel warm and pink"."""
    verbs = many(one(part, (*known.verbs, "and")))
    state, very = one(part, known.well), many(one(part, known.very))
    joined = one(part, JOINED)
    again = many(lambda places: state(very(places | joined(places))))
    return lambda places: again(state(very(verbs(places))))
