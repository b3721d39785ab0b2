"""What long silence leaves: nothing that the search takes for the same."""

from flows import Chat, Event, State, step
from flows.book import Book
from tests.players import NOON


def test_who_never_agreed_is_forgotten_with_their_country_and_pages(book: Book) -> None:
    chat = Chat(
        state=State.CONSENT, country="DE", pages=("learn", "topic"), topic="posture", now=NOON,
        turn=9, fades_at=NOON + 60,
    )  # fmt: skip
    outcome = step(chat, Event("fade", "0", NOON + 60, NOON + 60), book)
    assert outcome.silent
    assert outcome.chat == Chat(state=State.ERASED, now=NOON + 60)
