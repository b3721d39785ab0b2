"""What the words of which somebody says when to be reminded mean, one by one."""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import dropwhile, groupby

from flows.reminders.grammar import EXCEPT, OFF
from flows.reminders.rule import AN_HOUR, WEEK

# Kinds that say nothing at the beginning: "can you change it to", "only mondays".
AT_FIRST = ("ask", "put", "delay", "only", "write")
AT_LAST = ("instead", "only", "slip")
# Kinds that say nothing beside one that stands before, or behind: "stop texting", "do not".
AFTER = {"write": OFF, "never": ("except",)}
BEFORE = {"help": ("never", "quiet")}
EXACT = ("half", "in", "night", "tonight")  # kinds that say which half of the day is meant
WEEKDAYS = ("weekday", "each")
TIMES = ("number", "clock", "half", "hour")
BEGINNING = ("", "ask", "slip")  # before the first word that says something, or a new attempt
SLIPS = ("no", "slip")
SINGLE = ("day", *WEEKDAYS)  # kinds that are days of which several can be left out
FOR_GOOD = ("put", "instead")  # kinds that speak of more than of today

_CLOCK = r"(?:[01]?\d|2[0-3])(?:[:.][0-5]\d|h[0-5]\d)"
_DASH = r"(?<=[^\W\d_])\s*[-\u2013]\s*(?=[^\W\d_])"  # "mon-fri" is "mon to fri"
_TOKEN = re.compile(rf"{_CLOCK}(?!\d)|\d+|[^\W\d_]+|{_DASH}")
_AS_ONE = tuple(
    (re.compile(several), one)
    for several, one in (
        (r"\bi am\b", "im"),  # no morning
        (r"\bto me\b", "me"),  # no range
        (r"\bput (?:it |this |that )?off\b", "postpone"),
        (r"\b(?:the )?day after tomorrow\b", "overmorrow"),
        (r"(?<![a-z])([ap])\.\s?m\b\.?", r"\1m"),  # "8 p.m."
    )
)
_RAISED = re.compile("[\u00b2\u00b3\u00b9\u2070-\u2099]")  # "\u00b2" is no "2", and no time
_FIRST = re.compile(r"\W*(\w+)\s*[,.;:!\u2013-]+\s*(?=\w)")


@dataclass(frozen=True, slots=True)
class Token:
    kind: str  # "number", "clock", or what a word of the content means: "every", "weekday"
    value: int = 0
    is_exact: bool = False  # a word for a time, which is never 12 hours later: "noon"


Meaning = Mapping[str, Token]


def vocabulary(words: Mapping[str, Iterable[str]], times: Mapping[str, Iterable[str]]) -> Meaning:
    """What each word means: *words* by meaning, as "weekday 0" or "every", *times* by clock."""
    known: dict[str, Token] = {}
    for meaning, said in words.items():
        kind, _, value = meaning.partition(" ")
        known |= {word: Token(kind, int(value or 0)) for word in said}
    for shown, said in times.items():
        hours, minutes = shown.split(":")
        time = Token("clock", int(hours) * AN_HOUR + int(minutes), is_exact=True)
        known |= dict.fromkeys(said, time)
    return known


def tokens_of(said: str, known: Meaning) -> list[Token]:
    """What the words of *said* mean, without those that say nothing where they stand."""
    folded = fold(said)
    first = _FIRST.match(folded)
    if first and known.get(first[1], Token("")).kind == "no":  # "no, mondays"
        folded = folded[first.end() :]
    said_something = [token for token in read(folded, known) if token.kind != "filler"]
    tokens = ranged(moved(on_this_day(said_something)))
    tokens = [Token("never") if token.kind == "no" else token for token in without_slip(tokens)]
    tokens = without_first(tokens)
    while tokens and tokens[-1].kind in AT_LAST:
        tokens = tokens[:-1]
    around = zip([Token(""), *tokens], tokens, [*tokens[1:], Token("")], strict=False)
    return [token for before, token, behind in around if not says_nothing(before, token, behind)]


def moved(tokens: list[Token]) -> list[Token]:
    """*tokens* with what changes where something is moved to: "move it to 8", not "can I move"."""
    behind = [*tokens[1:], Token("")]
    return [
        Token("put") if (token.kind, after.kind) == ("move", "to") else token
        for token, after in zip(tokens, behind, strict=False)
    ]


def fold(said: str) -> str:
    """*said* in small letters, with one word for what is said in several."""
    said = _RAISED.sub("xx", said)  # no word: "x" is "times"
    folded = unicodedata.normalize("NFKC", said).lower().replace("\u2019", "'").replace("'", "")
    for several, one in _AS_ONE:
        folded = several.sub(one, folded)
    return folded


def on_this_day(tokens: list[Token]) -> list[Token]:
    """*tokens* with a day and a time for "tonight" and "this evening", before a time or behind."""
    out: list[Token] = []
    for token in tokens:
        this_time = token.kind == "clock" and out[-1:] == [Token("this")]
        if not this_time and token.kind != "tonight":
            out.append(token)
            continue
        out = out[:-1] if this_time else out
        time, day = Token("clock", token.value, is_exact=True), Token("day")
        match out[-1].kind if out else "":
            case "half":  # "8 pm tonight"
                out.append(day)
            case "number" | "count" | "clock" | "hour":  # "8 this evening"
                out += [Token("in"), time, day]
            case _:
                out += [day, time]
    return out


def without_first(tokens: list[Token]) -> list[Token]:
    """*tokens* without those that say nothing at the beginning."""
    return list(dropwhile(lambda token: token.kind in AT_FIRST, tokens))


def split_at(kinds: tuple[str, ...], tokens: list[Token]) -> list[list[Token]]:
    """*tokens* in parts, between those of *kinds*."""
    parts: list[list[Token]] = [[]]
    for token in tokens:
        if token.kind in kinds:
            parts.append([])
        else:
            parts[-1].append(token)
    return parts


def says_nothing(before: Token, token: Token, behind: Token) -> bool:
    """Whether *token* says nothing where it stands, as "text" in "don't text"."""
    return before.kind in AFTER.get(token.kind, ()) or behind.kind in BEFORE.get(token.kind, ())


def kinds_of(said: str, known: Meaning) -> frozenset[str]:
    """The kinds of all words of *said*, those among them that say nothing where they stand."""
    return frozenset(token.kind for token in read(fold(said), known))


def read(folded: str, known: Meaning) -> Iterable[Token]:
    for word in _TOKEN.findall(folded):
        if word.isdecimal():
            yield Token("number", int(word[:6]))
        elif word[0].isdecimal():
            hours, minutes = re.split("[:.h]", word)
            yield Token("clock", int(hours) * AN_HOUR + int(minutes))
        elif word[0].isalpha():
            yield known.get(word, Token("unknown"))
        else:
            yield Token("to")


def ranged(tokens: list[Token]) -> list[Token]:
    """*tokens* with one for each range of days, and no "to" that says nothing.

    What "change monday to friday" means nobody can tell.
    """
    out: list[Token] = []
    while tokens:
        before = [token.kind for token in out[-2:]]
        if not is_range(tokens) or (before[-1:] == ["to"] and before[0] in WEEKDAYS):
            out, tokens = [*out, tokens[0]], tokens[1:]
            continue
        out = out[:-1] if before[-1:] == ["from"] else out
        is_vague = before[-1:] == ["put"] or before == ["put", "from"]
        found = Token("unknown") if is_vague else range_of(tokens[0], tokens[2])
        out, tokens = [*out, found], tokens[3:]
    around = zip([Token(""), *out], out, [*out[1:], Token("")], strict=False)
    return [token for before_it, token, behind in around if not is_idle(before_it, token, behind)]


def is_idle(before: Token, token: Token, behind: Token) -> bool:
    """Whether *token* is a "to" that says nothing: "change to", "10 pm to 7", "mon-wed-fri".

    Any other stays, so that "skip to friday" is not taken for "skip friday".
    """
    if token.kind != "to":
        return False
    if before.kind in BEGINNING:  # but "to friday" may be until then
        return behind.kind not in ("day", "weekday")
    alike = any({before.kind, behind.kind} <= set(kinds) for kinds in (WEEKDAYS, TIMES))
    return before.kind in ("put", "delay") or alike


def is_range(tokens: list[Token]) -> bool:
    """Whether *tokens* begin with a range: "monday to friday", and not "mon-wed-fri"."""
    kinds = (token.kind for token in tokens[:4])
    first, joint, last, behind = [*kinds, "", "", ""][:4]
    joints = ("to",) if first == "day" else ("to", "until")
    return first in SINGLE and joint in joints and last in WEEKDAYS and behind != "to"


def range_of(first: Token, last: Token) -> Token:
    """A range of weekdays; or a stretch of days, if it begins with a day such as "tomorrow"."""
    kind = "stretch" if first.kind == "day" else "range"
    return Token(kind, first.value * WEEK + last.value)


def without_slip(tokens: list[Token]) -> list[Token]:
    """*tokens* behind a "no wait"; one in the middle is a single slip: "at 8, no wait, 9"."""
    out: list[Token] = []
    for is_slip, some in groupby(tokens, lambda token: token.kind in SLIPS):
        group = list(some)
        if is_slip and any(token.kind == "slip" for token in group):
            after = group[max(n for n, token in enumerate(group) if token.kind == "slip") + 1 :]
            group = after if not out else [Token("slip")]
        out += group
    return out


def spread_out(tokens: list[Token]) -> list[Token]:
    """*tokens* with what leaves out the first of several days before each of them."""
    out: list[Token] = []
    for token in tokens:
        if token.kind in SINGLE and len(out) > 1 and out[-1].kind in SINGLE:
            off = out[-2]
            out += [off] if off.kind in EXCEPT else []
        out.append(token)
    return out
