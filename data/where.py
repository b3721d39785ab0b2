"""Finds the line of a content file that a slip is about."""

import re
from pathlib import Path

_SLIP = re.compile(r"(?P<path>.+?\.toml): (?P<key>[\w.]+): (?P<what>.+)", re.DOTALL)


def with_line(slip: str) -> str:
    """*slip*, "file: key: what", with the line that the key stands on, where it is there."""
    parts = _SLIP.fullmatch(slip)
    if parts is None or "(at line" in slip:  # TOML's own slips have it already
        return slip
    try:
        text = Path(parts["path"]).read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        return slip
    line = line_of(text, parts["key"])
    return f"{parts['path']}, line {line}: {parts['key']}: {parts['what']}" if line else slip


def line_of(text: str, key: str) -> int:
    """The line of *key*, as "question.E09.ask" or "steps.2.hold", or of as much as is there.

    0 is none.
    """
    lines, at, found, before = text.splitlines(), 0, 0, ""
    for part in key.split("."):
        if part.isdecimal():  # the first one was found by its name
            sought, times = rf"\[\[{re.escape(before)}\]\]", int(part)
        else:
            name = rf'"?{re.escape(part)}"?'
            sought, times = rf"\[*{name}\]*\s*(=.*)?|\[+\w+\.{name}\]+|id\s*=\s*{name}", 1
        for _ in range(times):
            there = [n for n in range(at, len(lines)) if re.fullmatch(sought, lines[n].strip())]
            if not there:
                return found
            at, found = there[0] + 1, there[0] + 1
        before = part
    return found
