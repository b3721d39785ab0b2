"""What may be a worry, though no rule says so: whether to ask about it now."""

from flows.book import Book
from flows.chat import WONDERING, Chat
from flows.course import LOCKING
from flows.guard import LEARNED, Hit, Reading, Tier
from flows.guard.learned import Worry
from flows.guard.reading import SUPPOSED
from flows.screens import asked_in_words

CHECKED = ("doubt", "worries")  # pages on which one worry is being looked at


def is_afraid(chat: Chat, reading: Reading) -> bool:
    """Whether fear is read, and nothing worse: fear of dying is no wish to die."""
    return bool(fears(reading)) and chat.page not in WONDERING


def fears(reading: Reading) -> list[Hit]:
    return [hit for hit in reading.hits if hit.tier is Tier.CHECK and hit.rule != LEARNED]


def sounding(reading: Reading, book: Book) -> Worry | None:
    """What the learned reader takes *reading* for, if anything."""
    learned = book.lexicon.learned
    heard = [hit for hit in reading.hits if hit.rule == LEARNED]
    if not heard or not learned:
        return None
    return next(worry for worry in learned.worries if worry.flag == heard[0].evidence[0])


def is_just_asked(chat: Chat, reading: Reading, book: Book) -> bool:
    """Whether what may be read is the very thing that is being asked."""
    sounds, id = sounding(reading, book), asked_in_words(chat, book)
    return bool(sounds and id in book.questions and id in sounds.questions)


def worry(chat: Chat, reading: Reading, now: int, book: Book) -> str:
    """The topic that *reading* is to be checked about; empty if it was checked a moment ago."""
    sounds = sounding(reading, book)
    if sounds and chat.page in CHECKED:
        return sounds.topic
    if not sounds or chat.page in WONDERING or told_of(reading, book):
        return ""
    since = [
        int(kept.split(":")[1]) for kept in chat.checked if kept.startswith(f"{sounds.topic}:")
    ]
    asked_lately = since and now - since[0] < book.numbers.check_minutes * 60
    return "" if asked_lately and not sounds.every_time else sounds.topic


def is_grave(reading: Reading, book: Book) -> bool:
    """Whether *reading* sounds like what is asked about each time: the chest, the saddle, dying."""
    sounds = sounding(reading, book)
    return sounds is not None and sounds.every_time


def told_of(reading: Reading, book: Book) -> str:
    """The question that *reading* is about, though not of the person now; empty if there is none.

    Where it also sounds like more, only what is supposed counts, as in "what happens if I lose
    control of my bladder?": its answer has a way in, and names what a check could not.
    """
    about = [hit for hit in reading.hits if is_about(hit, book)]
    if reading.tier is Tier.CHECK:
        about = [hit for hit in about if hit.cue.startswith(SUPPOSED)]
    return about[0].question if about else ""


def is_about(hit: Hit, book: Book) -> bool:
    """Whether *hit* tells of a red flag, though not of one that they have now."""
    return hit.tier is Tier.INFO and is_locking(hit, book)


def is_locking(hit: Hit, book: Book) -> bool:
    """Whether a yes to the question of *hit* closes the guide."""
    question = book.questions.get(hit.question)
    return question is not None and question.disposition >= LOCKING
