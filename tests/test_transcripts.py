"""Every transcript, played on the bare core.  `tests/shell/` plays them through the whole bot."""

from pathlib import Path

import pytest

from tests.players import CorePlayer
from tests.transcript import TRANSCRIPTS, play


@pytest.mark.parametrize("transcript", TRANSCRIPTS, ids=lambda path: path.stem)
async def test_on_the_core(transcript: Path, core: CorePlayer) -> None:
    await play(transcript, core)
