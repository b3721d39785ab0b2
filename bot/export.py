"""Everything that is kept about one person, for themselves: what /export is made of.

`docs/export.md` says what is in it, `docs/export.schema.json` the shape of its JSON.
"""

from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass
from datetime import UTC, datetime
from enum import Enum
from typing import Any

from data.transaction import Row, Transaction
from flows import Chat, Made, Material, Record
from flows.book import Book
from flows.reminders.rule import Rule

FORMAT = 1  # of the JSON; a change that a reader must know of counts it up
MAKER = "printing.export:zipped"

# Moments whose names do not end in `_at`.  In a rule all numbers are days and minutes.
MOMENTS = ("now", "since", "after", "last", "kept_until", "snoozed", "nudge")


def gather(transaction: Transaction, row: Row, _: Made, book: Book) -> Material:
    """What the zip is made of, and how many lines of the log are in it."""
    tables = transaction.everything(row.chat_id)
    value = whole(tables, row.chat.now, book)
    return Material(value, book.texts["export.words"].format(lines=len(tables["log"])))


def whole(tables: Mapping[str, list[dict[str, Any]]], at: int, book: Book) -> dict[str, Any]:
    """What the maker needs: the JSON as plain data, and the page in parts."""
    words = {
        key.removeprefix("export."): said
        for key, said in book.texts.items()
        if key.startswith("export.")
    }
    return {
        "language": book.language,
        "words": words,
        "made_at": moment(at),
        "now": [*now(tables["chats"], words, book)],
        "log": [entry(line, words, book) for line in tables["log"]],
        "to_come": [
            [moment(alarm["due_at"]), words.get(f"to_come.{alarm['kind']}", alarm["kind"])]
            for alarm in tables["alarms"]
        ],
        "json": {"format": FORMAT, "made_at": at, "tables": plain(named(tables))},
    }


# In words


def now(chats: list[dict[str, Any]], words: Mapping[str, str], book: Book) -> Iterator[list[str]]:
    """What is known of the person now: what it is, and what it says."""
    for columns in chats:
        chat: Chat = columns["body"][1]
        for field in fields(chat):
            value = getattr(chat, field.name)
            if field.name in NAMED and value != getattr(Chat(), field.name):
                yield [words[f"now.{field.name}"], said(field.name, value, book)]


NAMED = (
    "state", "language", "country", "lock", "screened_at", "cautions", "conditions", "agreed",
    "places", "softened", "pain", "rating", "plan", "reminder", "now",
)  # fmt: skip


def entry(line: dict[str, Any], words: Mapping[str, str], book: Book) -> list[str]:
    """A line of the log: when, what, about what, where it led, and the pain."""
    record: Record = line["body"]
    pain = "" if record.rating is None else str(record.rating)
    about = ", ".join(told_of(word, book) for word in record.about.split())
    what = words.get(f"log.{record.what}", record.what)
    came_to = record.disposition.lower().replace("_", " ")
    return [moment(line["at"]), what, about, came_to, pain]


def told_of(word: str, book: Book) -> str:
    """What a word of the log is about: a name; or a question, and what was answered to it."""
    id, is_answer, given = word.partition("=")
    if not is_answer:
        return name_of(word, book)
    return f"{name_of(id, book)}: {', '.join(name_of(one, book) for one in given.split(','))}"


def said(name: str, value: object, book: Book) -> str:
    """The value of a field as a person reads it."""
    if is_dataclass(value) and not isinstance(value, type):
        kept = ((field.name, getattr(value, field.name)) for field in fields(value))
        within = MOMENTS if not isinstance(value, Rule) else ()
        return "; ".join(
            f"{key.replace('_', ' ')}: {_one(key, one, within, book)}" for key, one in kept
        )
    return _one(name, value, MOMENTS, book)


def _one(name: str, value: object, times: tuple[str, ...], book: Book) -> str:
    if isinstance(value, int) and value > 0 and (name.endswith("_at") or name in times):
        return moment(value)
    if isinstance(value, tuple):
        return ", ".join(_one("", one, (), book) for one in value) or "-"
    if isinstance(value, Enum):
        return value.name.lower().replace("_", " ")
    if is_dataclass(value):
        return said(name, value, book)
    return name_of(value, book) if isinstance(value, str) else str(value)


def name_of(id: str, book: Book) -> str:
    """The name of what has this id, with the id; the id alone where it is not known any more."""
    id, _, part = id.partition(":")
    for things in (book.questions, book.conditions, book.places):
        if id in things:
            return f"{things[id].label} ({id})" + (f": {name_of(part, book)}" if part else "")
    if id in book.techniques:
        return book.techniques[id].name
    if id in book.countries:
        return book.countries[id].name
    for names in (book.areas, book.tools, book.languages):
        if id in names:
            return names[id]
    return f"{id}:{part}" if part else id or "-"


def moment(at: int) -> str:
    return datetime.fromtimestamp(at, UTC).strftime("%Y-%m-%d %H:%M UTC")


# As data


def named(tables: Mapping[str, list[dict[str, Any]]]) -> dict[str, Any]:
    """*tables* with what was sealed of a chat by name."""
    chats = [
        columns | {"body": dict(zip(("notice", "chat"), columns["body"], strict=True))}
        for columns in tables["chats"]
    ]
    return {**tables, "chats": chats}


def plain(value: object) -> Any:  # noqa: ANN401 - what JSON can hold
    """*value* as JSON has it: every field by its name."""
    if is_dataclass(value) and not isinstance(value, type):
        return {field.name: plain(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, Mapping):
        return {key: plain(one) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [plain(one) for one in value]
    return value.name if isinstance(value, Enum) else value
