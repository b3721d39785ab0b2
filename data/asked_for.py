"""The words that the program asks for by name, and what fills their gaps: `make asked-for`.

`data/content/asked_for.txt` has them, a line each: those of the English book, of which every path
is played by tests.  A book that lacks one, or has a gap that nothing fills, is refused when it is
read; else whoever comes by it first would be answered by an error.
"""

import string
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from flows.book import Book
from flows.texts import GAPS

FILE = Path(__file__).parent / "content" / "asked_for.txt"
# Where one of these is missing, another is said.
SPARE = ("unclear.", "every.", "span.", "faq.", "examined.", "referred.clinician.")


def asked_for(book: Book) -> Iterator[str]:
    """A line for each that *book* has: "texts.progress.sharp number"."""
    for table in ("texts", "labels", "notices"):
        named: dict[str, str] = getattr(book, table)
        for name, said in sorted(named.items()):
            if not name.startswith(SPARE) and not _has_stand_in(table, name, named):
                yield " ".join((f"{table}.{name}", *sorted(gaps(said))))


def slips(book: Book) -> Iterator[str]:
    """What *book* lacks, and the gaps in it that nothing fills."""
    for wanted, filled in _lines().items():
        table, _, name = wanted.partition(".")
        said = getattr(book, table).get(name)
        if said is None:
            yield f"texts.toml: {wanted}: is missing"
            continue
        for gap in sorted(gaps(said) - filled - GAPS.keys()):
            yield f"texts.toml: {wanted}: nothing fills {{{gap}}}"


def gaps(template: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(template) if name}


def _has_stand_in(table: str, name: str, named: dict[str, str]) -> bool:
    """Whether it is another word for a button in one place: elsewhere it has its own."""
    return table == "labels" and name.rpartition(".")[2] in named and "." in name


@cache
def _lines() -> dict[str, set[str]]:
    lines = (line.split() for line in FILE.read_text(encoding="utf-8").splitlines())
    return {name: set(filled) for name, *filled in lines}


def main() -> None:
    from data.library import read_library  # noqa: PLC0415 - it reads what is written here

    FILE.write_text("", "utf-8")  # else a text that the program needs no more would be missed
    FILE.write_text("".join(f"{line}\n" for line in asked_for(read_library().book("en"))), "utf-8")


if __name__ == "__main__":
    main()
