"""How a text is read: `python -m bot explain`.  Nothing is kept and nothing is sent."""

import json
from collections.abc import Iterator
from pathlib import Path

from data.learned import read_guard
from flows.guard import Hit, Lexicon, Reading, Tier, read

DRAFT = "(A draft: rules alone, tried by hardly anybody. Do not rely on it; see docs/languages.md.)"
HEAD = ("tier", "question", "rule", "because you wrote", "lowered by")
_SAID = {
    Tier.ALERT: "a red flag, said outright",
    Tier.ASK: "perhaps a red flag; I would ask about it",
    Tier.CHECK: "perhaps something new or worrying; I would check",
    Tier.INFO: "about a red flag, but not about you now",
    Tier.NONE: "nothing to worry about",
}


class NoGuard(Exception):
    """There is no lexicon in this language."""


def guard(content: Path, language: str) -> Lexicon:
    """What listens in *language*."""
    known = sorted(path.parent.name for path in content.glob("*/lexicon.toml"))
    if language not in known:
        raise NoGuard(f"no lexicon for {language!r}; there is one for: {', '.join(known)}")
    return read_guard(content / language)


def explained(text: str, lexicon: Lexicon, *, as_json: bool) -> Iterator[str]:
    """The lines that say how *text* is read."""
    reading = read(text, lexicon)
    if as_json:
        yield json.dumps(plain(reading), ensure_ascii=False)
    else:
        yield from _table(reading)
        yield _sentence(reading)
        yield from [] if lexicon.learned else [DRAFT]


def plain(reading: Reading) -> dict[str, object]:
    """*reading* as plain data."""
    return {
        "tier": reading.tier.name.lower(),
        "flags": [
            {
                "id": hit.question,
                "tier": hit.tier.name.lower(),
                "rule": hit.rule,
                "evidence": list(hit.evidence),
                "cue": hit.cue,
            }
            for hit in reading.hits
        ],
    }


def _table(reading: Reading) -> Iterator[str]:
    rows = [HEAD, *(_row(hit) for hit in reading.hits)]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for row in rows if reading.hits else ():
        cells = (cell.ljust(width) for cell, width in zip(row, widths, strict=True))
        yield "  ".join(cells).rstrip()
    for wrong, right in reading.mends:
        yield f"({wrong} is read as {right})"


def _row(hit: Hit) -> tuple[str, ...]:
    return (hit.tier.name.lower(), hit.question, hit.rule, " + ".join(hit.evidence), hit.cue)


def _sentence(reading: Reading) -> str:
    said = f"I read this as {_SAID[reading.tier]}"
    if not reading.hits:
        return f"{said}."
    hit = reading.hits[0]
    if hit.tier is Tier.CHECK:
        return f"{said}, because it sounds like what people write about: {hit.evidence[0]}."
    why = ", ".join(f"“{words}”" for words in hit.evidence)
    return f"{said}, because you wrote {why}{f' ({hit.cue})' if hit.cue else ''}."
