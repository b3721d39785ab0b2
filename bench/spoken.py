"""The words of the book in a file, for a plain bot whose environment cannot read our rooms."""

import json
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from enum import Enum
from pathlib import Path

from data.library import read_library

_PARTS = (
    "texts", "labels", "notices", "screening", "checklists", "questions", "conditions", "regions",
    "countries", "areas", "tools", "positions", "techniques",
)  # fmt: skip


def write_words(folder: Path) -> Path:
    """Where they stand then."""
    book = read_library().book("en")
    parts = {name: getattr(book, name) for name in _PARTS}
    file = folder / "words.json"
    file.write_text(json.dumps(_data(parts | {"keep_days": book.reminding.keep_days})))
    return file


def _data(value: object) -> object:
    """*value* in nothing but what JSON has."""
    if isinstance(value, Enum):
        return value.name.lower()
    if isinstance(value, Mapping):
        return {str(key): _data(one) for key, one in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [_data(one) for one in value]
    if is_dataclass(value):
        return {one.name: _data(getattr(value, one.name)) for one in fields(value)}
    return value
