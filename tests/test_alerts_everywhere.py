"""Promise 2: whatever is going on, words that say a red flag lead to its screen, at once."""

import asyncio
from collections.abc import Iterator

import pytest

from flows import Chat, Event, State, screen, step
from flows.book import Book
from flows.explore import COMMANDS, OPENING_PAGES
from tests.guard.tables import rows
from tests.held import Core, hold_all
from tests.players import Collector

MESSAGES = 50
FORWARD = (State.REFERRED, State.WARNED, State.SCREENING)  # the lock, or what could make it worse
WORDS = ("my leg feels weird", "blargh", "cant feel when i wipe")  # lead to pages and states
Stands = dict[tuple[State, str], Chat]


def stand(chat: Chat) -> tuple[State, str]:
    """The state, and the page over it."""
    return chat.state, chat.page


@pytest.fixture(scope="module")
def stands(book: Book) -> Stands:
    """What all transcripts come by, and what follows from that by whatever can be done there."""
    met: Stands = {}
    asyncio.run(hold_all(Core(lambda: Collector(book, met, stand))))
    new = list(met.values())
    while new:
        chat = new.pop()
        for event in doable(chat, book):
            after = step(chat, event, book).chat
            if (after.state, after.page) not in met:
                met[after.state, after.page] = after
                new.append(after)
    return met


def doable(chat: Chat, book: Book) -> Iterator[Event]:
    """Every button that is there, every command, and some words."""
    at = chat.now + 1
    for button in screen(chat, book).buttons:
        yield Event(button.event, button.value, chat.turn, at)
    for command in (*COMMANDS, *OPENING_PAGES):
        yield Event("command", command, at=at)
    for words in WORDS:
        yield Event("text", words, at=at)


def test_every_state_is_stood_in(stands: Stands) -> None:
    assert {state for state, _ in stands} == set(State)
    assert {"doubt", "puzzle"} <= {page for _, page in stands}
    assert len(stands) > 450


@pytest.mark.parametrize("start", range(5))
def test_each_of_fifty_messages_is_heard_in_every_state(
    start: int, stands: Stands, book: Book
) -> None:
    fires = rows("must_fire")
    chosen = fires[:: len(fires) // MESSAGES][:MESSAGES][start::5]
    assert len(chosen) == MESSAGES // 5
    for chat in stands.values():
        for question, message in chosen:
            after = step(chat, Event("text", message, at=chat.now + 1), book).chat
            shown = screen(after, book).text
            answered = after.state in FORWARD or after.page == "emergency"
            assert answered, (chat.state, chat.page, question, message)
            assert after.lock or after.state is State.WARNED or "mergency" in shown
