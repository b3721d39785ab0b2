"""What typed words mean where the chat stands.

Red flags are listened for first, whatever was asked.  Then the words are taken as the
button they name; a "no" only when nothing else is said with it.  What is left over is
answered, and changes nothing.
"""

import unicodedata

from flows import course
from flows.book import CRISIS, Book
from flows.chat import Chat, State
from flows.events import Event
from flows.guard import Hit, Tier, read
from flows.screen import Button
from flows.screens import show

ANSWERS = ("yes", "unsure", "no")
LONGEST_NO = 6  # words; whoever says more than "no" may be saying something else
COMMANDS = ("emergency", "stop", "help", "home", "start", "learn", "settings", "privacy", "session")


def understood(chat: Chat, event: Event, book: Book) -> tuple[Event, str]:
    """The event that the words of *event* stand for, and the notice if they stand for none."""
    pressed = labelled(chat, event.value, book) if event.name == "text" else None
    if pressed:  # a button's own words, typed, are that button
        return Event(pressed.event, pressed.value, chat.turn, event.at), ""
    hits = [hit for hit in read(event.value, book.lexicon).hits if matters(hit, book)]
    heard = red_flag(chat, hits, event, book)
    if heard:
        return heard, ""
    if event.name != "text":
        return Event("unknown", at=event.at), event.name
    meant = button(chat, event.value, book, flagged=bool(hits))
    if meant:
        return Event(meant.event, meant.value, chat.turn, event.at), ""
    return Event("unknown", at=event.at), unclear(chat, event.value, book)


def matters(hit: Hit, book: Book) -> bool:
    question = book.questions.get(hit.question)
    return hit.tier >= Tier.ASK and question is not None and question.disposition >= course.LOCKING


def red_flag(chat: Chat, hits: list[Hit], event: Event, book: Book) -> Event | None:
    """The worst of *hits* as an event: a flag, an answer to what is asked, or a suspicion."""
    at = event.at
    for tier, name in ((Tier.ALERT, "flag"), (Tier.ASK, "suspect")):
        found = [hit.question for hit in hits if hit.tier is tier]
        if not found:
            continue
        worst = max(found, key=lambda id: course.potential(id, book))
        if worst == asked(chat, book) and event.name == "text":
            return Event("yes", worst, chat.turn, at)
        if name == "flag" and worst == CRISIS:  # said outright: nothing is left to ask
            worst = book.questions[CRISIS].follow_ups[-1]
        return Event(name, worst, at=at)
    return None


def asked(chat: Chat, book: Book) -> str:
    """The question that is being asked, if one is that takes yes or no."""
    asking = chat.state in (State.SCREENING, State.GATE) and not chat.pages
    if not asking or course.over(chat, book):
        return ""
    id = course.current(chat, book)
    return id if id in book.questions and not book.questions[id].severe else ""


def unclear(chat: Chat, said: str, book: Book) -> str:
    """What is said above the screen when words stood for nothing."""
    if not chat.turn:  # whatever a stranger says first, the welcome answers it
        return ""
    if plain(said) in book.words["greeting"]:
        return "greeting"
    if chat.page in ("country", "region"):
        return "unknown_country"
    if chat.state in (State.SCREENING, State.GATE, State.AGE) and not chat.pages:
        return "tap_answer"
    return "not_understood"


def labelled(chat: Chat, said: str, book: Book) -> Button | None:
    """The button on the screen of *chat* whose label *said* is, word for word."""
    words = plain(said)
    same = (b for b in show(chat, book).buttons if words and plain(b.label) == words)
    return next(same, None)


def button(chat: Chat, said: str, book: Book, *, flagged: bool) -> Button | None:
    """The button that *said* names on the screen of *chat*, or a command, or nothing."""
    words = plain(said)
    if not words:
        return None
    here = show(chat, book).buttons
    country = place(chat, words, book)
    if country:
        return country
    names = [name for name, said in book.words.items() if words in said]
    for name in (*names, answer(words, book, flagged=flagged)):
        for candidate in here:
            if name in (candidate.event, f"{candidate.event}:{candidate.value}"):
                return candidate
    number = rating(words)
    for candidate in here:
        if candidate.event == "rate" and candidate.value == number:
            return candidate
    command = next((name for name in names if name in COMMANDS), "")
    return Button("", command) if command else None


def answer(words: str, book: Book, *, flagged: bool) -> str:
    """Yes, no or not sure, if *words* open with one of them and nothing speaks against it."""
    for name in ANSWERS:
        opening = any(words.startswith(f"{said} ") for said in book.words[name])
        if opening and name != "no":
            return name
        if opening and not flagged and len(words.split()) <= LONGEST_NO:
            hedged = set(words.split()) & set(book.words["hedge"])
            return "" if hedged else "no"
    return ""


def place(chat: Chat, words: str, book: Book) -> Button | None:
    """The country that *words* name, where one is asked for."""
    if chat.page not in ("country", "region"):
        return None
    for country in book.countries.values():
        if words == plain(country.name) or words in country.aliases:
            return Button(country.name, "live", country.code)
    return None


def rating(words: str) -> str:
    """The number from 0 to 10 that *words* are: "7", "7/10", "7 out of 10", "about 7"."""
    kept = [word for word in words.replace("/", " ").split() if word not in ("about", "out", "of")]
    digits = [word for word in kept if word.isdigit()]
    if kept != digits or not digits or digits[1:] not in ([], ["10"]):
        return ""
    return str(int(digits[0]))


def plain(said: str) -> str:
    """*said* in lower case, with its marks and pictures left out."""
    kept = unicodedata.normalize("NFKC", said).lower().replace("\u2019", "'")
    letters = "".join(c if c.isalnum() or c in "'/" else " " for c in kept)
    return " ".join(letters.replace("'", "").split())
