"""Every transcript, played on the bare core.  `tests/shell/` plays them through the whole bot."""

from functools import partial
from pathlib import Path

import pytest

from flows.book import Book
from tests.held import Core, hold
from tests.players import CorePlayer
from tests.transcript import TRANSCRIPTS


@pytest.fixture(scope="module")
def ends() -> dict[Path, CorePlayer]:
    """Where transcripts that others go on from have ended."""
    return {}


@pytest.mark.parametrize("transcript", TRANSCRIPTS, ids=lambda path: path.stem)
async def test_on_the_core(transcript: Path, book: Book, ends: dict[Path, CorePlayer]) -> None:
    await hold(transcript, Core(partial(CorePlayer, book)), ends)
