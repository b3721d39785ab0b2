"""Whether typed words say when to be reminded, where that can be said."""

import re
from dataclasses import replace

from flows import agreement
from flows.book import Book
from flows.chat import Chat, State
from flows.events import Event
from flows.phrases import MARK, any_of, holds, made_of, plain
from flows.reminders.tokens import kinds_of
from flows.reminders.words import Wish
from flows.states import ASKING, AT_REST, DAY_AFTER, OPEN

SETTING = (
    "reminders", "set_time", "set_days", "set_quiet", "set_zone", "set_city", "set_pause",
)  # fmt: skip
ANSWERED = (*agreement.ANSWERING, "reopened")  # and those that remind, or offer to
BARE = {
    "number",
    "filler",
    "to",
    "never",
    "only",
    "slip",
    "no",
}  # kinds that alone may be about anything: "just 8"


def is_a_wish(chat: Chat, event: Event, book: Book) -> bool:
    """Whether the words say when to be reminded, where that can be said.

    On the pages about it a bare number is a time; elsewhere it may be anything, and where something
    is asked all of it may.
    """
    if chat.state not in OPEN:
        return False
    found = agreement.wished(chat, Event("wish", event.value, chat.turn, event.at), book)
    if found is None or chat.page in SETTING:
        return found is not None
    is_asked_now = chat.state in DAY_AFTER and not is_of_them(chat, event.value, found, book)
    if chat.state in ASKING or is_asked_now:
        return False
    length = {"minute"} if chat.page == "plan" else set()  # there it is how long a session is
    bare = kinds_of(event.value, book.whens) <= BARE | length
    is_less = chat.page not in agreement.ANSWERING and says_less(event.value, book)
    return not (bare or found.half >= 0 or is_less)


def is_of_them(chat: Chat, said: str, found: Wish, book: Book) -> bool:
    """Whether *said*, which is *found*, is surely about reminders: it names them.

    Or it is a time of another day, where the pain of today is asked; a plan for a day, told where
    a thought of ending it is asked about, may be anything.
    """
    is_ahead = found.once is not None and found.once[0] > 0
    names_them = holds(plain(said), book.words["of_reminders"])
    return names_them or (is_ahead and chat.state is State.CHECK_IN)


def with_an_answer(chat: Chat, event: Event, book: Book) -> Event:
    """*event*, or what follows an answer to a reminder in it: "not today, tomorrow at 9"."""
    opening, *rest = re.split(MARK, event.value.strip(), maxsplit=1)
    words = book.words
    answers = words["yes"] + words["no"] + words["not_today"] + words["later"]
    is_one = chat.page in ANSWERED and made_of(plain(opening), answers, words["filler"])
    if not (rest and is_one):
        return event
    joined = rf"^\s*(?:{any_of(words['joins'])})\b"  # "yes please, but at 8 pm"
    return replace(event, value=re.sub(joined, "", rest[0].lower()))


def is_first_wish(chat: Chat, said: str, book: Book) -> bool:
    """Whether the words say when to be reminded, where nothing is agreed yet: that begins with it.

    One word alone may be anything; and a time, where it is asked what time it is there.
    """
    is_asked_where = chat.page == "set_zone" and agreement.says_days(said, book)
    at_rest = chat.state in AT_REST and (is_asked_where or not chat.pages) and chat.lock is None
    one_word = len(said.split()) == 1
    if not at_rest or chat.reminder is not None or one_word or says_less(said, book):
        return False
    return agreement.first_wish(said, book) is not None


def says_less(said: str, book: Book) -> bool:
    """Whether *said* is a greeting, or may be about the pain: "morning!", "in the evening"."""
    phrases = book.words["greeting"] + book.words["times_of_day"]
    return bool(made_of(plain(said), phrases, book.words["filler"]))


def nothing_to_stop(chat: Chat) -> str:
    """The notice for who wants no reminders where none can be stopped; empty if they can be."""
    if chat.lock:
        return "no_reminders"
    if chat.reminder is None or not chat.reminder.rule.on:
        return "not_reminding" if chat.consent else "suspended_still"
    return "" if chat.state in OPEN else "reminders_later"
