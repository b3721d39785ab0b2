"""Reads when somebody wants to be reminded, as they type it: "every other day at 8", "19h".

The words are content, how they go together stands in `grammar`.  Every word must fit into it:
half a sentence understood is a reminder at the wrong time.
"""

import math
import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from flows.reminders.grammar import GRAMMAR, LONGEST_PAUSE, NOON, OFF, Parts
from flows.reminders.rule import WEEK, Rule

LISTS = ("weekdays", "without", "leave")  # parts of a wish of which more than one can be said
# Kinds that say nothing at the beginning: "can you change it to", "only mondays".
AT_FIRST = ("ask", "put", "only", "write")
AT_LAST = ("instead", "only", "slip")
# Kinds that say nothing beside one that stands before, or behind: "stop texting", "do not".
AFTER = {"write": OFF}
BEFORE = {"help": ("never", "quiet"), "this": ("clock",)}
EXACT = ("half", "in", "night")  # kinds that say which half of the day is meant
SINGLE = ("day", "weekday", "each")  # kinds that are days of which several can be left out
FOR_GOOD = ("put", "instead")  # kinds that speak of more than of today

_CLOCK = r"(?:[01]?\d|2[0-3])(?:[:.][0-5]\d|h[0-5]\d)"
_TOKEN = re.compile(rf"{_CLOCK}(?!\d)|\d+|[^\W\d_]+")
_FIRST = re.compile(r"\W*(\w+)\s*[,.;:!\u2013-]+\s*(?=\w)")


@dataclass(frozen=True, slots=True)
class Wish:
    """What was said, as far as it was said.  Days are counted from today."""

    minute: int | None = None  # of the day
    every: int = 0  # days
    weekdays: tuple[int, ...] = ()
    start: int | None = None  # not on a day before this one
    pause: int | None = None  # nothing before this day
    without: tuple[int, ...] = ()  # weekdays that are left out from now on
    half: int = -1  # of the day, for the time that was agreed: 0 before noon, 12 after it
    leave: tuple[int, ...] = ()  # these days are left out
    wait: int = 0  # minutes from now, for the reminder that has just come
    quiet: tuple[int, int] | None = None  # quiet hours, as a rule has them


@dataclass(frozen=True, slots=True)
class Token:
    kind: str  # "number", "clock", or what a word of the content means: "every", "weekday"
    value: int = 0


Meaning = Mapping[str, Token]


def vocabulary(words: Mapping[str, Iterable[str]], times: Mapping[str, Iterable[str]]) -> Meaning:
    """What each word means: *words* by meaning, as "weekday 0" or "every", *times* by clock."""
    known: dict[str, Token] = {}
    for meaning, said in words.items():
        kind, _, value = meaning.partition(" ")
        known |= {word: Token(kind, int(value or 0)) for word in said}
    for shown, said in times.items():
        hours, minutes = shown.split(":")
        known |= {word: Token("clock", int(hours) * 60 + int(minutes)) for word in said}
    return known


def wish(said: str, known: Meaning, weekday: int) -> Wish | None:
    """What *said* asks for on a *weekday* (Monday is 0); None when it is anything else."""
    tokens = spread_out(tokens_of(said, known))
    is_bare = len(said.split()) == 1 or "slip" in kinds_of(said, known)
    found, at = Wish(), 0
    while at < len(tokens):
        size, parts = match(tokens[at:], weekday, alone=len(tokens) == 1, bare=is_bare)
        if not size:
            return None
        for name, value in parts.items():
            listed = name in LISTS
            if not listed and getattr(found, name) != getattr(Wish(), name):
                return None  # said twice
            both = {*getattr(found, name), *value} if listed else value  # type: ignore[misc]
            parts[name] = tuple(sorted(both)) if isinstance(both, set) else value
        found = replace(found, **parts)  # type: ignore[arg-type]
        at += size
    return found if makes_sense(found) else None


def span(said: str, known: Meaning) -> int:
    """The days that *said* is, where it is asked for how many: "3", "10 days", "a week"; else 0."""
    tokens = tokens_of(said, known)
    kinds = tuple(token.kind for token in tokens)
    if kinds not in (("number",), ("unit",), ("number", "unit"), ("count", "unit")):
        return 0
    days = math.prod(token.value for token in tokens)
    return days if days <= LONGEST_PAUSE else 0


def without_slip(tokens: list[Token]) -> list[Token]:
    """*tokens* behind a "no wait", which takes back what was said before; "can't wait" does not."""
    before = next((n for n, token in enumerate(tokens) if token.kind not in ("no", "slip")), 0)
    slips = [n for n, token in enumerate(tokens[:before]) if token.kind == "slip"]
    return tokens[slips[-1] + 1 :] if slips else tokens


def spread_out(tokens: list[Token]) -> list[Token]:
    """*tokens* with what leaves out the first of several days before each of them."""
    out: list[Token] = []
    for token in tokens:
        if token.kind in SINGLE and len(out) > 1 and out[-1].kind in SINGLE:
            off = out[-2]
            out += [off] if off.kind in OFF else []
        out.append(token)
    return out


def makes_sense(found: Wish) -> bool:
    on_days = [bool(found.every), bool(found.weekdays), bool(found.without)]
    timed = found.minute is not None or found.half >= 0 or found.start is not None
    plans = timed or any(on_days)
    kinds = [plans, found.pause is not None, bool(found.leave), found.wait > 0]
    return sum(kinds) == 1 and sum(on_days) <= 1


def tokens_of(said: str, known: Meaning) -> list[Token]:
    """What the words of *said* mean, without those that say nothing where they stand."""
    folded = unicodedata.normalize("NFKC", said).lower().replace("\u2019", "'").replace("'", "")
    first = _FIRST.match(folded)
    if first and known.get(first[1], Token("")).kind == "no":  # "no, mondays"
        folded = folded[first.end() :]
    tokens = [token for token in read(folded, known) if token.kind != "filler"]
    tokens = [Token("never") if token.kind == "no" else token for token in without_slip(tokens)]
    while tokens and tokens[0].kind in AT_FIRST:
        tokens = tokens[1:]
    while tokens and tokens[-1].kind in AT_LAST:
        tokens = tokens[:-1]
    around = zip([Token(""), *tokens], tokens, [*tokens[1:], Token("")], strict=False)
    return [token for before, token, behind in around if not says_nothing(before, token, behind)]


def says_nothing(before: Token, token: Token, behind: Token) -> bool:
    """Whether *token* says nothing where it stands, as "text" in "don't text"."""
    return before.kind in AFTER.get(token.kind, ()) or behind.kind in BEFORE.get(token.kind, ())


def kinds_of(said: str, known: Meaning) -> frozenset[str]:
    """The kinds of all words of *said*, those among them that say nothing where they stand."""
    return frozenset(token.kind for token in read(said.lower(), known))


def read(folded: str, known: Meaning) -> Iterable[Token]:
    for word in _TOKEN.findall(folded):
        if word.isdecimal():
            yield Token("number", int(word[:6]))
        elif word[0].isdecimal():
            hours, minutes = re.split("[:.h]", word)
            yield Token("clock", int(hours) * 60 + int(minutes))
        else:
            yield known.get(word, Token("unknown"))


def match(tokens: list[Token], weekday: int, *, alone: bool, bare: bool) -> tuple[int, Parts]:
    """How many of *tokens* the first fitting line of the grammar takes, and what they say.

    A number is a time only if it stands *alone*, and a mere "pm" is one only if it is *bare*, too.
    """
    for kinds, use in GRAMMAR:
        size = len(kinds)
        if tuple(token.kind for token in tokens[:size]) != kinds:
            continue
        if (kinds == ("number",) and not alone) or (kinds == ("half",) and not (alone and bare)):
            continue
        parts = use([*(token.value for token in tokens[:size]), weekday])
        if parts:
            return size, parts
    return 0, {}


def agreed(rule: Rule, said: Wish, today: int) -> Rule:
    """*rule* as *said*, which asks for no pause, changes it today; what was not said stays."""
    start = today + (said.start or 0)
    since = start if said.start is not None else max(start, rule.since)
    skipped = tuple(day for day in rule.skipped if said.start is None or day != start)
    rule = rule.but(on=True, skipped=skipped, since=since)
    if said.minute is not None:
        rule = rule.but(minute=said.minute)
    if said.half >= 0:
        rule = rule.but(minute=rule.minute % (NOON * 60) + said.half * 60)
    if said.weekdays:
        return rule.but(weekdays=said.weekdays)
    if said.without:
        return rule.but(weekdays=without(rule, said.without))
    if said.every:
        return rule.but(every=said.every, weekdays=(), anchor=start)
    return rule.but(anchor=start) if said.start is not None else rule


def without(rule: Rule, left_out: tuple[int, ...]) -> tuple[int, ...]:
    """The weekdays of *rule* but for those *left_out*, no denser than before; none if none is left.

    Days that lie more than a week apart can not be said as weekdays.
    """
    if rule.weekdays:
        return tuple(day for day in rule.weekdays if day not in left_out)
    if rule.every > WEEK:
        return ()
    days = [day for day in range(WEEK) if day not in left_out]
    now = (rule.anchor - 1) % WEEK
    ways = [spread(days, first, rule.every) for first in days]
    return max(ways, key=lambda way: (len(way), now in way), default=())


def spread(days: Sequence[int], first: int, apart: int) -> tuple[int, ...]:
    """Those of *days* from *first* on that lie so many days *apart*, or more, over weeks, too."""
    picked = [first]
    for day in days:
        if day >= picked[-1] + apart and day + apart <= first + WEEK:
            picked.append(day)
    return tuple(picked)
