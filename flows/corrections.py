"""What comes of an answer that is taken back: "I meant yes", "no wait, 8", "oops, go back"."""

import re

from flows import course
from flows.agreement import tells_when
from flows.answers import answer, numbers_of
from flows.book import CRISIS, SEVERE, Book
from flows.chains import led_back
from flows.chat import Chat, Disposition, Lock, State
from flows.events import Event
from flows.naming import Buttons, affirmed
from flows.phrases import (
    any_of,
    begins,
    first_part,
    following,
    has,
    holds,
    made_of,
    plain,
    worst_number,
)
from flows.screen import Button
from flows.signs import is_beside
from flows.states import ASKING, CHOOSING, IDLE, UNCONSENTED, WALKING

WHOLE = re.compile(r"(?<![\d.,:])\d{1,2}(?![\d.,:]\d|\d)")
ASIDE = ("", "plan")  # pages that ask nothing, or only tell what an answer has come to
# What corrects itself here answers what is asked; at the week's question it is asked again.
ASKS_ITSELF = (State.CHECK_IN, State.HARDER, State.KNOWN, State.VOUCHING, State.MISREAD)
TOLD_OF_PAIN = (*WALKING, State.FEELING, State.STOPPED, State.ENDED, State.FINISHED)


def corrected(chat: Chat, event: Event, book: Book) -> Button | None:
    """What an answer that is taken back comes to, if one is."""
    if chat.page == "suspicion":
        before = led_back(chat, book)
        in_full = made_of(plain(event.value), book.words["corrects"], book.words["slips"])
        return Button("", "suspect", before) if before and in_full else None
    if chat.page == "seen":
        return whether_seen(chat, event.value, book)
    if chat.page not in ASIDE or chat.state in (*UNCONSENTED, *ASKS_ITSELF):
        return None
    if chat.state is State.FINISHED and is_now_worse(event.value, book):
        return Button("", "feel", "worse")
    takes_back = is_meant_as_yes(chat, event.value, book)
    if chat.state is State.REFERRED:
        return worse_than_told(chat, event.value, book, takes_back=takes_back)
    if chat.state in ASKING and (takes_back or undoes(event.value, book)):
        return Button("", "back")
    at_home = chat.state is State.HOME and of_the_week(chat, event.at, book)
    if takes_back or (at_home and is_no_no(event.value, book)):
        return asked_anew(chat, event.at, book)
    number = another_number(event.value, book)
    return number_anew(chat, number, book) if number else None


def is_meant_as_yes(chat: Chat, said: str, book: Book) -> bool:
    """Whether *said* makes a yes of an answer; at a question a bare "sorry, yes" may be its own."""
    words, phrases = plain(said), book.words
    around = phrases["filler"] + phrases["slips"]
    if made_of(words, phrases["corrects"], around):
        return True
    return chat.state not in ASKING and bool(made_of(words, phrases["sorry_yes"], ()))


def is_now_worse(said: str, book: Book) -> bool:
    """Whether *said* makes a worse of how it felt: "actually worse"."""
    around = book.words["filler"] + book.words["slips"]
    told = following(plain(said), book.words["slips"], book.words["filler"])
    return bool(made_of(told, book.words["feel:worse"], around))


def undoes(said: str, book: Book) -> bool:
    """Whether *said* only wants to go back: "oops wrong", "I made a mistake"."""
    around = book.words["filler"] + book.words["slips"]
    return bool(made_of(plain(said), book.words["undoes"], around))


def is_no_no(said: str, book: Book) -> bool:
    """Whether *said* is a yes, or not sure, which counts as one."""
    return bool(
        made_of(plain(said), book.words["yes"] + book.words["unsure"], book.words["filler"])
    )


def worse_than_told(chat: Chat, said: str, book: Book, *, takes_back: bool) -> Button | None:
    """A lock that is said to be worse than it was told opens the page for emergencies."""
    if chat.lock and chat.lock.disposition is Disposition.EMERGENCY:
        return None  # nothing covers what it says
    is_worse = takes_back or holds(plain(said), book.words["got_worse"])
    return Button("", "emergency") if is_worse else None


def whether_seen(chat: Chat, said: str, book: Book) -> Button | None:
    """What a sentence comes to where it is asked if they have been seen: "yes, yesterday"."""
    if holds(plain(said), book.words["got_worse"]):
        return worse_than_told(chat, said, book, takes_back=False) or Button("", "not_yet")
    words, phrases = plain(said), book.words
    opening = answer(first_part(said)[0], chat, book)
    if opening != "no" and has(said, phrases["been"], phrases["not"], ()):
        return Button("", "been")
    waits = holds(words, phrases["not_yet"] + phrases["going"])
    if opening == "no" or waits or begins(words, phrases["no"], phrases["filler"]):
        return Button("", "not_yet")
    told = "".join(affirmed(said, book)[:1])  # "yes they checked me", and not "yes but I feel odd"
    by_whom = holds(told, phrases["cared_for"]) and begins(told, phrases["begins.yes"], ())
    return Button("", "been") if opening == "yes" or by_whom else None


def of_the_week(chat: Chat, now: int, book: Book) -> bool:
    """Whether the question of the week is asked, or was answered just now with a no."""
    answered = chat.state is State.HOME and chat.week_at >= book.numbers.told_since(now)
    return answered or chat.state is State.WEEKLY


def asked_anew(chat: Chat, now: int, book: Book) -> Button:
    """What a yes comes to that comes too late, where no question is asked any more."""
    return Button("", "suspect", CRISIS) if of_the_week(chat, now, book) else Button("", "puzzle")


def number_anew(chat: Chat, number: int, book: Book) -> Button | None:
    """What *number* comes to, told instead of one for the pain that was told before."""
    if chat.state in ASKING:
        at = course.before(chat, book)
        last = "" if at < 0 else course.sequence(chat, book)[at]
        was_a_number = last in book.questions and book.questions[last].severe
        return Button("", "back") if was_a_number else None
    if chat.state not in (*IDLE, *CHOOSING, State.FEELING):
        return None
    is_severe = number >= book.questions[SEVERE].severe
    return Button("", "suspect", SEVERE) if is_severe else Button("", "puzzle")


def old_number(chat: Chat, event: Event, book: Book) -> Event:
    """What a number comes to under an old message: very bad pain is asked about, unless told."""
    severe, down = book.questions[SEVERE].severe, chat.lock
    if chat.state in UNCONSENTED or event.value not in course.SCALE or int(event.value) < severe:
        return event
    if down and (down.disposition is Disposition.EMERGENCY or tells_of_severe(down, book)):
        return event
    if is_beside(SEVERE, chat, book):
        return Event("suspect", chat.suspected, at=event.at, suspects=(SEVERE,))
    return Event("suspect", SEVERE, at=event.at)


def tells_of_severe(down: Lock, book: Book) -> bool:
    """Whether the lock came down for very bad pain, among other things."""
    return any(book.questions[id].severe for id in down.rules if id in book.questions)


def how_severe(chat: Chat, said: str, shown: Buttons, book: Book) -> Button | None:
    """What a number comes to where it is asked whether pain is very bad, or was just told of."""
    asked_now = chat.page == "suspicion" and chat.suspected == SEVERE
    if not asked_now and (chat.pages or chat.state not in TOLD_OF_PAIN):
        return None
    scale = book.words["scale"]
    number = worst_number(said, numbers_of(course.SCALE, book), book.words["around"], scale)
    if number is None:
        return None
    is_severe = number >= book.questions[SEVERE].severe
    if not asked_now:
        return Button("", "suspect", SEVERE) if is_severe else None
    event = "flag" if is_severe else "not_so"
    return next((button for button in shown if button.event == event), None)


def names_severe(said: str, book: Book) -> bool:
    """Whether one of several numbers is very bad pain: "2 at rest, 8 when I walk"; or "8+"."""
    counted = re.compile(rf"\d+ ?(?:{any_of(book.words['counted'])})\b")
    numbers = [int(number) for number in WHOLE.findall(counted.sub("", said.lower()))]
    if tells_when(said, book) or not (len(numbers) > 1 or "+" in said):
        return False
    severe = book.questions[SEVERE].severe
    return any(severe <= number <= int(course.SCALE[-1]) for number in numbers)


def another_number(said: str, book: Book) -> int:
    """The number that *said* puts in the place of another: "no wait, 8"; 0 if it does not.

    None at all is none: "sorry, none" may be a plain no.
    """
    slips, phrases = book.words["slips"], book.words
    if not following(plain(said), slips, phrases["filler"]):
        return 0
    numbers = {name: n for name, n in numbers_of(course.SCALE, book).items() if n}
    around = phrases["around"] + slips + phrases["instead"]
    return worst_number(said, numbers, around, phrases["scale"]) or 0
