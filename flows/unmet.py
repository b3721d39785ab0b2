"""What is answered to words that stand for nothing here: what is known, or a question back."""

from flows.beside import is_about_what_fits
from flows.book import SEVERE, Book
from flows.chat import Chat, Disposition, State
from flows.corrections import names_severe
from flows.events import CONDITION, Event
from flows.faq import PLACES, Where, found
from flows.guard import Reading, Tier
from flows.guard.reading import ANOTHER, STRANGER, SUPPOSED
from flows.naming import TOLD
from flows.phrases import begins, holds, plain
from flows.states import CHOOSING, CONSENTED, UNCONSENTED, WALKING
from flows.unclear import unclear
from flows.worries import is_grave, told_of

SHORT = 4  # words; whoever says more may be saying something else, too
# Where words are waited for: a few that do not fit are asked again, and are no new worry.
EXPECTING = (
    State.AGE, State.SCREENING, State.GATE, State.BRIEFING, State.HURT, State.SWITCHING,
    State.RATING, State.FEELING, State.CHECK_IN, State.WEEKLY,
)  # fmt: skip
HOW_IT_IS = (State.RATING, State.FEELING, State.CHECK_IN)  # asked here
RATED = (State.RATING, State.CHECK_IN)  # where a number is asked for


def unmet(chat: Chat, reading: Reading, event: Event, book: Book) -> tuple[Event, str]:
    """What is answered to words that stand for nothing here: what is known, or a question."""
    if chat.state in RATED and not chat.pages and names_severe(event.value, book):
        return Event("suspect", SEVERE, at=event.at), ""
    about = told_of(reading, book)
    is_info = bool(about) or reading.tier is Tier.INFO
    of_me = not any(hit.cue.startswith((ANOTHER, STRANGER, SUPPOSED)) for hit in reading.hits)
    if of_me and is_about_what_fits(chat, event.value, book):
        return Event(CONDITION, at=event.at), ""
    known = found(event.value, book.faq, answered(chat, event.value, book))
    asks = begins(plain(event.value), book.words["explains"], ())
    is_expected = chat.state in (*EXPECTING, *CHOOSING) and is_short(event.value) and not asks
    waited_for = is_expected or chat.state is State.WEEKLY
    if known and chat.page in TOLD and not waited_for:
        return Event("unknown", at=event.at), f"faq.{known}"
    if is_info:
        inform = about and not chat.pages and chat.state in CONSENTED
        event = Event("inform", about, at=event.at) if inform else Event("unknown", at=event.at)
        return event, "info"
    notice = unclear(chat, event.value, book)
    if not chat.pages and is_puzzling(chat, event.value, notice):
        return Event("puzzle", at=event.at), ""
    return Event("unknown", at=event.at), notice


def answered(chat: Chat, said: str, book: Book) -> tuple[Where, ...]:
    """Where *chat* stands, for what may be said to a question: little, where care comes first.

    What tells of something grave is not thanked for, and within a walkthrough it has no answer.
    """
    if chat.lock:
        return PLACES[: 1 if chat.lock.disposition >= Disposition.URGENT else 2]
    words, grave = plain(said), book.words["gravely"]
    if chat.state in WALKING:
        return () if holds(words, grave + book.words["gravely.walking"]) else PLACES[:3]
    return PLACES[:3] if holds(words, grave) else PLACES


def is_awaited(chat: Chat, said: str, reading: Reading, book: Book) -> bool:
    """Whether *said* is a few words where words are waited for; a grave sign is heard all the same.

    Where a warning sign is asked about, the question itself is asked once more.
    """
    is_grave_news = chat.state in HOW_IT_IS and is_grave(reading, book)
    return chat.state in EXPECTING and is_short(said) and not is_grave_news


def is_puzzling(chat: Chat, said: str, notice: str) -> bool:
    """Whether it is asked what *said* is about.  No hold runs on over words not understood."""
    if chat.state is State.HOLDING:
        return bool(plain(said))
    return notice == "not_understood" and chat.state not in UNCONSENTED


def is_short(said: str) -> bool:
    return len(plain(said).split()) <= SHORT
