"""Reading the red-flag lexicon of a language, and checking that it says what it must."""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

import tomli

from data.errors import BadContent
from flows.guard import Lexicon, compile_lexicon
from flows.guard.lexicon import Chain

WORDS = "words.txt"  # beside it: common words, one a line, which are never mended

_TABLES = {
    "language": str, "benign": list, "asks": dict, "chains": list, "concepts": dict,
    "context": dict, "words": dict, "spelling": dict, "rules": list, "kept": list,
}  # fmt: skip
_FIELDS = {
    "id": str, "question": str, "tier": str, "all": list, "within": int, "order": bool,
    "topic": bool, "hint": bool, "lasting": bool, "insist": bool, "outright": bool, "unless": list,
    "source": str, "reviewed_by": str, "reviewed_on": str,
}  # fmt: skip
_NEEDED = ("id", "question", "tier", "all", "source", "reviewed_by", "reviewed_on")
_TIERS = ("alert", "ask", "check")  # a rule never merely informs
_CUES = {
    "no", "not", "modal", "pseudo", "unsure", "turn", "stop", "if", "asking", "if_present",
    "if_self", "self_now", "past", "ago", "over", "renewed", "fine", "answered",
    "jest",
}  # fmt: skip
_MAY = {"plain"}  # cues that only a language with a corpus needs
_CLASSES = {
    "self", "subjects", "verbs", "joins", "carriers", "answers", "others", "theirs", "told",
    "present", "onset", "links", "fillers", "or", "and", "reports",
    "speaker", "gives", "small", "narrates",
}  # fmt: skip
DATE = re.compile(r"\d{4}-\d\d-\d\d")
_LONGEST = 10  # words in a term; the window of a rule counts on it
# Most terms are small words with a blank between two; only the others are looked at closely.
_PLAIN = re.compile(rf"[a-z]+~?(?: [a-z]+~?){{,{_LONGEST - 1}}}")

Fault = tuple[str, str]  # the key, and what is wrong with it
Raw = dict[str, Any]


def read_lexicon(path: Path) -> Lexicon:
    """The lexicon in the file *path*, checked and compiled."""
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, ValueError) as error:
        raise BadContent(f"{path}: cannot be read: {error}") from error
    words = path.with_name(WORDS)
    return _compiled(path, text, words.read_bytes() if words.exists() else b"")


@lru_cache(maxsize=4)  # it is most of the work of reading a book again
def _compiled(path: Path, text: str, _: bytes) -> Lexicon:
    """The lexicon that *text* is, with the words beside it, which the last one stands for."""
    try:
        raw = tomli.loads(text)
    except ValueError as error:
        raise BadContent(f"{path}: cannot be read: {error}") from error
    for key, what in faults(raw):
        raise BadContent(f"{path}: {key}: {what}")
    raw["spelling"]["common"] = read_words(path.with_name(WORDS))
    return compile_lexicon(raw)


def read_words(path: Path) -> list[str]:
    """The common words of a language."""
    try:
        words = path.read_text(encoding="utf-8").split()
    except (OSError, ValueError) as error:
        raise BadContent(f"{path}: cannot be read: {error}") from error
    for word in words:
        if not word.isalpha() or word != word.lower():
            raise BadContent(f"{path}: {word}: is not a word in small letters")
    return words


def faults(raw: Raw) -> Iterator[Fault]:
    """Everything that is wrong with the lexicon, the shape first."""
    for check in CHECKS:
        found = list(check(raw))
        yield from found
        if found:
            return


def _shape(raw: Raw) -> Iterator[Fault]:
    yield from _kinds("the file", raw, _TABLES, _TABLES.keys() - {"kept", "chains"})
    for row in raw.get("rules", ()):
        name = f"rules.{row.get('id', '?')}"
        yield from _kinds(name, row, _FIELDS, _NEEDED)


def _kinds(
    name: str, table: Raw, kinds: Mapping[str, type], needed: Iterable[str]
) -> Iterator[Fault]:
    for key, value in table.items():
        if key not in kinds:
            yield name, f"{key} is not known"
        elif type(value) is not kinds[key]:
            yield name, f"{key} must be of type {kinds[key].__name__}"
    yield from ((name, f"{key} is missing") for key in needed if key not in table)


def _strings(raw: Raw) -> Iterator[Fault]:
    """Every term is a string that says something, and is there once."""
    lists = [("benign", raw["benign"])]
    lists += [(f"{t}.{k}", v) for t in ("concepts", "context", "words") for k, v in raw[t].items()]
    for key, terms in lists:
        if not isinstance(terms, list) or not terms:
            yield key, "must be a list with terms in it"
            continue
        for term in terms:
            if not (isinstance(term, str) and _PLAIN.fullmatch(term)):
                yield from ((key, what) for what in _term(term))
        often = Counter(map(str, terms))
        yield from ((key, f"has {term!r} twice") for term, times in often.items() if times > 1)
    for key, ask in raw["asks"].items():
        if not (isinstance(ask, str) and ask.endswith("?")):
            yield f"asks.{key}", "must be a question"


def _term(term: object) -> Iterator[str]:
    if not isinstance(term, str) or not term.strip():
        yield f"{term!r} is not a term"
    elif term != term.lower():
        yield f"{term!r} has capitals"
    elif term.split()[0] in ("*", "**") or term.split()[-1] in ("*", "**"):
        yield f"{term!r} begins or ends with a gap"
    elif sum({"*": 1, "**": 3}.get(part, 1) for part in term.split()) > _LONGEST:
        yield f"{term!r} is longer than {_LONGEST} words"


def _names(raw: Raw) -> Iterator[Fault]:
    """All names that the reader knows are there, and no others."""
    for table, known in (("context", _CUES), ("words", _CLASSES)):
        yield from ((table, f"{name} is missing") for name in known - raw[table].keys())
        yield from ((table, f"{name} is not known") for name in raw[table].keys() - known - _MAY)
    used = {name for row in raw["rules"] for name in (*row["all"], *row.get("unless", ()))}
    yield from (("concepts", f"{name} is in no rule") for name in raw["concepts"].keys() - used)
    yield from (("rules", f"{name} is not a concept") for name in used - raw["concepts"].keys())
    together = {name for row in raw["rules"] if len(row["all"]) > 1 for name in row["all"]}
    for name in sorted(set(raw.get("kept", ())) - together):
        yield "kept", f"{name} is in no rule of two concepts"


def _rules(raw: Raw) -> Iterator[Fault]:
    ids = [row["id"] for row in raw["rules"]]
    for row in raw["rules"]:
        name = f"rules.{row['id']}"
        if ids.count(row["id"]) > 1:
            yield name, "is there twice"
        if row["tier"] not in _TIERS:
            yield name, f"tier must be one of {', '.join(_TIERS)}"
        if not row["all"]:
            yield name, "all must name a concept"
        if (len(row["all"]) > 1) != ("within" in row):
            yield name, "within goes with two concepts or more"
        if row["question"] not in raw["asks"]:
            yield name, f"asks has no {row['question']}"
        if not row["source"] or not DATE.fullmatch(row["reviewed_on"]):
            yield name, "needs a source and a date"
    asked = {row["question"] for row in raw["rules"]}
    yield from (("asks", f"{key} has no rule") for key in raw["asks"].keys() - asked)


def _chains(raw: Raw) -> Iterator[Fault]:
    """A chain asks what can be asked, about what is kept of what was told, if about that."""
    for row in raw.get("chains", ()):
        name = f"chains.{row.get('told', '?')}"
        if set(row) != set(Chain._fields):
            yield name, f"must have {', '.join(Chain._fields)}"
            continue
        if len(row["asks"]) < 2:  # noqa: PLR2004 - one leads on to nothing
            yield name, "asks must name two questions or more"
        yield from ((name, f"{id} is not in asks") for id in row["asks"] if id not in raw["asks"])
        not_kept = {row["told"], row["settled_by"]} - {"", *raw.get("kept", ())}
        yield from ((name, f"{concept} is not kept") for concept in sorted(not_kept))


def _swallowed(raw: Raw) -> Iterator[Fault]:
    """A benign phrase that is itself a term would silence it."""
    for name, terms in raw["concepts"].items():
        for term in set(raw["benign"]) & set(terms):
            yield f"concepts.{name}", f"{term!r} is benign"


def _spelling(raw: Raw) -> Iterator[Fault]:
    spelling = raw["spelling"]
    yield from _kinds("spelling", spelling, {"endings": list, "same": dict}, ("endings", "same"))
    for pair in spelling.get("endings", ()):
        if not (isinstance(pair, list) and [type(part) for part in pair] == [str, str]):
            yield "spelling.endings", f"{pair!r} is not an ending and what it stands for"
    for key, value in spelling.get("same", {}).items():
        if not isinstance(value, str) or not 1 <= len(key.split()) <= 2:  # noqa: PLR2004  as said
            yield f"spelling.same.{key}", "must be one or two words, and a string"


CHECKS: tuple[Callable[[Raw], Iterator[Fault]], ...] = (
    _shape, _strings, _rules, _names, _chains, _swallowed, _spelling,
)  # fmt: skip
