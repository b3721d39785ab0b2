"""`make red-flags`: the clinician's sheet, docs/red-flags.md, from the rules as they are."""

import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from data.library import CONTENT, DEFAULT, read_library
from flows.book import Book

HERE = Path(__file__).parent
TABLES = HERE.parent / "tests/guard"  # the messages that each rule is tested with
_SHOWN = 6  # terms of a concept, and examples of a question
_HEAD = """\
# Red flags in words

Written by `make red-flags` from the rules, the corpus and the tests as they are. **No clinician
has reviewed any of it yet**; `reviewed_by` of every rule is empty until one has.

What is typed is read in three steps. *Rules* look for words that stand close together, and weigh
who, when and whether; they alert or ask. A *learned reader* notices what only sounds like a flag;
it can raise a check, and it can make a question of a hint, an everyday word that alone means
little. What nobody understood is asked about gently, with "It is something new or worrying" first.

`python -m bot explain "TEXT"` says how any text is read, and why.
"""


def sheet() -> Iterator[str]:
    book = read_library().book(DEFAULT)
    raw = tomllib.loads((CONTENT / DEFAULT / "lexicon.toml").read_text(encoding="utf-8"))
    yield _HEAD
    yield from _curve()
    yield from _figures()
    yield "## What each question listens for\n"
    for id in raw["asks"]:
        yield from _question(id, raw, book)
    yield "## What is left alone\n"
    for reason, rows in _table("must_not_fire").items():
        yield f"* {reason.replace('_', ' ')}: {'; '.join(f'“{row}”' for row in rows[:_SHOWN])}"
    yield ""


def _curve() -> Iterator[str]:
    yield "## First sights\n"
    yield "Each set was scored once, before anybody had looked at it; then it joined the corpus.\n"
    yield "| set | group | n | alert | alert or ask | alert, ask or check |"
    yield "| --- | --- | --- | --- | --- | --- |"
    for told in tomllib.loads((HERE / "blind.toml").read_text(encoding="utf-8"))["set"]:
        for group in ("flags", "cauda_equina", "chat", "benign"):
            if group not in told:
                continue
            n, alert, ask, check = (told[group][key] for key in ("n", "alert", "ask", "check"))
            shares = f"{alert:.3f} | {alert + ask:.3f} | {alert + ask + check:.3f}"
            yield f"| {told['name']} | {group.replace('_', ' ')} | {n} | {shares} |"
    yield ""
    for told in tomllib.loads((HERE / "blind.toml").read_text(encoding="utf-8"))["set"]:
        yield f"* {told['name']}: scored with “{told['version']}”"
    yield "\n“chat” is ordinary talk; “benign” are look-alikes, denials and stories.\n"


def _figures() -> Iterator[str]:
    kept = tomllib.loads((CONTENT / DEFAULT / "learned.toml").read_text(encoding="utf-8"))
    yield "## The learned reader\n"
    yield (
        f"Learned from {kept['messages']} messages by {kept['personas']} people; the share of each "
        "group that it checks when it has learned nothing of the writer (cross-validated by "
        "persona):\n"
    )
    yield "| group | checked |"
    yield "| --- | --- |"
    yield from (f"| {group} | {share:.3f} |" for group, share in kept["checked"].items())
    yield "\nRules and reader together; the rules know these messages, the reader does not:\n"
    yield "| what | share |"
    yield "| --- | --- |"
    yield from (
        f"| {what.replace('_', ' ')} | {share:.3f} |" for what, share in kept["whole"].items()
    )
    yield ""


def _question(id: str, raw: dict[str, Any], book: Book) -> Iterator[str]:
    question = book.questions[id]
    yield f"### {id}: {question.label} ({question.disposition.name.lower()})\n"
    yield f"Asks back: “{raw['asks'][id]}”\n"
    yield "| rule | tier | hears | source | reviewed by |"
    yield "| --- | --- | --- | --- | --- |"
    for rule in raw["rules"]:
        if rule["question"] == id:
            hears = " **and** ".join(_terms(raw["concepts"][name]) for name in rule["all"])
            tier = "ask, as a hint" if rule.get("hint") else rule["tier"]
            reviewer = rule["reviewed_by"] or "nobody yet"
            yield f"| {rule['id']} | {tier} | {hears} | {rule['source']} | {reviewer} |"
    yield ""
    for name, means in (("must_fire", "Alerts"), ("ask", "Asks")):
        rows = _table(name).get(id, [])
        if rows:
            yield f"{means}: {'; '.join(f'“{row}”' for row in rows[:_SHOWN])}\n"


def _table(name: str) -> dict[str, list[str]]:
    return tomllib.loads((TABLES / f"{name}.toml").read_text(encoding="utf-8"))


def _terms(terms: list[str]) -> str:
    more = f" and {len(terms) - _SHOWN} more" if len(terms) > _SHOWN else ""
    return ", ".join(term.replace("*", "\\*") for term in terms[:_SHOWN]) + more


if __name__ == "__main__":
    sys.stdout.write("\n".join(sheet()))
