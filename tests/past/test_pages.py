"""The pages of what has been, in every state."""

import pytest

from flows import Chat, Event, Made, State, screen, step
from flows.book import Book
from flows.chat import Disposition, Lock
from flows.past import TOLD
from flows.states import CONSENTED, RESTING, UNCONSENTED
from tests.past.log import NOON, log

COMMANDS = ("progress", "summary")
UNDER_A_LOCK = (State.SCREENING, State.REFERRED, State.KNOWN, State.VOUCHING, State.ERASING)
LOCK = Lock(Disposition.EMERGENCY, NOON - 60, ("E09",), "an_edition")


def at(state: State, book: Book, lock: Lock | None = None) -> Chat:
    """Somebody who is in the middle of it."""
    return Chat(
        state=state, now=NOON, turn=5, technique="glutes_hands_chair", tool="hands", area="glutes",
        screened_at=NOON - 60, edition=book.edition, gated_until=NOON + 60, hold_until=NOON + 20,
        hold_turn=5, feeling="same", lock=lock,
    )  # fmt: skip


@pytest.mark.parametrize("command", COMMANDS)
@pytest.mark.parametrize("state", UNCONSENTED)
def test_before_consent_there_is_nothing_to_show(state: State, command: str, book: Book) -> None:
    """Promise 10: and it says so."""
    outcome = step(Chat(state=state, now=NOON, turn=5), Event("command", command, at=NOON), book)
    shown = screen(outcome.chat, book, outcome.notice)
    assert book.notices["nothing_kept"] in shown.text
    assert (outcome.chat.state, outcome.chat.pages, shown.made) == (state, (), None)


@pytest.mark.parametrize("command", COMMANDS)
@pytest.mark.parametrize(
    ("state", "lock"),
    [*((state, None) for state in CONSENTED), *((state, LOCK) for state in UNDER_A_LOCK)],
)
def test_everywhere_else_it_lies_over_what_goes_on_and_leaves_it_as_it_is(
    state: State, command: str, lock: Lock | None, book: Book
) -> None:
    """Promise 7: with a way back, and to help."""
    before = at(state, book, lock)
    opened = step(before, Event("command", command, at=NOON), book).chat
    shown = screen(opened, book)
    assert shown.made
    events = {button.event for button in shown.buttons}
    assert {"close", "emergency"} <= events
    assert ("add_note" in events) == (command == "summary" and state in RESTING)
    closed = step(opened, Event("close", turn=opened.turn, at=NOON), book).chat
    assert closed == before


@pytest.mark.parametrize("kind", [kind for kind in TOLD if kind != "sheet"])
def test_no_technique_is_named_in_what_is_told(kind: str, book: Book) -> None:
    """Promise 1: it can be asked for under a lock."""
    chat = at(State.REFERRED, book, LOCK)
    told = TOLD[kind](Made(kind, "0"), chat, log((6, 5, 7), (6, 7, 7)), book)
    names = [technique.name for technique in book.techniques.values()]
    assert not [name for name in names if name in told.words + str(told.value)]
