"""Promise 2: whatever is going on, words that say a red flag lead to its screen, at once."""

import pytest

from flows import Chat, Event, State, screen, step
from flows.book import Book
from flows.explore import explore
from tests.guard.tables import rows
from tests.small import with_every_kind_of_technique

MESSAGES = 50
FORWARD = (State.REFERRED, State.WARNED, State.SCREENING)  # the lock, or what could make it worse
WALK = 12_000  # arcs: every state has been met long before
WORDS = ("my leg feels weird", "blargh", "cant feel when i wipe")  # lead to pages and states


@pytest.fixture(scope="module")
def stands(book: Book) -> dict[tuple[State, str], Chat]:
    """A chat for every state, and for every page that can lie over it."""
    small = with_every_kind_of_technique(book)
    met: dict[tuple[State, str], Chat] = {}
    for number, arc in enumerate(explore(small, words=WORDS)):
        met.setdefault((arc.chat.state, arc.chat.page), arc.chat)
        if number > WALK and {state for state, _ in met} == set(State):
            break
    return met


def test_every_state_is_stood_in(stands: dict[tuple[State, str], Chat]) -> None:
    assert {state for state, _ in stands} == set(State)
    assert {"doubt", "puzzle"} <= {page for _, page in stands}


@pytest.mark.parametrize("start", range(5))
def test_each_of_fifty_messages_is_heard_in_every_state(
    start: int, stands: dict[tuple[State, str], Chat], book: Book
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
