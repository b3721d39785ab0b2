"""What is made for a screen: what is kept is read, and the printer makes a file of it.

It is no part of a turn: whoever speaks the screen waits for it, and nobody else.
"""

import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from bot import export
from bot.printer import NotMade, Printer
from bot.wire import Broken
from data.store import Store, StoreAway
from data.transaction import Row, Transaction
from flows import File, Made, Material, Screen
from flows.book import Book
from flows.past import TOLD

LOG = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of file that can be made."""

    maker: str  # "printing.chart:draw": the material's value -> bytes; empty: there is no file
    gather: Callable[[Transaction, Row, Made, Book], Material]  # runs in the store's thread
    sent_as: str = ""  # "photo" or "document"
    mime: str = ""
    name: str = ""  # of the file


def gather_past(transaction: Transaction, row: Row, made: Made, book: Book) -> Material:
    """What is made out of the log: `flows/past` reads it."""
    lines = [(line.at, line.record) for line in transaction.lines(row.chat_id)]
    return TOLD[made.kind](made, row.chat, lines, book)


KINDS: Mapping[str, Kind] = {
    "export": Kind(export.MAKER, export.gather, "document", "application/zip", "my-record.zip"),
    "progress": Kind("printing.chart:draw", gather_past, "photo", "image/png", "progress.png"),
    "progress.words": Kind("", gather_past),
    "sheet": Kind("printing.sheet:lay", gather_past, "document", "application/pdf", "sheet.pdf"),
    "sheet.words": Kind("", gather_past),
    "sheet.data": Kind(
        "printing.data:write", gather_past, "document", "application/fhir+json", "sheet.json"
    ),
}


class Maker:
    def __init__(self, store: Store, printer: Printer, kinds: Mapping[str, Kind]) -> None:
        self._store = store
        self._printer = printer
        self._kinds = kinds

    async def fill(self, screen: Screen, row: Row, book: Book) -> Screen:
        """*screen* of *row* with its words and its file; with the words alone where that fails.

        Raises Broken when nothing can be read just now.
        """
        made = screen.made
        if made is None:
            return screen
        kind = self._kinds[made.kind]
        try:
            material = await self._store.read(lambda t: kind.gather(t, row, made, book))
        except StoreAway:
            raise Broken("the database is away") from None
        except Exception:
            LOG.exception("what a %s is made of could not be read: words alone", made.kind)
            return without(screen, book)
        text = "\n\n".join(part for part in (screen.text, material.words) if part)
        screen = replace(screen, text=text, alt=material.alt)
        if not kind.maker:
            return screen
        try:
            content = await self._printer.make(kind.maker, material.value)
        except NotMade as error:
            LOG.warning("a %s could not be made (%s): words alone", made.kind, error)
            return without(screen, book)
        return replace(screen, file=File(kind.sent_as, kind.name, kind.mime, content))


def without(screen: Screen, book: Book) -> Screen:
    """*screen* with the word that its file could not be made."""
    return replace(screen, text=f"{screen.text}\n\n{book.texts['not_made']}")
