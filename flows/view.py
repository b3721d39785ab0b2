"""`screen`: what is shown of a chat, under the rules as they are now; and if that is urgent."""

from flows.book import Book
from flows.chat import Chat, Disposition, State
from flows.gone import without_what_is_gone
from flows.screen import Screen
from flows.screens import show
from flows.step import expired, is_stale


def screen(chat: Chat, book: Book, notice: str = "") -> Screen:
    """What *chat* shows now.  What no longer counts under this book is never shown again."""
    chat = without_what_is_gone(chat, book)
    if is_stale(chat, chat.now, book):
        return show(expired(chat, chat.now, book), book, "expired")
    return show(chat, book, notice)


def is_emergency(chat: Chat) -> bool:
    """Whether what *chat* shows now says to get care now, so that it may not wait behind others."""
    if chat.page:
        return chat.page == "emergency"
    if chat.state is State.REFERRED and chat.lock:
        return chat.lock.disposition is Disposition.EMERGENCY
    return chat.state is State.WARNED
