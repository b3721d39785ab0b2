"""Reads what reminders need to know: the clocks of the cities, and the words for times."""

from pathlib import Path
from typing import Any, Protocol

from pydantic import TypeAdapter, ValidationError

from data.errors import BadContent
from flows.reminders.cities import Clock
from flows.reminders.tokens import Meaning, vocabulary
from flows.reminders.zones import IDS


class File(Protocol):
    """A content file as plain data, and where it is."""

    path: Path

    def __getitem__(self, key: str, /) -> Any: ...  # noqa: ANN401 - what TOML can hold


_CLOCKS = TypeAdapter(tuple[Clock, ...])
_WORDS = TypeAdapter(dict[str, tuple[str, ...]])


def read_clocks(file: File) -> tuple[Clock, ...]:
    """The clocks of *file*.  Raises BadContent for the first that is wrong."""
    try:
        found = _CLOCKS.validate_python(file["clocks"])
    except ValidationError as error:
        raise BadContent(f"{file.path}: clocks: {error.errors()[0]['msg']}") from error
    for clock in found:
        if clock.zone not in IDS or not clock.cities:
            what = f"{clock.zone} is not a zone, or has no city"
            raise BadContent(f"{file.path}: clocks: {clock.country}: {what}")
    return found


def meaning(file: File) -> Meaning:
    """What the words of *file* mean; none may mean two things."""
    words = dict(file["words"])
    try:
        times = _WORDS.validate_python(words.pop("times", {}))
        plain = _WORDS.validate_python(words)
    except ValidationError as error:
        raise BadContent(f"{file.path}: words: {error.errors()[0]['msg']}") from error
    said = [word for group in (*plain.values(), *times.values()) for word in group]
    for word in said:
        if said.count(word) > 1 or not word.isalpha() or word != word.lower():
            raise BadContent(f"{file.path}: words: {word}: stands twice, or is no small word")
    return vocabulary(plain, times)
