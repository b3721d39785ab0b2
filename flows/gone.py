"""What a chat that was kept speaks of, and this book has no more: ids go with other rules."""

from collections.abc import Container, Iterator
from dataclasses import replace

from flows.book import Book
from flows.chat import Chat
from flows.layout import PAGES

ABOUT_A_QUESTION = ("suspicion", "info")


def without_what_is_gone(chat: Chat, book: Book) -> Chat:
    """*chat* as this book can show it; *chat* itself where nothing is gone."""
    if chat.pages:
        pages = tuple(dict.fromkeys(pages_left(chat, book)))
        chat = chat if pages == chat.pages else chat.but(pages=pages)
    if chat.suspects:
        chat = chat.but(suspects=those_in(book.questions, chat.suspects))
    if chat.edition == book.edition:
        return chat
    answerable = {*book.questions, *book.conditions, *book.places}
    plan = chat.plan and replace(chat.plan, away=those_in(book.techniques, chat.plan.away))
    left = {
        "follow_ups": those_in(answerable, chat.follow_ups),
        "toggled": those_in(answerable, chat.toggled),
        "conditions": those_in(book.conditions, chat.conditions),
        "agreed": those_in(book.conditions, chat.agreed),
        "cautions": those_in(book.questions, chat.cautions),
        "plan": plan,
    }
    changed = {name: value for name, value in left.items() if value != getattr(chat, name)}
    return chat.but(**changed) if changed else chat


def pages_left(chat: Chat, book: Book) -> Iterator[str]:
    """The pages that can still be shown; where the question is gone, all signs are."""
    for page in chat.pages:
        if page in ABOUT_A_QUESTION and chat.suspected not in book.questions:
            yield "worries"
        elif page in PAGES and chat.topic in about(page, chat, book):
            yield page


def about(page: str, chat: Chat, book: Book) -> Container[str]:
    """What *page* may be about: one name is kept for pages that are about something."""
    return {"topic": book.topics, "region": book.regions}.get(page, (chat.topic,))


def those_in(known: Container[str], ids: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(id for id in ids if id in known)
