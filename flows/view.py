"""`screen`: what is shown of a chat, under the rules as they are now."""

from flows.book import Book
from flows.chat import Chat
from flows.screen import Screen
from flows.screens import show
from flows.step import expired, is_stale


def screen(chat: Chat, book: Book, notice: str = "") -> Screen:
    """What *chat* shows now.  What no longer counts under this book is never shown again."""
    if is_stale(chat, chat.now, book):
        return show(expired(chat, chat.now, book), book, "expired")
    return show(chat, book, notice)
