"""What is cried out in a walkthrough, in the middle of a sentence, too; a call for help; ease."""

import re

from flows.answers import numbers_of
from flows.book import Book
from flows.chat import Chat, State
from flows.course import SCALE
from flows.guard.spelling import mended
from flows.naming import Buttons
from flows.phrases import begins, has, made_of, plain, sentences, worst_number
from flows.screen import Button
from flows.states import WALKING

CRIES = ("sharp", "stop")
# What is heard where; right after it a "stop" is about nothing, and a number is an answer.
WAYS = dict.fromkeys(WALKING, CRIES) | dict.fromkeys((State.RATING, State.FEELING), CRIES[:1])
DRAWN_OUT = re.compile(r"(.)\1{2,}")  # "aaaah", "ouuuuch"


def cried(chat: Chat, said: str, book: Book) -> Button | None:
    """Sharp pain, a wish to stop, or how much it hurts, in a walkthrough; right after it, pain."""
    told_already = chat.state is State.HURT  # what is said after it tells of the same pain
    if chat.state not in WAYS or told_already or chat.page == "suspicion":
        return None
    if chat.state is State.FEELING and is_a_feeling(said, book):
        return None
    if help_wanted := call_for_help(said, book):
        return help_wanted
    words, short = book.words, DRAWN_OUT.sub(r"\1\1", said)
    mended_too = without_slips(short, book)
    for cry in WAYS[chat.state]:
        phrases = words[f"cry.{cry}"]
        if any(has(way, phrases, words["not"], words["harmless"]) for way in (short, mended_too)):
            return Button("", cry)
    if chat.state not in WALKING:
        return None
    return too_much(said, book) or too_much(mended_too, book)


def is_a_feeling(said: str, book: Book) -> bool:
    """Whether *said* only tells how it feels next to before: "it hurts more"."""
    feelings = [names for key, names in book.words.items() if key.startswith("feel:")]
    phrases = tuple(name for names in feelings for name in names)
    return bool(made_of(plain(said), phrases, book.words["filler"]))


def too_much(said: str, book: Book) -> Button | None:
    """What a number from 0 to 10 for the pain comes to, if it is more than may be."""
    pain = how_much(said, book)
    if pain is None or pain < book.numbers.ease_at:
        return None
    return Button("", "sharp" if pain >= book.numbers.stop_at else "ease")


def how_much(said: str, book: Book) -> int | None:
    """The pain from 0 to 10 that *said* is."""
    around = book.words["around"] + book.words["slips"]
    return worst_number(said, numbers_of(SCALE, book), around, book.words["scale"])


def call_for_help(said: str, book: Book) -> Button | None:
    """The page for emergencies, where words ask for help wherever they are said."""
    words = book.words
    asks = has(said, words["cry.emergency"], words["not"], words["harmless"])
    return Button("", "emergency") if asks else None


def is_at_ease(chat: Chat, said: str, shown: Buttons, book: Book) -> bool:
    """Whether somebody says, where it could be eased off, that it does not hurt, or little."""
    may_ease = chat.state is not State.HURT and any(button.event == "ease" for button in shown)
    words, filler = plain(said), book.words["filler"]
    if not may_ease or "?" in said or begins(words, book.words["asking_back"], filler):
        return False
    pain = how_much(said, book)
    if pain is not None and 0 < pain < book.numbers.ease_at:  # "nothing" may be numb
        return True
    return bool(made_of(words, book.words["at_ease"] + book.words["harmless"], filler))


def is_alarming(chat: Chat, said: str, book: Book) -> bool:
    """Whether something feels wrong in a walkthrough, though nobody says what: no hold runs on."""
    if chat.state not in WALKING or chat.state is State.HURT or chat.pages:
        return False
    words = book.words
    ways = said, without_slips(said, book)
    return any(has(way, words["alarming"], words["not"], words["harmless"]) for way in ways)


def without_slips(said: str, book: Book) -> str:
    """*said*, each sentence mended."""
    return ", ".join(mended(sentence, book.lexicon.spelling) for sentence in sentences(said))
