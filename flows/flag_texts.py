"""What is said about red flags and the lock: the gaps of `texts` that are about them."""

from flows import course
from flows.book import Book
from flows.chat import Chat
from flows.lock import may_reopen

MOST_REASONS = 6  # a longer list of reasons is not read


def reasons(chat: Chat, book: Book) -> str:
    """What the person said that brought the lock down."""
    rules = chat.lock.rules if chat.lock else ()
    said = [book.questions[rule].label for rule in rules if rule in book.questions]
    if not said:
        return ""
    return book.texts["reasons"].format(list=bullets(said[-MOST_REASONS:]))


def read_as(chat: Chat, book: Book) -> str:
    """What the words that closed the guide were read as."""
    ids = course.read_as(chat.lock, book) if chat.lock else ()
    return bullets([book.questions[id].label for id in ids])


def wrote(chat: Chat, book: Book) -> str:
    """The words in which that was read."""
    words = chat.lock.words if chat.lock else ()
    return ", ".join(book.texts["quoted"].format(words=said) for said in words)


def statement(chat: Chat, book: Book) -> str:
    return book.texts["statement"] if chat.lock and chat.lock.examined else ""


def opening(chat: Chat, book: Book) -> str:
    """How this lock opens."""
    if not chat.lock:
        return ""
    template = book.texts["opens" if may_reopen(chat, chat.now, book) else "opens_later"]
    return template.format(hours=book.numbers.lock_hours)


def sign(chat: Chat, book: Book) -> str:
    return book.questions[chat.suspected].label


def why_sign(chat: Chat, book: Book) -> str:
    return book.questions[chat.suspected].why


def bullets(lines: list[str]) -> str:
    return "\n".join(f"• {line}" for line in lines)


GAPS = {gap.__name__: gap for gap in (reasons, read_as, wrote, statement, opening, sign, why_sign)}
