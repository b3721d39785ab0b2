"""`python -m bot.schema`: draws docs/export.schema.json, the shape of what /export gives.

The tables say which columns there are, the dataclasses which fields; what stands behind a # beside
a field is what it means.
"""

import inspect
import json
import re
import typing
from collections.abc import Iterator
from dataclasses import dataclass, fields, is_dataclass
from enum import Enum
from types import UnionType
from typing import Any, get_args, get_origin

from sqlalchemy import Boolean, Table, Text

from bot.export import FORMAT
from data.tables import metadata
from flows import Chat, Record

Json = dict[str, Any]

_FIELD = re.compile(r"    (\w+): [^#]*(?:#\s*(.*))?$")
_SIMPLE = {str: "string", int: "integer", bool: "boolean"}
_ABOUT = (
    "Times are whole seconds since 1970, UTC, unless a field says otherwise; 0 is never. "
    "Ids are those of the content: E, U, C and G are questions, K are conditions."
)
# What a table is for.  A table without a line here can not be drawn.
_TABLES = {
    "chats": "The conversation as it stands: one row",
    "alarms": "What the clock will say",
    "page_clocks": "The clock of a chat in a browser, if it was moved, in seconds",
    "log": "What was noted, a line each",
    "heard": "What was heard of late, by id, so that nothing is heard twice; kept for two days",
    "parked": "What met a fault of the bot: the kind of fault, never the words",
}


@dataclass(frozen=True, slots=True)
class _Opened:
    notice: str  # what is said above the next screen
    chat: Chat


_SEALED: dict[str, type] = {"chats": _Opened, "log": Record}


def schema() -> Json:
    """The schema, as JSON Schema 2020-12."""
    names: dict[str, Json] = {}
    tables = {
        table.name: rows_of(table, names)
        for table in metadata.sorted_tables
        if "chat_id" in table.c
    }
    whole = {
        "format": {"const": FORMAT},
        "made_at": {"type": "integer", "description": "When the newest turn in it was taken"},
        "tables": closed(tables),
    }
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": f"Everything the bot keeps about one chat, format {FORMAT}",
        "description": _ABOUT,
        **closed(whole),
        "$defs": names,
    }


def closed(properties: Json) -> Json:
    """An object with all of these, and nothing else."""
    return {
        "type": "object",
        "additionalProperties": False,
        "required": list(properties),
        "properties": properties,
    }


def rows_of(table: Table, names: dict[str, Json]) -> Json:
    columns: Json = {}
    for column in table.columns:
        kind = "boolean" if isinstance(column.type, Boolean) else "integer"
        kind = "string" if isinstance(column.type, Text) else kind
        columns[column.name] = {"type": [kind, "null"] if column.nullable else kind}
        if column.name == "body":
            columns["body"] = shape(_SEALED[table.name], names)
    return {"type": "array", "description": _TABLES[table.name], "items": closed(columns)}


def shape(kind: Any, names: dict[str, Json]) -> Json:  # noqa: ANN401 - any type of a field
    """What a value of *kind* looks like; what has fields goes into *names*, and is referred to."""
    if kind in _SIMPLE:
        return {"type": _SIMPLE[kind]}
    if isinstance(kind, UnionType):
        return {"anyOf": [shape(one, names) for one in get_args(kind)]}
    if kind is type(None):
        return {"type": "null"}
    if get_origin(kind) is tuple:
        return {"type": "array", "items": shape(get_args(kind)[0], names)}
    if issubclass(kind, Enum):
        return {"enum": [one.name for one in kind]}
    assert is_dataclass(kind), f"what is a {kind}?"
    assert isinstance(kind, type), "a class, and no value"
    name = kind.__name__.lower().strip("_")
    if name not in names:
        names[name] = {}  # its place, in order
        names[name] = closed(dict(described(kind, names)))
    return {"$ref": f"#/$defs/{name}"}


def described(kind: type, names: dict[str, Json]) -> Iterator[tuple[str, Json]]:
    """The fields of a dataclass, with what is said beside them."""
    lines = map(_FIELD.match, inspect.getsource(kind).splitlines())
    said = {line[1]: line[2] for line in lines if line and line[2]}
    types = typing.get_type_hints(kind)
    for field in fields(kind):
        about = {"description": said[field.name]} if field.name in said else {}
        yield field.name, about | shape(types[field.name], names)


if __name__ == "__main__":
    print(json.dumps(schema(), indent=1, ensure_ascii=False))  # noqa: T201 - into a file
