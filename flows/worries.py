"""What may be a worry, though no rule says so: whether to ask about it now."""

from flows.book import Book
from flows.chat import WONDERING, Chat
from flows.guard import LEARNED, Hit, Reading, Tier
from flows.guard.learned import Worry
from flows.screens import asked_in_words


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
    if not sounds or chat.page in WONDERING:
        return ""
    since = [
        int(kept.split(":")[1]) for kept in chat.checked if kept.startswith(f"{sounds.topic}:")
    ]
    asked_lately = since and now - since[0] < book.numbers.check_minutes * 60
    return "" if asked_lately and not sounds.every_time else sounds.topic
