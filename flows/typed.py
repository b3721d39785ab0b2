"""What typed words mean where the chat stands.

Red flags are listened for first, whatever was asked; then for pain in a walkthrough.  Then
the words are taken as the button they name.  What is left over is answered, and changes
nothing.
"""

from flows import agreement, course
from flows.book import CRISIS, Book
from flows.chat import Chat, State
from flows.events import Event
from flows.guard import Hit, Tier, read
from flows.naming import button, labelled, number, ticked
from flows.phrases import has, made_of, plain
from flows.screen import Button
from flows.screens import show
from flows.table import ASKING, OPEN, WALKING

CRIES = ("sharp", "stop")  # heard in the middle of a sentence, too
SETTING = ("reminders", "set_time", "set_days", "set_quiet", "set_zone", "set_pause")


def understood(chat: Chat, event: Event, book: Book) -> tuple[Event, str]:
    """The event that the words of *event* stand for, and the notice if they stand for none."""
    said, is_text = event.value, event.name == "text"
    pressed = labelled(chat, said, book) if is_text else None
    if pressed:  # a button's own words, typed, are that button
        return Event(pressed.event, pressed.value, chat.turn, event.at), ""
    hits = [hit for hit in read(said, book.lexicon).hits if matters(hit, book)]
    asked_for = (ticked(chat, said, book) or number(chat, said, book)) if is_text else None
    if hits and not (asked_for and all(hit.tier is Tier.ASK for hit in hits)):
        return red_flag(chat, hits, event, book), ""
    if not is_text:
        return Event("unknown", at=event.at), event.name
    if asked_for and asked_for.value in chat.toggled:
        return Event("unknown", at=event.at), "ticked_already"
    meant = asked_for or cried(chat, said, book) or button(chat, said, book)
    if meant:
        return Event(meant.event, meant.value, chat.turn, event.at), ""
    if not hits and is_a_wish(chat, event, book):
        return Event("wish", said, chat.turn, event.at), ""
    return Event("unknown", at=event.at), unclear(chat, said, book)


def matters(hit: Hit, book: Book) -> bool:
    question = book.questions.get(hit.question)
    return hit.tier >= Tier.ASK and question is not None and question.disposition >= course.LOCKING


def red_flag(chat: Chat, hits: list[Hit], event: Event, book: Book) -> Event:
    """The worst of *hits* as an event: a flag, an answer to what is asked, or a suspicion."""
    tier = max(hit.tier for hit in hits)
    found = [hit.question for hit in hits if hit.tier is tier]
    worst = max(found, key=lambda id: course.potential(id, book))
    if event.name == "text" and worst == asked(chat, book):
        return Event("yes", worst, chat.turn, event.at)
    if tier is Tier.ASK:
        return Event("suspect", worst, at=event.at)
    if worst == CRISIS:  # said outright: nothing is left to ask
        worst = book.questions[CRISIS].follow_ups[-1]
    return Event("flag", worst, at=event.at)


def asked(chat: Chat, book: Book) -> str:
    """The question that is being asked, if one is that takes yes or no."""
    asking = chat.state in (State.SCREENING, State.GATE) and not chat.pages
    if not asking or course.over(chat, book):
        return ""
    id = course.current(chat, book)
    return id if id in book.questions and not book.questions[id].severe else ""


def cried(chat: Chat, said: str, book: Book) -> Button | None:
    """Sharp pain, or a wish to stop, anywhere in what is said in a walkthrough."""
    told_already = chat.state is State.HURT  # what is said after it tells of the same pain
    if chat.state not in WALKING or told_already or chat.page == "suspicion":
        return None
    words = book.words
    for cry in CRIES:
        if has(said, words[f"cry.{cry}"], words["not"], words["harmless"]):
            return Button("", cry)
    return None


def unclear(chat: Chat, said: str, book: Book) -> str:
    """What is said above the screen when words stood for nothing."""
    if not chat.turn:  # whatever a stranger says first, the welcome answers it
        return ""
    for notice in ("greeting", "thanks", "afraid"):
        if made_of(plain(said), book.words[notice], book.words["filler"]):
            return notice
    if chat.page in ("country", "region"):
        return "unknown_country"
    if chat.state in (State.SCREENING, State.GATE, State.AGE, State.RATING) and not chat.pages:
        events = {button.event for button in show(chat, book).buttons}
        return (
            "tap_number"
            if "rate" in events
            else "tap_boxes"
            if "toggle" in events
            else "tap_answer"
        )
    here = f"unclear.{chat.page or chat.state.value}"
    return here if here in book.notices else "not_understood"


def is_a_wish(chat: Chat, event: Event, book: Book) -> bool:
    """Whether the words say when to be reminded, where that can be said.

    On the pages about it a bare number is a time; elsewhere it may be anything.
    """
    said = Event("wish", event.value, chat.turn, event.at)
    bare = event.value.strip().isdecimal()
    if chat.state not in OPEN or (chat.page not in SETTING and (bare or chat.state in ASKING)):
        return False
    return agreement.wished(chat, said, book) is not None
