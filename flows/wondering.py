"""Words said while it is asked whether something is new: about that, or about else."""

from flows.book import Book
from flows.chat import WONDERING, Chat
from flows.events import Event
from flows.guard import Tier, read
from flows.naming import button, labelled
from flows.screens import buttons
from flows.worries import CHECKED, is_afraid


def went_on(chat: Chat, event: Event, book: Book) -> Chat:
    """*chat* without the question whether something is new, if the words are about else."""
    if event.name != "text" or chat.page not in WONDERING:
        return chat
    shown = buttons(chat, book)
    if labelled(event.value, shown, chat, book) or button(event.value, shown, chat, book):
        return chat
    pages = tuple(page for page in chat.pages if page not in WONDERING)
    gone_on = chat.but(pages=pages, suspected=chat.suspected if "suspicion" in pages else "")
    return chat if is_one_more(chat, gone_on, event, book) else gone_on


def is_one_more(chat: Chat, gone_on: Chat, event: Event, book: Book) -> bool:
    """Whether a worry is told of while another one is being looked at, which is not to be lost.

    A line for the sheet is kept first.
    """
    if chat.page not in CHECKED or gone_on.page == "add_note":
        return False
    reading = read(event.value, book.lexicon)
    return reading.tier is Tier.CHECK and not is_afraid(gone_on, reading)
