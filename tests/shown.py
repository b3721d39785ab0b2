"""Every screen of every walkthrough, for who wants to look at them all."""

from collections.abc import Iterator

from flows import Chat, Screen, State, screen
from flows.book import Book
from flows.chat import Side
from tests.players import NOON

WALK = (
    State.BRIEFING, State.STEP, State.HOLDING, State.CHECKING, State.EASED, State.PAUSED,
    State.INTERRUPTED,
)  # fmt: skip


def chats(book: Book) -> Iterator[Chat]:
    """Every technique with every tool, at every step, on both sides."""
    for technique in book.techniques.values():
        for tool in technique.tools:
            for side in Side:
                for place, step in enumerate(technique.steps):
                    for state in WALK:
                        if state in (State.HOLDING, State.CHECKING) and not step.hold:
                            continue
                        yield Chat(
                            state=state, technique=technique.id, tool=tool, place=place, side=side,
                            area=technique.area, screened_at=NOON, edition=book.edition, now=NOON,
                            gated_until=NOON + 1, hold_turn=1, turn=1,
                        )  # fmt: skip


def walks(book: Book) -> Iterator[Screen]:
    for chat in chats(book):
        yield screen(chat, book)
