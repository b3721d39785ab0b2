"""The sheet as data: a QuestionnaireResponse of FHIR R4, as a clinic's computer reads it.

It names nobody: whose it is, who hands it over says.
"""

from collections.abc import Iterator, Sequence
from typing import Any

from flows.book import EMERGENCY_BUTTON, Book
from flows.chat import Chat
from flows.events import Record
from flows.past.answers import NUMBER, Answer, answers
from flows.past.days import day, zone
from flows.past.figures import Figures
from flows.past.history import Line, Session
from flows.past.sheet import OUTCOMES, areas, counted_of, is_down
from flows.reminders.zones import wall
from flows.screen import Made, Material

Item = dict[str, Any]


def sheet_data(_: Made, chat: Chat, lines: Sequence[Line], book: Book) -> Material:
    """The material of the file."""
    here = zone(chat, book)
    counted = counted_of(chat, lines, book)
    items = [
        *outcomes(chat, lines, counted, book),
        *(asked(answer, here, book) for answer in answers(lines, chat, book).values()),
        *agreed(chat, book),
        *(session(one, here, book) for one in counted.sessions),
        *own_words(chat, book),
    ]
    response = {
        "resourceType": "QuestionnaireResponse",
        "language": book.language,
        "status": "completed",
        "authored": time(chat.now, here),
    }
    return Material(response | ({"item": items} if items else {}))


def time(at: int, here: str) -> str:
    """The moment *at* with its offset, as FHIR wants it."""
    return wall(at, here).isoformat()


def outcomes(chat: Chat, lines: Sequence[Line], counted: Figures, book: Book) -> Iterator[Item]:
    """What the answers came to, with the rules that said so."""
    here = zone(chat, book)
    for at, record in lines:
        recent = day(at, chat, book) >= counted.first or is_down(at, record, chat)
        if record.what in OUTCOMES and recent:
            yield group("outcome", book.texts["sheet.came_to"], outcome(at, record, here, book))


def outcome(at: int, record: Record, here: str, book: Book) -> Iterator[Item]:
    yield item("outcome.time", {"valueDateTime": time(at, here)})
    yield item("outcome.kind", coding(record.what))
    if record.disposition:
        yield item("outcome.disposition", coding(record.disposition))
    rules = [coding(id, label_of(id, book)) for id in record.about.split()]
    if rules:
        yield item("outcome.because", *rules)
    if record.edition:
        yield item("outcome.rules", {"valueString": record.edition})


def label_of(id: str, book: Book) -> str:
    if id == EMERGENCY_BUTTON:
        return book.texts["sheet.button"]
    thing = book.questions.get(id) or book.conditions.get(id)
    return thing.label if thing else ""


def asked(answer: Answer, here: str, book: Book) -> Item:
    """A question with its last answer, and when that was given."""
    given = (
        {"valueInteger": int(answer.given)}
        if answer.kind == NUMBER
        else coding(answer.given, book.texts[f"sheet.answer.{answer.given}"])
    )
    told = given | {"item": [item(f"{answer.id}.time", {"valueDateTime": time(answer.at, here)})]}
    return item(answer.id, told, text=label_of(answer.id, book))


def agreed(chat: Chat, book: Book) -> Iterator[Item]:
    """With what a clinician has agreed, as the person says."""
    known = [coding(id, label_of(id, book)) for id in chat.agreed if id in book.conditions]
    if known:
        yield item("agreed", *known)


def session(one: Session, here: str, book: Book) -> Item:
    pains = {"before": one.before, "after": one.after, "next_day": one.next_day}
    return group(
        "session",
        book.texts["chart.session"],
        [
            item("session.time", {"valueDateTime": time(one.at, here)}),
            *(
                item("session.area", {"valueString": where})
                for where in [areas(one, book)]
                if where
            ),
            *(
                item(f"session.{name}", {"valueInteger": pain}, text=book.texts[f"chart.{name}"])
                for name, pain in pains.items()
                if pain is not None
            ),
            item("session.sharp", {"valueInteger": one.sharps}),
        ],
    )


def own_words(chat: Chat, book: Book) -> Iterator[Item]:
    if chat.notes:
        said = ({"valueString": words} for words in chat.notes)
        yield item("own-words", *said, text=book.texts["sheet.own"])


def coding(code: str, display: str = "") -> Item:
    return {"valueCoding": {"code": code} | ({"display": display} if display else {})}


def item(link: str, *said: Item, text: str = "") -> Item:
    return {"linkId": link} | ({"text": text} if text else {}) | {"answer": list(said)}


def group(link: str, text: str, items: Iterator[Item] | list[Item]) -> Item:
    return {"linkId": link, "text": text, "item": list(items)}
