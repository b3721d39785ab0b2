"""The sheet for an appointment: what was told, in sections of lines.

The printer lays it out, the chat says it, and `fhir.py` gives it as data; all three say the same.
Areas are named and techniques are not: it shows nobody what to do.
"""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from flows.book import EMERGENCY_BUTTON, Book
from flows.chat import Chat
from flows.clocks import place
from flows.events import Record
from flows.past.answers import NUMBER, PLAIN, TICKED, Answer, answers
from flows.past.days import date, day, moment, zone
from flows.past.figures import Figures, figures
from flows.past.history import Line, Session, history
from flows.past.progress import Chart, alt, changes_of, chart, compared, lines_of
from flows.screen import Made, Material

MOST_OUTCOMES = 5  # of what the answers came to; the newest
MOST_WORSE = 6  # of what made it worse; the newest
COLUMNS = 3  # of sessions, on the page
OUTCOMES = ("locked", "screened", "statement", "vouched")


@dataclass(frozen=True, slots=True)
class Section:
    title: str
    lines: tuple[str, ...]  # with **bold** in them
    columns: int = 1
    said: int = 6  # lines in a message of the chat, which is shorter than a page; the last ones


@dataclass(frozen=True, slots=True)
class Sheet:
    """What the printer lays out on one page."""

    language: str
    paper: str  # "a4" or "us-letter"
    title: str
    made: str
    caveat: str
    unprintable: str  # said for a line in letters that the printer does not have
    sections: tuple[Section, ...]
    chart: Chart | None
    alt: str  # what the chart is


def sheet(_: Made, chat: Chat, lines: Sequence[Line], book: Book) -> Material:
    """The material of the page."""
    counted = counted_of(chat, lines, book)
    return Material(
        Sheet(
            book.language,
            "us-letter" if chat.country in book.past.letter else "a4",
            book.texts["sheet.title"],
            made_on(chat, book),
            book.texts["sheet.not"],
            book.texts["sheet.unprintable"],
            tuple(sections(chat, lines, counted, book)),
            chart(counted, book) if counted.sessions else None,
            alt(counted, book),
        )
    )


def sheet_words(_: Made, chat: Chat, lines: Sequence[Line], book: Book) -> Material:
    """The same as a message."""
    said = [made_on(chat, book), book.texts["sheet.not"]]
    for section in sections(chat, lines, counted_of(chat, lines, book), book):
        shown = section.lines[-section.said :]
        said.append("\n".join([f"**{section.title}**", *(f"• {line}" for line in shown)]))
    return Material(None, "\n\n".join(said))


def counted_of(chat: Chat, lines: Sequence[Line], book: Book) -> Figures:
    return figures(history(lines), book.past.sheet_days, chat, book)


def made_on(chat: Chat, book: Book) -> str:
    return book.texts["sheet.made"].format(
        moment=moment(chat.now, chat, book),
        days=book.past.sheet_days,
        zone=place(zone(chat, book), chat, book),
    )


def sections(chat: Chat, lines: Sequence[Line], counted: Figures, book: Book) -> Iterator[Section]:
    """All that is told; a section without lines is left out, but for what the answers came to."""
    texts = book.texts
    outcomes = tuple(came_to(chat, lines, counted.first, book)) or (texts["sheet.none"],)
    yield Section(texts["sheet.came_to"], outcomes, said=2)
    if chat.notes:
        yield Section(texts["sheet.own"], chat.notes)
    if found := answers(lines, chat, book):
        days = [day(answer.at, chat, book) for answer in found.values()]
        on = " - ".join(dict.fromkeys(date(one, book) for one in (min(days), max(days))))
        asked = (*answered(found.values(), book), *agreed(chat, book))
        yield Section(texts["sheet.asked"].format(days=on), asked)
    if counted.sessions:
        yield Section(
            texts["sheet.pain"],
            (compared(counted, book), *lines_of(counted, book), *planned(counted, book)),
        )
    if worse := tuple(made_worse(counted, book)):
        yield Section(texts["sheet.worse"], worse[-MOST_WORSE:], said=3)
    if counted.sessions:
        yield Section(texts["sheet.sessions"], tuple(gone(counted, book)), COLUMNS)


def planned(counted: Figures, book: Book) -> Iterator[str]:
    """What has changed in the plan, in a line."""
    if changes := changes_of(counted, book):
        yield book.texts["sheet.planned"].format(list="; ".join(changes))


# What the answers came to


def came_to(chat: Chat, lines: Sequence[Line], first: int, book: Book) -> list[str]:
    """The outcomes since the day *first*, and the lock that is down, however old it is."""
    found = [(at, record) for at, record in lines if record.what in OUTCOMES]
    of_late = [line for line in found if day(line[0], chat, book) >= first][-MOST_OUTCOMES:]
    shown = [line for line in found if line in of_late or is_down(*line, chat)]
    return [outcome(at, record, chat, book) for at, record in shown]


def is_down(at: int, record: Record, chat: Chat) -> bool:
    """Whether *record* is of the lock that is down now."""
    return chat.lock is not None and record.what == "locked" and at >= chat.lock.since


def outcome(at: int, record: Record, chat: Chat, book: Book) -> str:
    key = "cautions" if record.what == "screened" and said_of(record, book) else record.what
    return book.texts[f"sheet.{key}"].format(
        moment=moment(at, chat, book),
        grade=book.texts.get(f"sheet.{record.disposition.lower()}", ""),
        reasons=said_of(record, book),
        edition=record.edition,
    )


def said_of(record: Record, book: Book) -> str:
    """The labels of the questions that *record* is about; what is gone from the book has its id."""
    ids = (id for id in record.about.split() if id not in book.conditions)
    return "; ".join(called(id, book) for id in ids)


def called(id: str, book: Book) -> str:
    if id == EMERGENCY_BUTTON:
        return book.texts["sheet.button"]
    return book.questions[id].label if id in book.questions else id


# What was asked


def answered(found: Collection[Answer], book: Book) -> Iterator[str]:
    """A line for each answer that there was: to what; what is no plain no comes first."""
    for kind in (*PLAIN[:-1], TICKED, PLAIN[-1]):
        names = [named(answer.id, book) for answer in found if answer.kind == kind]
        if names:
            said = book.texts[f"sheet.answer.{kind}"]
            yield book.texts["sheet.answered"].format(answer=said, list="; ".join(names))
    numbers = [answer for answer in found if answer.kind == NUMBER]
    if numbers:
        newest = max(numbers, key=lambda answer: answer.at)
        yield book.texts["sheet.number"].format(number=newest.given)


def agreed(chat: Chat, book: Book) -> Iterator[str]:
    """With what a clinician has agreed, as the person says."""
    names = [named(id, book) for id in chat.agreed if id in book.conditions]
    if names:
        yield book.texts["sheet.agreed"].format(list="; ".join(names))


def named(id: str, book: Book) -> str:
    return book.conditions[id].label if id in book.conditions else book.questions[id].label


# Sessions


def gone(counted: Figures, book: Book) -> Iterator[str]:
    unknown = book.texts["sheet.unknown"]
    for on, session in zip(counted.days, counted.sessions, strict=True):
        pains = {
            name: unknown if (pain := getattr(session, name)) is None else pain
            for name in ("before", "after", "next_day")
        }
        yield book.texts["sheet.session"].format(day=date(on, book), **pains)


def made_worse(counted: Figures, book: Book) -> Iterator[str]:
    """Sharp pain, and more pain after a session or the day after than before it."""
    for on, session in zip(counted.days, counted.sessions, strict=True):
        for key, pain in worse_than_before(session):
            yield book.texts[f"sheet.{key}"].format(
                day=date(on, book), before=session.before, after=pain, areas=areas(session, book)
            )


def worse_than_before(session: Session) -> Iterator[tuple[str, int | None]]:
    if session.sharps:
        yield "sharp", None
    for key, pain in (("more", session.after), ("more_next_day", session.next_day)):
        if session.before is not None and pain is not None and pain > session.before:
            yield key, pain


def areas(session: Session, book: Book) -> str:
    """Where was worked; what the book does not have any more is left out."""
    known = (book.techniques[id].area for id in session.techniques if id in book.techniques)
    return ", ".join(dict.fromkeys(book.areas[area] for area in known))
