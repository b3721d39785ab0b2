"""Which clocks can be picked from, and what they are called."""

from flows.book import Book
from flows.chat import Chat
from flows.reminders.cities import OFFSETS, ahead, changing, clocks_of, is_no_place
from flows.reminders.zones import DAY

MOST_CLOCKS = 8  # of a country, to pick from; the city can also be typed
MOST_NAMED = 3  # cities that stand for clocks that go alike


def clocks(chat: Chat, book: Book) -> tuple[str, ...]:
    """The zones of their country, the likeliest first; or one for each hour ahead of UTC."""
    here = clocks_of(chat.country, book.clocks)[:MOST_CLOCKS]
    return tuple(clock.zone for clock in here) or tuple(ahead(hours) for hours in OFFSETS)


def cities(chat: Chat, book: Book) -> tuple[str, ...]:
    """A zone for each way in which clocks that show the time that was picked change; and itself."""
    if chat.reminder is None:
        return ()
    zone = chat.reminder.rule.zone
    groups = changing(zone, chat.now // DAY, book.clocks) if is_no_place(zone) else ()
    return (*(group[0].zone for group in groups), zone)


def city_label(zone: str, chat: Chat, book: Book) -> str:
    """A few cities whose clocks go as that of *zone*."""
    groups = changing(zone, chat.now // DAY, book.clocks)
    alike = next((group for group in groups if group[0].zone == zone), ())
    names = [clock.cities[0] for clock in alike[:MOST_NAMED]]
    return ", ".join(names) or book.labels["city.same"]


def place(zone: str, chat: Chat, book: Book) -> str:
    """A city that goes by *zone*; or how far ahead of UTC it is."""
    if is_no_place(zone):
        sign, number = ("-", zone[8:]) if zone[7:8] == "+" else ("+", zone[8:] or "0")
        return f"UTC{sign}{number}"
    here = sorted(book.clocks, key=lambda clock: clock.country != chat.country)
    name = zone.rsplit("/", 1)[-1].replace("_", " ")
    cities = next((clock.cities for clock in here if clock.zone == zone), (name,))
    return name if name in cities else cities[0]
