"""What words tell beside what they are taken for: a cry, or boxes of a list.

"9! and I feel dizzy" is asked about, and is sharp pain, too.
"""

from dataclasses import replace

from flows.book import Book
from flows.chat import Chat
from flows.cries import CRIES, cried
from flows.events import Event
from flows.naming import Buttons, told_boxes

TICKING = ("toggle", "suspect")  # events with which boxes are ticked


def with_its_cry(chat: Chat, suspect: Event, said: str, book: Book) -> Event:
    """*suspect*, together with the cry in the same words."""
    cry = cried(chat, said, book)
    if cry is None or cry.event not in CRIES:
        return suspect
    return replace(suspect, name=f"suspect_{cry.event}")


def with_its_ticks(chat: Chat, meant: Event, said: str, shown: Buttons, book: Book) -> Event:
    """*meant*, together with the boxes of a list that the same words tell of.

    "Eczema, and my blood pressure is high"; and where a sign is asked about: "a heart attack".
    """
    if meant.name not in TICKING:
        return meant
    told = (box.value for box in told_boxes(said, shown, chat, book))
    return replace(meant, ticks=tuple(id for id in told if id != meant.value))
