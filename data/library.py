"""Reads the books from `content/`, or says which file of it is wrong, and where.

One folder is one language.  What is a rule (ids, tiers, limits, holds) must be the same in
every language; it makes up the edition.
"""

import dataclasses
import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import tomli
from pydantic import ConfigDict, TypeAdapter, ValidationError

from data.checks import check, media_slips
from data.errors import BadContent
from data.learned import read_guard
from data.lexicon import DATE
from data.media import GALLERY, read_media
from data.when import meaning, read_clocks
from flows.book import (
    Book,
    Checklist,
    Condition,
    Consent,
    Country,
    Numbers,
    Past,
    Place,
    Question,
    Reminding,
    Removal,
    Spot,
    Step,
    Technique,
    Topic,
)
from flows.chat import Disposition
from flows.faq import Answer, faq
from flows.plan import Dose
from flows.reminders.cities import Clock

CONTENT = Path(__file__).parent / "content"
DEFAULT = "en"
UNKNOWN = ("extra_forbidden", "unexpected_keyword_argument")  # what pydantic calls a key too many
STRICT = ConfigDict(extra="forbid", str_strip_whitespace=True)
WORDS = {
    "label", "ask", "why", "reason", "reason_agreed", "agree", "name", "purpose", "avoid",
    "stop_when", "say", "alt", "picture",
}  # fmt: skip


@dataclass(slots=True, eq=False)
class Library:
    """The books, by language.  Whoever holds a library has the newest of them."""

    books: Mapping[str, Book]
    default: str
    keep_days: int | None = None  # of silence, where whoever runs the bot keeps for less long

    def book(self, language: str) -> Book:
        """The book in *language*; the default one where there is none."""
        return self.books.get(language) or self.books[self.default]

    def replace(self, fresh: "Library") -> None:
        """Have the books of *fresh* from now on.  No book is ever half old and half new."""
        books = fresh.kept_for(self.keep_days).books
        self.books = {**self.books, **books}
        self.default = fresh.default
        self.books = books

    def kept_for(self, days: int | None) -> "Library":
        """The same, but asking after *days* of silence where content would ask later."""
        if days is None:
            return self
        books = {name: _kept_for(book, days) for name, book in self.books.items()}
        return Library(books, self.default, days)


def _kept_for(book: Book, days: int) -> Book:
    """*days* say nothing about what may be done: the edition stays."""
    shorter = min(days, book.reminding.keep_days)
    reminding = dataclasses.replace(book.reminding, keep_days=shorter)
    return dataclasses.replace(book, reminding=reminding)


def read_library(content: Path = CONTENT, gallery: Path | None = GALLERY) -> Library:
    """Every book in *content*.  Raises BadContent with one line for the first thing wrong.

    Without a *gallery* nobody asks whether its pictures and sounds are there.
    """
    folders = sorted(path.parent for path in content.glob("*/texts.toml"))
    if not folders:
        raise BadContent(f"{content}: no language folder with a texts.toml in it")
    languages = {f.name: read(f / "texts.toml")["language"]["name"] for f in folders}
    places = Places(
        *read_countries(content / "countries.toml"), read_clocks(read(content / "cities.toml"))
    )
    books = {f.name: read_book(f, languages, places) for f in folders}
    default = DEFAULT if DEFAULT in books else folders[0].name
    for book in books.values():
        if (book.edition, book.consent) != (books[default].edition, books[default].consent):
            raise BadContent(f"{book.language}: its rules differ from those of {default}")
        for slip in media_slips(book, read_media(gallery)) if gallery else ():
            raise BadContent(f"{content / book.language}/{slip}")
    return Library(books, default)


class Places(NamedTuple):
    """What is the same in every language."""

    countries: Mapping[str, Country]
    regions: Mapping[str, str]
    clocks: tuple[Clock, ...]


def read_book(folder: Path, languages: Mapping[str, str], places: Places) -> Book:
    """The book in *folder*, checked."""
    words = read(folder / "texts.toml")
    rules = read(folder / "rules.toml")
    screening = read(folder / "screening.toml")
    conditions = read(folder / "conditions.toml")
    learn = read(folder / "learn.toml")
    plan = read(folder / "plan.toml")
    answers = table(Answer, read(folder / "faq.toml"), "faq", folder / "faq.toml")
    parts: dict[str, Any] = {
        "numbers": build(Numbers, rules["numbers"], folder / "rules.toml", "numbers"),
        "dose": build(Dose, plan["dose"], folder / "plan.toml", "dose"),
        "questions": table(Question, screening, "question", folder / "screening.toml"),
        "checklists": table(Checklist, screening, "checklist", folder / "screening.toml"),
        "conditions": table(Condition, conditions, "condition", folder / "conditions.toml"),
        "places": table(Place, conditions, "place", folder / "conditions.toml"),
        "techniques": read_techniques(folder / "techniques"),
        "screening": tuple(screening["screening"]),
        "gate": tuple(screening["gate"]),
    }
    listed = Checklist("conditions", conditions["checklist"]["ask"], tuple(parts["conditions"]))
    parts["checklists"] = {**parts["checklists"], "conditions": listed}
    book = Book(
        language=folder.name,
        languages=languages,
        edition=edition(parts),
        consent=build(Consent, rules["consent"], folder / "rules.toml", "consent").version,
        areas=rules["areas"],
        tools=rules["tools"],
        positions=rules["positions"],
        spots=table(Spot, learn, "spot", folder / "learn.toml"),
        topics=table(Topic, learn, "topic", folder / "learn.toml"),
        reminding=build(Reminding, plan["reminding"], folder / "plan.toml", "reminding"),
        past=build(Past, plan["past"], folder / "plan.toml", "past"),
        **places._asdict(),
        texts=words["texts"],
        labels=words["labels"],
        notices=words["notices"] | {f"faq.{answer.id}": answer.say for answer in answers.values()},
        words={name: tuple(said) for name, said in words["words"].items()},
        commands=words["commands"],
        speech=words.get("speech", {}),
        lexicon=read_guard(folder),
        whens=meaning(read(folder / "when.toml")),
        worries=tuple(screening["worries"]),
        faq=faq(answers.values()),
        **parts,
    )
    check(book, folder)
    return book


def read_techniques(folder: Path) -> dict[str, Technique]:
    paths = sorted(folder.glob("*.toml"))
    return {
        path.stem: build(Technique, {"id": path.stem, **read(path)}, path, "") for path in paths
    }


def read_countries(path: Path) -> tuple[dict[str, Country], dict[str, str]]:
    raw = read(path)
    countries = [build(Country, c, path, f"country.{c.get('code')}") for c in raw["country"]]
    return {country.code: country for country in countries}, raw["regions"]


class File(dict[str, Any]):
    """A content file as plain data, which says of itself what it lacks."""

    def __init__(self, path: Path, data: dict[str, Any]) -> None:
        super().__init__(data)
        self.path = path

    def __missing__(self, key: str) -> object:
        raise BadContent(f"{self.path}: {key}: is missing")


def read(path: Path) -> File:
    """A TOML file as plain data."""
    try:
        return File(path, tomli.loads(path.read_text(encoding="utf-8")))
    except FileNotFoundError as error:
        raise BadContent(f"{path}: is missing") from error
    except (tomli.TOMLDecodeError, UnicodeDecodeError) as error:
        raise BadContent(f"{path}: {error}") from error


def table(kind: type, raw: Mapping[str, Any], name: str, path: Path) -> dict[str, Any]:
    """The tables `[[name]]` of a file, by id."""
    things: dict[str, Any] = {}
    for entry in raw.get(name, []):
        thing = build(kind, entry, path, f"{name}.{entry.get('id')}")
        if thing.id in things:
            raise BadContent(f"{path}: {name}.{thing.id}: is there twice")
        things[thing.id] = thing
    return things


def build(kind: Any, raw: Mapping[str, Any], path: Path, key: str) -> Any:  # noqa: ANN401 - of *kind*
    """*raw* as the dataclass *kind*, every field of the type that it must have."""
    if not DATE.fullmatch(raw.get("reviewed_on", "2026-11-22")):
        where = f"{key}.reviewed_on".lstrip(".")
        raise BadContent(f"{path}: {where}: must be a date like 2026-11-22")
    if "disposition" in raw:
        if raw["disposition"] not in Disposition.__members__:
            names = ", ".join(Disposition.__members__)
            raise BadContent(f"{path}: {key}.disposition: must be one of {names}")
        raw = {**raw, "disposition": Disposition[raw["disposition"]].value}
    try:
        return shape(kind).validate_json(json.dumps(raw), strict=True)
    except ValidationError as error:  # a key too many is often the one that is missing, misspelled
        first = min(error.errors(), key=lambda slip: slip["type"] not in UNKNOWN)
        where = ".".join(str(part) for part in (key, *first["loc"]) if part != "")
        what = "is no key here" if first["type"] in UNKNOWN else first["msg"]
        raise BadContent(f"{path}: {where}: {what}") from error


@cache
def shape(kind: Any) -> TypeAdapter[Any]:  # noqa: ANN401 - a class of flows/book.py
    """What checks a table against *kind*: no key too many, none missing, nothing converted."""
    for part in (kind, Removal, Step):
        type.__setattr__(part, "__pydantic_config__", STRICT)
    return TypeAdapter(kind)


def edition(parts: Mapping[str, Any]) -> str:
    """The hash of everything that is a rule; words may change without it."""
    rules = json.dumps(plain(parts), sort_keys=True)
    return hashlib.sha256(rules.encode()).hexdigest()[:12]


def plain(thing: object) -> object:
    """*thing* as JSON would have it, without its words."""
    if dataclasses.is_dataclass(thing) and not isinstance(thing, type):
        named = {f.name: getattr(thing, f.name) for f in dataclasses.fields(thing)}
        return {name: plain(v) for name, v in named.items() if name not in WORDS}
    if isinstance(thing, Mapping):
        return {name: plain(v) for name, v in thing.items()}
    if isinstance(thing, tuple | list):
        return [plain(v) for v in thing]
    return thing
