"""When something was, by the person's clock and as they would say it."""

from flows.book import Book
from flows.chat import Chat
from flows.reminders.cities import clocks_of
from flows.reminders.zones import calendar, day_of, minute_of

UNKNOWN = "Etc/UTC"


def zone(chat: Chat, book: Book) -> str:
    """The zone that *chat* lives by, as far as it is known."""
    if chat.reminder:
        return chat.reminder.rule.zone
    here = clocks_of(chat.country, book.clocks)
    return here[0].zone if here else UNKNOWN


def day(at: int, chat: Chat, book: Book) -> int:
    """The local day at the moment *at*, as a number that grows by one a day."""
    return day_of(at, zone(chat, book))


def date(day: int, book: Book) -> str:
    """As "12 Nov"."""
    when = calendar(day)
    month = book.texts["months"].split()[when.month - 1]
    return book.texts["day_month"].format(day=when.day, month=month)


def moment(at: int, chat: Chat, book: Book) -> str:
    """As "12 Nov, 19:05"."""
    here = zone(chat, book)
    minute = minute_of(at, here)
    clock = book.texts["clock"].format(hours=minute // 60, minutes=minute % 60)
    return f"{date(day_of(at, here), book)}, {clock}"
