"""A chat for each screen there is: every state and every page, as transcripts meet them."""

from collections.abc import Iterable
from typing import Any

from flows import Chat
from flows.book import Book
from tests.held import Core, hold_all
from tests.players import Collector

Screens = dict[tuple[Any, str], Chat]


def shown(chat: Chat) -> tuple[Any, str] | None:
    """What tells its screen apart; a stranger is shown none."""
    return (chat.page or chat.state, str(chat.lock and chat.lock.rules)) if chat.turn else None


async def gallery(book: Book) -> list[Chat]:
    """Chats in all states, and under all pages; those that leave no trace excepted."""
    met: Screens = {}
    await hold_all(Core(lambda: Collector(book, met, shown)))
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
