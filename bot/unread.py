"""What is said to somebody whose chat can not be read.  It is kept, and not touched."""

from flows import Chat, Event, is_emergency, screen, step
from flows.book import Book

TOLD = 30.0  # seconds until it is said again; to get care is said always


def answer(event: Event, book: Book) -> tuple[str, bool]:
    """What to say to *event*, and whether it is to get care now.

    They are heard as somebody who is new here: a red flag is heard in every state.
    """
    outcome = step(Chat(), event, book)
    if outcome.heard and is_emergency(outcome.chat):
        return screen(outcome.chat, book, outcome.notice).text, True
    return f"{book.notices['unreadable']}\n\n{book.texts['net']}", False
