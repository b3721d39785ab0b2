"""How it has gone: in words, and as a chart in plain data."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from flows.book import Book
from flows.chat import Chat
from flows.past.days import date
from flows.past.figures import Figures, Weight, figures, moved
from flows.past.history import Line, history
from flows.screen import Made, Material

MOST_CHANGES = 5  # of the plan, told in words; the newest
TICKS = 5  # dates on the axis, at the most
SERIES = ("before", "after", "next_day")


@dataclass(frozen=True, slots=True)
class Chart:
    """What the printer draws.  Days are local days, pain is from 0 to 10."""

    first: int
    last: int
    points: tuple[tuple[tuple[int, int], ...], ...]  # day and pain, for each of SERIES
    sessions: tuple[int, ...]  # days with a session
    rests: tuple[int, ...]  # days without one, from the first session on
    changes: tuple[tuple[int, str], ...]  # of the plan: day, and its mark
    ticks: tuple[tuple[int, str], ...]
    labels: tuple[str, ...]  # of SERIES
    session: str
    rest: str
    change: str
    pain: str  # of the axis


def progress(made: Made, chat: Chat, lines: Iterable[Line], book: Book) -> Material:
    """The material of a chart over the last *made.span* days."""
    counted = figures(history(lines), int(made.span), chat, book)
    words = "\n\n".join(told(counted, book))
    return Material(chart(counted, book), words, alt(counted, book))


# In words


def told(counted: Figures, book: Book) -> Iterator[str]:
    """*counted* in paragraphs."""
    if not counted.sessions:
        yield book.texts["progress.none"]
        return
    yield compared(counted, book)
    yield "\n".join(f"• {line}" for line in lines_of(counted, book))
    if changes := changes_of(counted, book):
        yield book.texts["progress.changes"].format(list="\n".join(changes))


def compared(counted: Figures, book: Book) -> str:
    """The pain before the first session and before the last, and what the difference is worth."""
    dose = book.dose
    weighed = book.texts[f"progress.{counted.weight.value}"]
    if counted.compared is None:
        return weighed
    first, last = (counted.sessions[n].before for n in counted.compared)
    on = [date(counted.days[n], book) for n in counted.compared]
    said = book.texts["progress.pain"].format(
        first=first, first_day=on[0], last=last, last_day=on[1]
    )
    points = abs((first or 0) - (last or 0))
    weighed = weighed.format(points=points, least=dose.better, percent=dose.better_percent)
    return f"{said} {weighed}"


def lines_of(counted: Figures, book: Book) -> Iterator[str]:
    yield book.texts["progress.sessions"].format(
        number=len(counted.sessions), rated=counted.rated, rests=counted.rest_days
    )
    for then in ("after", "next_day"):
        less, same, more = moved(counted.sessions, then)
        if less + same + more:
            yield book.texts[f"progress.{then}"].format(less=less, same=same, more=more)
    hurt = sum(session.sharps > 0 for session in counted.sessions)
    if hurt:
        yield book.texts["progress.sharp"].format(number=hurt)


def changes_of(counted: Figures, book: Book) -> list[str]:
    """What has changed in the plan, each with its mark in the chart."""
    changes = zip(counted.changes, marked(counted), strict=True)
    return [
        f"{mark}: {date(day, book)}, {book.texts[f'progress.{why}']}"
        for (day, why), (_, mark) in list(changes)[-MOST_CHANGES:]
    ]


def alt(counted: Figures, book: Book) -> str:
    return book.texts["progress.alt"].format(
        first=date(counted.first, book), last=date(counted.last, book), number=len(counted.sessions)
    )


# As a chart


def chart(counted: Figures, book: Book) -> Chart:
    days = counted.days
    on = set(days)
    begun = range(days[0], counted.last + 1) if days else ()
    return Chart(
        counted.first,
        counted.last,
        tuple(tuple(points(counted, name)) for name in SERIES),
        tuple(sorted(on)),
        tuple(day for day in begun if day not in on),
        tuple(marked(counted)),
        tuple((day, date(day, book)) for day in ticks(counted.first, counted.last)),
        tuple(book.texts[f"chart.{name}"] for name in SERIES),
        book.texts["chart.session"],
        book.texts["chart.rest"],
        book.texts["chart.change"],
        book.texts["chart.pain"],
    )


def points(counted: Figures, name: str) -> Iterator[tuple[int, int]]:
    """Where the pain of a series was; that of the next day is a day later."""
    for day, session in zip(counted.days, counted.sessions, strict=True):
        pain = getattr(session, name)
        if pain is not None:
            yield (day + (name == "next_day"), pain)


def marked(counted: Figures) -> list[tuple[int, str]]:
    """The changes of the plan, each with the mark that it has in the chart and in words."""
    return [(day, str(n)) for n, (day, _) in enumerate(counted.changes, start=1)]


def ticks(first: int, last: int) -> list[int]:
    """Days on the axis, evenly apart, the last one among them."""
    apart = max(1, -(-(last - first) // (TICKS - 1)))
    return sorted(range(last, first - 1, -apart))


__all__ = ["Chart", "Weight", "progress"]
