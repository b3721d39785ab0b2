"""A location is used once: no row, no line of the log and no copy for the person holds it."""

import re
from functools import partial
from io import StringIO
from pathlib import Path
from typing import Any

import pytest

from bot.export import gather
from bot.log import start_logging
from data.library import read_library
from data.transaction import Transaction
from flows import Made
from tests.shell.conftest import Bot
from tests.shell.test_transcripts import WirePlayer
from tests.telegram import Person
from tests.telegram.parcels import LOCATION
from tests.transcript import play

HERE = {"latitude": 47.376888, "longitude": 8.541694}
TELLS = re.compile(r"47[.,]?37|8[.,]?541|latitude|longitude", re.IGNORECASE)
TOLD = Path(__file__).parents[1] / "transcripts/reminders_by_location.txt"


@pytest.mark.parametrize(
    ("mode", "database_url"), [("polling", "sqlite"), ("webhook", "postgresql")], indirect=True
)
async def test_a_location_is_forgotten(
    bot: Bot, ann: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    log = StringIO()
    start_logging("DEBUG", log)
    monkeypatch.setitem(LOCATION, "longitude", HERE["longitude"])
    monkeypatch.setitem(LOCATION, "latitude", HERE["latitude"])
    player = WirePlayer(bot, ann)
    await play(TOLD, player)
    monkeypatch.setitem(LOCATION, "latitude", "47.376888 north")  # which makes no sense
    await player.sends("location", "")
    row, kept, copy = await bot.store.run(partial(all_of, chat_id=ann.chat_id))
    assert row.chat.reminder.rule.zone == "Europe/Zurich", "the clock alone is kept"
    for place in (
        str(kept),
        str(copy),
        log.getvalue(),
        *(message.text for message in ann.messages),
    ):
        assert not TELLS.search(place)


def all_of(transaction: Transaction, chat_id: int) -> tuple[Any, object, object]:
    """A chat, all rows about it, and what its person can have of them."""
    row = transaction.lock([chat_id])[chat_id]
    copy = gather(transaction, row, Made("export"), read_library().book("en"))
    return row, transaction.everything(chat_id), copy.value
