"""A chat for each screen there is: every state and every page, as transcripts meet them."""

from collections.abc import Iterable
from typing import Any

from flows import Chat, Event
from flows.book import Book
from tests.players import CorePlayer
from tests.transcript import TRANSCRIPTS, play

Screens = dict[tuple[Any, str], Chat]


class Collector(CorePlayer):
    """Holds a conversation, and keeps the first chat that shows each screen."""

    def __init__(self, book: Book, met: Screens) -> None:
        super().__init__(book)
        self.met = met

    def take(self, event: Event) -> None:
        super().take(event)
        if self.chat.turn:
            key = self.chat.page or self.chat.state, str(self.chat.lock and self.chat.lock.rules)
            self.met.setdefault(key, self.chat)


async def gallery(book: Book) -> list[Chat]:
    """Chats in all states, and under all pages; those that leave no trace excepted."""
    met: Screens = {}
    for transcript in TRANSCRIPTS:
        await play(transcript, Collector(book, met))
    return list(first_of_each(met.values()))


def first_of_each(chats: Iterable[Chat]) -> Iterable[Chat]:
    """One for each state without a page, for each page, and for each grade of lock."""
    seen = set()
    for chat in chats:
        grade = chat.lock.disposition if chat.lock and not chat.page else None
        key = chat.page or chat.state, grade
        if key not in seen:
            seen.add(key)
            yield chat
