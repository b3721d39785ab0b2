"""What /export gives: everything that is kept about that chat, and nothing about another."""

import io
import json
import zipfile
from dataclasses import fields
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, text

from bot import schema
from bot.export import NAMED, said, whole
from data.engine import open_engine
from data.library import Library
from data.store import Store
from data.tables import metadata
from flows import alarms
from flows.book import Book
from flows.chat import Disposition, Lock
from flows.events import CLOCK
from flows.plan import Plan
from flows.reminders.reminder import Reminder
from flows.reminders.rule import Rule
from printing.export import zipped
from tests.kept import KeptPlayer
from tests.transcript import TRANSCRIPTS, play

ROOT = Path(__file__).parents[2]
ANN, BOB = 1001, 1002
AT = 1_800_000_000
NUMBERS = {
    "minutes", "stage", "days", "first", "before", "good", "bad", "back",  # of the plan
    "unanswered",  # of a reminder
}  # fmt: skip
FULL = [path for path in TRANSCRIPTS if path.stem in ("a_week_that_goes_up", "an_emergency")]


def test_the_schema_is_drawn_from_the_tables() -> None:
    """Run `make export-schema` after changing tables, the chat, or what is noted."""
    assert json.loads((ROOT / "docs/export.schema.json").read_text()) == schema.schema()


@pytest.mark.parametrize("transcript", FULL, ids=lambda path: path.stem)
async def test_it_holds_every_field_and_nothing_of_another(
    transcript: Path, store: Store, library: Library, tmp_path: Path, book: Book
) -> None:
    from jsonschema import Draft202012Validator

    ann, bob = KeptPlayer(store, library, ANN), KeptPlayer(store, library, BOB)
    await bob.says("/start")
    await bob.presses("Begin", "")
    await play(transcript, ann)
    for chat_id in (ANN, BOB):
        await store.run(lambda t: t.hear({(chat_id, chat_id)}, 5))  # noqa: B023 - run at once
        await store.run(lambda t: t.park(chat_id, chat_id, 5, "KeyError"))  # noqa: B023
    files = unzipped(await exported(store, ANN, book))
    found = json.loads(files["my-record.json"])
    Draft202012Validator(schema.schema()).validate(found)
    engine = open_engine(f"sqlite:///{tmp_path}/bot.db")
    for table in metadata.sorted_tables:
        if "chat_id" in table.c:
            rows = open_columns(engine, table.name, ANN)
            assert [closed(row) for row in found["tables"][table.name]] == rows, table.name
    assert {alarm["kind"] for alarm in found["tables"]["alarms"]} == {
        alarm.kind for alarm in alarms(ann.chat)
    }
    assert str(BOB) not in "".join(files.values())
    assert found["tables"]["chats"][0]["body"]["chat"]["state"] == ann.chat.state.name
    assert [line["body"]["what"] for line in found["tables"]["log"]] == [
        line.record.what for line in await store.run(lambda t: t.lines(ANN))
    ]


async def exported(store: Store, chat_id: int, book: Book) -> bytes:
    tables = await store.run(lambda t: t.everything(chat_id))
    return zipped(whole(tables, 1_800_000_000, book))


def unzipped(content: bytes) -> dict[str, str]:
    with zipfile.ZipFile(io.BytesIO(content)) as file:
        return {name: file.read(name).decode() for name in file.namelist()}


def open_columns(engine: Engine, table: str, chat_id: int) -> list[dict[str, Any]]:
    """The rows of *table* that are the chat's, as they lie in the database, but for their seals."""
    with engine.connect() as connection:
        found = connection.execute(
            text(f"SELECT * FROM {table} WHERE chat_id = :id"), {"id": chat_id}
        )
        return [closed(dict(row)) for row in found.mappings()]


def closed(row: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in row.items() if name not in ("body", "kind")}


async def test_a_person_can_read_it(store: Store, library: Library, book: Book) -> None:
    ann = KeptPlayer(store, library, ANN)
    (emergency,) = (path for path in FULL if path.stem == "an_emergency")
    await play(emergency, ann)
    page = unzipped(await exported(store, ANN, book))["my-record.html"]
    lock = ann.chat.lock
    assert lock
    assert book.questions[lock.rules[0]].label in page
    assert book.texts["export.log.locked"] in page
    assert f"{book.questions['E04a'].label} (E04a): yes" in page
    assert "<script" not in page
    assert "http" not in page.replace("http-equiv", "")


@pytest.mark.parametrize("part", [Lock, Plan, Reminder])
def test_every_number_is_a_moment_or_is_known_to_be_none(part: type, book: Book) -> None:
    at = {field.name: AT for field in fields(part) if field.type in (int, "int")}
    other = {"rule": Rule("Europe/Berlin", 600), "disposition": Disposition.URGENT,
             "rules": ("U1",), "edition": "e"}  # fmt: skip
    given = {field.name: other[field.name] for field in fields(part) if field.name in other}
    shown = said(part.__name__.lower(), part(**given, **at), book)
    raw = {one.partition(": ")[0].replace(" ", "_") for one in shown.split("; ") if str(AT) in one}
    assert raw == at.keys() & NUMBERS


def test_nothing_that_is_noted_or_due_is_without_words(book: Book) -> None:
    noted = {line.split('record("')[1].split('"')[0] for line in records()}
    assert noted
    wanted = {f"log.{what}" for what in noted} | {f"to_come.{kind}" for kind in CLOCK}
    wanted |= {f"now.{name}" for name in NAMED}
    assert [key for key in wanted if f"export.{key}" not in book.texts] == []


def records() -> list[str]:
    paths = (ROOT / "flows/commands").glob("*.py")
    return [line for path in paths for line in path.read_text().splitlines() if 'record("' in line]


def test_what_stands_in_it_can_be_no_html(book: Book) -> None:
    tables: dict[str, list[dict[str, Any]]] = {"chats": [], "alarms": [], "log": []}
    value = whole(tables, 0, book)
    value["now"] = [["<b>", "<script>alert(1)</script>"]]
    assert "<script" not in unzipped(zipped(value))["my-record.html"]
