"""The sheet for an appointment: one page, all that was told, and the same as text and as data."""

import json
import re
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from flows import Chat, Made, Record
from flows.book import EMERGENCY_BUTTON, Book
from flows.chat import Disposition, Lock
from flows.past import TOLD
from flows.past.history import Line
from flows.past.sheet import Sheet
from flows.plan import Change
from printing.data import write
from tests.past.log import DAY, NOON, TECHNIQUE, log
from tests.rules.screens import PROMISES

if TYPE_CHECKING:
    from pypdf import PdfReader

NOTES = ("Sitting makes it *much* worse. #1", "I take ibuprofen, $5", "Can I run? \\ [a](b)")
SCHEMA = Path(__file__).with_name("fhir.r4.schema.json")
A4, LETTER = (595, 842), (612, 792)  # points; sources: ISO 216, ANSI Y14.1


def answered(book: Book) -> str:
    """Every question of the screening, most of them with no."""
    said = [f"{id}=no" for id in book.screening if id in book.questions and id != "U03a"]
    said += [f"{id}=none" for id in book.checklists]
    return " ".join(
        [*said, "E03=unsure", "U03a=6", "risks=C04,C05", "conditions=K01,K03", "K01=no"]
    )


def six_weeks(book: Book) -> list[Line]:
    """The most that a page has to hold: a session each day, and all that can go with it."""
    pains = ((6, 7, 8),) * 42
    lines = log(*pains, changed=dict.fromkeys(range(0, 42, 7), Change.LONGER.value))
    begin = NOON - 41 * DAY
    lines = [(begin + (at - lines[0][0]) // 2, record) for at, record in lines]  # twice as close
    lines.insert(1, (begin, Record("answers", answered(book))))
    for n in range(7):
        at = NOON - n * 3_600
        lines.append((at, Record("locked", "E04a E05 E06 E07 E08 E09", "EMERGENCY", book.edition)))
    lines.append((NOON, Record("sharp", TECHNIQUE)))
    return lines


def full(book: Book, country: str = "DE") -> Chat:
    lock = Lock(Disposition.EMERGENCY, NOON, ("E09",), book.edition)
    notes = (*NOTES, *["a wide word " * 12] * 2)
    return Chat(now=NOON, country=country, lock=lock, notes=notes)


def page(chat: Chat, lines: list[Line], book: Book) -> "PdfReader":
    value = TOLD["sheet"](Made("sheet"), chat, lines, book).value
    assert isinstance(value, Sheet)
    return laid(value)


def laid(sheet: Sheet) -> "PdfReader":
    from pypdf import PdfReader

    from printing.sheet import lay

    return PdfReader(BytesIO(lay(sheet)))


def passes(made: str | bytes) -> None:
    """FHIR as it is published, with what R4B says in words, too."""
    from fhir.resources.R4B.questionnaireresponse import QuestionnaireResponse

    QuestionnaireResponse.model_validate_json(made)


def is_r4(told: object) -> None:
    """The schema of R4."""
    from jsonschema import Draft6Validator

    Draft6Validator(json.loads(SCHEMA.read_text(encoding="utf-8"))).validate(told)


def words(chat: Chat, lines: list[Line], book: Book) -> str:
    return TOLD["sheet.words"](Made("sheet.words"), chat, lines, book).words


def flat(text: str) -> str:
    return re.sub(r"\s+", "", text.replace("•", "").replace("**", ""))


class TestThePage:
    @pytest.mark.parametrize(("country", "size"), [("DE", A4), ("US", LETTER), ("", A4)])
    def test_it_is_one_of_the_persons_paper_even_with_a_session_each_day(
        self, country: str, size: tuple[int, int], book: Book
    ) -> None:
        (sheet,) = page(full(book, country), six_weeks(book), book).pages
        assert (round(sheet.mediabox.width), round(sheet.mediabox.height)) == size

    def test_it_says_all_that_it_was_given_and_nothing_of_it_is_markup(self, book: Book) -> None:
        chat, lines = full(book), six_weeks(book)
        value = TOLD["sheet"](Made("sheet"), chat, lines, book).value
        assert isinstance(value, Sheet)
        read = flat(laid(value).pages[0].extract_text())
        for section in value.sections:
            for said in (section.title, *section.lines):
                assert flat(said) in read, said

    def test_it_can_be_read_aloud(self, book: Book) -> None:
        read = page(full(book), six_weeks(book), book)
        assert read.metadata
        assert read.metadata.title == book.texts["sheet.title"]
        root = read.root_object
        assert str(root["/Lang"]) == "en"
        assert str(root["/MarkInfo"]) == "{'/Marked': True, '/Suspects': False}"
        assert "/StructTreeRoot" in root

    def test_a_line_in_letters_that_it_does_not_have_is_told_of_and_stands_in_the_text(
        self, book: Book
    ) -> None:
        from printing.sheet import is_printable

        chat = Chat(now=NOON, notes=("座ると痛い", "Хуже сидя", "يؤلمني الجلوس", "I sit 😀 a lot"))
        read = page(chat, [], book).pages[0].extract_text()
        assert read.count(book.texts["sheet.unprintable"]) == 1
        assert "座" not in read
        assert "Хуже сидя" in read
        assert chat.notes[0] in TOLD["sheet.words"](Made("sheet.words"), chat, [], book).words
        assert [n for n in chat.notes if not is_printable(n)] == [chat.notes[0]]

    def test_with_nothing_to_tell_it_says_so(self, book: Book) -> None:
        (sheet,) = page(Chat(now=NOON), [], book).pages
        assert book.texts["sheet.none"] in sheet.extract_text()


class TestInWords:
    def test_it_says_the_same_as_the_page(self, book: Book) -> None:
        chat = full(book).but(notes=NOTES)
        lines = [*log(*((6, 7, 6), (5, 5, 5), (5, 4, 6))), (NOON, Record("sharp", TECHNIQUE))]
        value = TOLD["sheet"](Made("sheet"), chat, lines, book).value
        assert isinstance(value, Sheet)
        said = words(chat, lines, book)
        for section in value.sections:
            assert all(line in said for line in section.lines)

    def test_it_fits_in_a_message_however_much_there_is(self, book: Book) -> None:
        """4,096 UTF-16 units; source: Bot API."""
        said = words(full(book), six_weeks(book), book)
        assert len(said.encode("utf-16-le")) // 2 < 4_000

    def test_an_answer_stands_as_it_was_given_and_the_last_one_counts(self, book: Book) -> None:
        lines: list[Line] = [
            (NOON - 2, Record("answers", "E01a=unsure E02a=no U03a=6")),
            (NOON - 1, Record("answers", "E01a=no risks=C04 E08=decline U03a=4")),
        ]
        said = words(Chat(now=NOON, answers=("E02a=yes",)), lines, book)
        labels = {id: book.questions[id].label for id in ("E01a", "E02a", "C04", "E08")}
        assert f"**Yes**: {labels['E02a']}." in said
        assert f"**Rather not say**: {labels['E08']}." in said
        assert f"**Ticked**: {labels['C04']}." in said
        assert re.search(rf"\*\*No\*\*: .*{labels['E01a']}", said)
        assert "Not sure" not in said
        assert "4 of 10" in said

    def test_what_was_ticked_is_told_whether_a_clinician_agreed_or_not(self, book: Book) -> None:
        lines: list[Line] = [(NOON, Record("answers", "conditions=K01 K01=no"))]
        label = book.conditions["K01"].label
        said = words(Chat(now=NOON), lines, book)
        assert f"**Ticked**: {label}." in said
        assert said.count(label) == 1
        said = words(Chat(now=NOON, agreed=("K01",)), lines, book)
        assert said.count(label) == 2

    def test_an_outcome_has_its_time_its_reasons_and_the_edition_of_the_rules(
        self, book: Book
    ) -> None:
        lines: list[Line] = [
            (NOON - 90 * DAY, Record("screened", "", "SELF_CARE", "an_old_one")),
            (NOON - DAY, Record("screened", "C04 K01", "CAUTION", "abc")),
            (NOON, Record("locked", f"E09 {EMERGENCY_BUTTON}", "EMERGENCY", "abc")),
            (NOON, Record("statement", "E09", "URGENT", "abc")),
        ]
        said = words(Chat(now=NOON, country="GB"), lines, book)
        button = book.texts["sheet.button"]
        assert (
            f"Get medical help now**. Because of: {book.questions['E09'].label}; {button}" in said
        )
        assert "15 Jan, 8:00" in said
        assert "Rules abc." in said
        assert "an_old_one" not in said, "it is older than the days that the sheet looks back on"

    def test_a_lock_that_is_down_is_told_however_old_it_is(self, book: Book) -> None:
        since = NOON - 90 * DAY
        lock = Lock(Disposition.URGENT, since, ("E09",), "abc")
        lines: list[Line] = [(since, Record("locked", "E09", "URGENT", "abc"))]
        assert "Be seen today" in words(Chat(now=NOON, lock=lock), lines, book)

    def test_it_names_no_technique_and_promises_nothing(self, book: Book) -> None:
        said = words(full(book), six_weeks(book), book)
        assert [t.name for t in book.techniques.values() if t.name in said] == []
        assert [promise for promise in PROMISES if promise in said.lower()] == []


class TestAsData:
    def data(self, chat: Chat, lines: list[Line], book: Book) -> Any:  # noqa: ANN401 - JSON
        """The file, once it has passed the published schema."""
        made = write(TOLD["sheet.data"](Made("sheet.data"), chat, lines, book).value)
        passes(made)
        told = json.loads(made)
        is_r4(told)
        return told

    def test_it_is_valid_with_all_that_can_be_in_it_and_with_nothing(self, book: Book) -> None:
        assert self.data(full(book), six_weeks(book), book)["item"]
        assert "item" not in self.data(Chat(now=NOON), [], book)

    def test_the_check_itself_is_one(self) -> None:
        linkless = {"resourceType": "QuestionnaireResponse", "status": "completed", "item": [{}]}
        with pytest.raises(ValueError, match="linkId"):
            passes(json.dumps(linkless))
        unknown = {"resourceType": "QuestionnaireResponse", "item": [{"linkId": "1", "isA": "x"}]}
        from jsonschema import ValidationError

        with pytest.raises(ValidationError, match="isA"):  # the schema of R4 lets links be left out
            is_r4(unknown)

    def test_it_has_every_answer_session_outcome_and_line(self, book: Book) -> None:
        chat, lines = full(book), six_weeks(book)
        items = self.data(chat, lines, book)["item"]
        answers = {item["linkId"]: item.get("answer", []) for item in items}
        assert answers["E03"][0]["valueCoding"]["code"] == "unsure"
        assert answers["U03a"][0]["valueInteger"] == 6
        assert [one["valueString"] for one in answers["own-words"]] == list(chat.notes)
        links = [item["linkId"] for item in items]
        assert links.count("session") == 42
        assert links.count("outcome") == 8

    def test_it_names_nobody(self, book: Book) -> None:
        data = self.data(full(book), six_weeks(book), book)
        assert not data.keys() & {"subject", "author", "source", "identifier", "encounter"}
