"""Whether typed words say when to be reminded, where that can be said."""

from flows import agreement
from flows.book import Book
from flows.chat import Chat
from flows.events import Event
from flows.phrases import made_of, plain
from flows.table import ASKING, IDLE, OPEN

SETTING = (
    "reminders", "set_time", "set_days", "set_quiet", "set_zone", "set_city", "set_pause",
)  # fmt: skip


def is_a_wish(chat: Chat, event: Event, book: Book) -> bool:
    """Whether the words say when to be reminded, where that can be said.

    On the pages about it a bare number is a time; elsewhere it may be anything.
    """
    said = Event("wish", event.value, chat.turn, event.at)
    if chat.state not in OPEN:
        return False
    found = agreement.wished(chat, said, book)
    if found is None or chat.page in SETTING:
        return found is not None
    no_wish = book.words["greeting"] + book.words["times_of_day"]  # "morning!", "in the evening"
    says_less = made_of(plain(event.value), no_wish, book.words["filler"])
    bare = event.value.strip().isdecimal() or found.half >= 0
    return not (says_less or bare or chat.state in ASKING)


def is_first_wish(chat: Chat, said: str, book: Book) -> bool:
    """Whether the words say when to be reminded, where nothing is agreed yet: that begins with it.

    One word alone may be anything.
    """
    at_rest = chat.state in IDLE and not chat.pages and chat.lock is None
    is_new = at_rest and chat.reminder is None
    return is_new and len(said.split()) > 1 and agreement.first_wish(said, book) is not None
