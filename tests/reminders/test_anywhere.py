"""What is said of reminders does the same wherever they can be spoken of."""

import asyncio
from typing import NamedTuple

import pytest

from flows import Chat, Event, State, step
from flows.book import Book
from flows.states import OPEN
from flows.turn import Outcome
from tests.players import CorePlayer
from tests.transcript import TRANSCRIPTS, play

AGREED = next(path for path in TRANSCRIPTS if path.stem == "reminders_in_three_taps")


class Said(NamedTuple):
    page: str  # on which it is said
    name: str
    value: str
    on: bool  # whether reminders are on then
    leads_to: str  # a page
    notice: str = ""


SAID = [
    Said("set_time", "at", "540", on=True, leads_to="reminders"),
    Said("set_time", "text", "9:30", on=True, leads_to="reminders"),
    Said("set_time", "text", "23:00", on=True, leads_to="set_quiet"),  # it is to keep still then
    Said("set_time", "text", "tuesdays", on=True, leads_to="reminders"),
    Said("set_time", "text", "weekends", on=True, leads_to="reminders", notice="rest_days"),
    Said("set_time", "text", "in 2 hours", on=False, leads_to="set_time", notice="reminders_off"),
    Said("set_time", "text", "tuesdays", on=False, leads_to="set_time", notice="time_first"),
    Said("set_time", "text", "skip tomorrow", on=True, leads_to="reminders"),
    Said(
        "set_time", "text", "skip tomorrow", on=False, leads_to="set_time", notice="reminders_off"
    ),
    Said("set_days", "every", "3", on=True, leads_to="reminders"),
    Said("set_days", "every", "3", on=False, leads_to="set_quiet"),
    Said("set_days", "text", "tuesdays", on=False, leads_to="set_quiet"),
]


@pytest.fixture(scope="module")
def agreed(book: Book) -> Chat:
    """At rest, with reminders that are on."""
    player = CorePlayer(book)
    asyncio.run(play(AGREED, player))
    return player.chat


@pytest.mark.parametrize("said", SAID, ids=lambda said: f"{said.page} {said.value} {said.on}")
@pytest.mark.parametrize("state", OPEN, ids=lambda state: state.name)
def test_it_does_the_same_as_at_home(agreed: Chat, state: State, said: Said, book: Book) -> None:
    chat = agreed if said.on else turned_off(agreed, book)
    at_home, there = (heard(said, chat.but(state=s), book) for s in (State.HOME, state))
    assert (at_home.chat.page, at_home.notice) == (said.leads_to, said.notice)
    assert there.notice == at_home.notice
    assert there.chat.but(state=State.HOME) == at_home.chat


def turned_off(chat: Chat, book: Book) -> Chat:
    return step(chat, Event("turn_off", turn=chat.turn, at=chat.now), book).chat


def heard(said: Said, chat: Chat, book: Book) -> Outcome:
    turn = None if said.name == "text" else chat.turn
    return step(chat.but(pages=(said.page,)), Event(said.name, said.value, turn, chat.now), book)
