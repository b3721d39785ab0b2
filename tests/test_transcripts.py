"""Every transcript, played on the bare core.  `tests/shell/` plays them through the whole bot."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from flows.book import Book
from tests.held import hold
from tests.players import CorePlayer
from tests.transcript import TRANSCRIPTS


class Core:
    def __init__(self, book: Book) -> None:
        self.book = book

    @asynccontextmanager
    async def begin(self, end: CorePlayer | None) -> AsyncIterator[CorePlayer]:
        yield end.again() if end else CorePlayer(self.book)

    def end(self, player: CorePlayer) -> CorePlayer:
        return player


@pytest.fixture(scope="module")
def ends() -> dict[Path, CorePlayer]:
    """Where transcripts that others go on from have ended."""
    return {}


@pytest.mark.parametrize("transcript", TRANSCRIPTS, ids=lambda path: path.stem)
async def test_on_the_core(transcript: Path, book: Book, ends: dict[Path, CorePlayer]) -> None:
    await hold(transcript, Core(book), ends)
