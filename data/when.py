"""Reads what reminders need to know: the clocks of the cities, and the words for times."""

from pathlib import Path
from typing import Any

from pydantic import TypeAdapter, ValidationError

from data.errors import BadContent
from flows.reminders.cities import Clock
from flows.reminders.words import Meaning, vocabulary
from flows.reminders.zones import IDS

Raw = dict[str, Any]
_CLOCKS = TypeAdapter(tuple[Clock, ...])
_WORDS = TypeAdapter(dict[str, tuple[str, ...]])


def clocks(raw: Raw, path: Path) -> tuple[Clock, ...]:
    """The clocks of *raw*, the file *path*."""
    try:
        found = _CLOCKS.validate_python(raw["clocks"])
    except ValidationError as error:
        raise BadContent(f"{path}: clocks: {error.errors()[0]['msg']}") from error
    for clock in found:
        if clock.zone not in IDS or not clock.cities:
            raise BadContent(f"{path}: clocks: {clock.country}: {clock.zone} is no zone, or empty")
    return found


def meaning(raw: Raw, path: Path) -> Meaning:
    """What the words of *raw*, the file *path*, mean; none may mean two things."""
    words = dict(raw["words"])
    try:
        times = _WORDS.validate_python(words.pop("times", {}))
        plain = _WORDS.validate_python(words)
    except ValidationError as error:
        raise BadContent(f"{path}: words: {error.errors()[0]['msg']}") from error
    said = [word for group in (*plain.values(), *times.values()) for word in group]
    for word in said:
        if said.count(word) > 1 or not word.isalpha() or word != word.lower():
            raise BadContent(f"{path}: words: {word}: stands twice, or is not one small word")
    return vocabulary(plain, times)
