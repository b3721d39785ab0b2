"""The book is whole; and a slip in it is one line naming file and key."""

import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from data.asked_for import FILE, asked_for
from data.checks import LISTENED_FOR
from data.errors import BadContent
from data.library import CONTENT, Library, read_library
from flows import Chat, Event, State, screen, step
from flows.book import Book, Condition, Question, Technique
from flows.chat import Disposition
from flows.consent import fades_at
from tests.players import NOON

ROOT = Path(__file__).parents[2]
NO_GO = ("spine", "tailbone", "hip bone", "sit bone", "groin", "knee")


@pytest.fixture
def content(tmp_path: Path) -> Path:
    return Path(shutil.copytree(CONTENT, tmp_path / "content"))


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Content in which nothing is wrong; a lexicon is compiled once for each place and text."""
    return Path(shutil.copytree(CONTENT, tmp_path_factory.mktemp("whole") / "content"))


@pytest.fixture
def slip(whole: Path) -> Iterator[Callable[[str, str, str], str]]:
    """The line that says what is wrong while a file is changed."""
    was: dict[Path, str] = {}

    def changed(file: str, old: str, new: str) -> str:
        path = whole / file
        text = was[path] = path.read_text(encoding="utf-8")
        assert old in text
        path.write_text(text.replace(old, new, 1), encoding="utf-8")
        with pytest.raises(BadContent) as raised:
            read_library(whole)
        return str(raised.value).removeprefix(f"{whole}/")

    yield changed
    for path, text in was.items():
        path.write_text(text, encoding="utf-8")


@pytest.mark.parametrize(
    ("file", "old", "new", "says"),
    [
        ("en/screening.toml", 'disposition = "EMERGENCY"', 'disposition = "BAD"',
         r"en/screening.toml: question.E01a.disposition: .*EMERGENCY"),
        ("en/techniques/glutes_roller.toml", 'reviewed_on = "2026', 'reviewed_on = "26',
         r"en/techniques/glutes_roller.toml: reviewed_on: .*2026-11-22"),
        ("en/techniques/glutes_roller.toml", "avoid = ", "avoids = ",
         r"en/techniques/glutes_roller.toml: avoids: is no key here"),
        ("en/screening.toml", 'label = "Chest pain"\n', "",
         r"en/screening.toml: question.E01a.label: .*"),
        ("en/screening.toml", '"E01a", ', '"E99", ', r"en/screening.toml: screening: E99 .*"),
        ("en/screening.toml", 'follow_ups = ["E09b"]', 'follow_ups = ["E09x"]',
         r"en/screening.toml: question.E09: E09x .*"),
        ("en/techniques/piriformis_ball_chair.toml", "hold = 45", "hold = 61",
         r"en/techniques/piriformis_ball_chair.toml: steps\..*\.hold: .*30 to 60.*"),
        ("en/techniques/glutes_roller.toml", "hold = 25", "hold = 31",
         r"en/techniques/glutes_roller.toml: steps\..*\.hold: .*20 to 30.*"),
        ("en/techniques/glutes_roller.toml", "minutes = ", "colour = 1\nminutes = ",
         r"en/techniques/glutes_roller.toml: colour: .*"),
        ("en/texts.toml", "{progress}", "{progres}",
         r"en/texts.toml: texts.screening: .*progres.*"),
        ("en/texts.toml", '\nsharp = "⚡ Sharp or shooting pain"', "",
         r"en/texts.toml: labels.sharp: is missing"),
        ("en/conditions.toml", 'tools = ["tennis_ball"', 'tools = ["golf_ball"',
         r"en/conditions.toml: K01: golf_ball .*"),
        ("en/rules.toml", "valid_days = 14", 'valid_days = "14"',
         r"en/rules.toml: numbers.valid_days: .*"),
        ("en/rules.toml", "valid_days = 14", "valid_days = ", r"en/rules.toml: .*line.*"),
        ("en/texts.toml", '"no.E05" =', '"no.E55" =',
         r"en/texts.toml: words.no.E55: E55 is not a question .*"),
        ("en/texts.toml", "\nfiller = ", "\nfillers = ",
         r"en/texts.toml: words.filler: is missing"),
        ("en/texts.toml", '= ["chest pain", ', '= ["Chest pain!", ',
         r"en/texts.toml: words.no.E01a: 'Chest pain!' must be written as 'chest pain'"),
        ("en/texts.toml", "[notices]", "[noticed]", r"en/texts.toml: notices: is missing"),
        ("en/texts.toml", '"call.unknown" = ', '"call.unknwon" = ',
         r"en/texts.toml: texts.call.unknown: is missing"),
        ("en/texts.toml", "\nold_button = ", "\nold_buttons = ",
         r"en/texts.toml: notices.old_button: is missing"),
        ("en/texts.toml", "Sessions with sharp pain: {number}", "Sessions with sharp pain: {num}",
         r"en/texts.toml: texts.progress.sharp: nothing fills \{num\}"),
        ("en/conditions.toml", 'moves = ["figure_four"]', 'moves = ["figure_for"]',
         r"en/conditions.toml: K\d+: figure_for is not a move of any technique"),
        ("en/conditions.toml", 'positions = ["back"]', 'positions = ["bak"]',
         r"en/conditions.toml: K\d+: bak is not a position of any technique"),
        ("en/conditions.toml", 'only_positions = ["seated"]', 'only_positions = ["seat"]',
         r"en/conditions.toml: K\d+: seat is not a position of any technique"),
        ("en/conditions.toml", "removes = { moves", 'removes = { areas = ["leg"], moves',
         r"en/conditions.toml: K\d+: leg is not an area of rules.toml"),
        ("en/texts.toml", "\nat_ease = [", "\nat_eas = [",
         r"en/texts.toml: words.at_ease: is missing"),
        ("en/rules.toml", "gate_hours = 12", "gate_hours = 13",
         r"en/rules.toml: numbers.gate_hours: must be from 1 to 12"),
        ("en/rules.toml", "answer_hours = 12", "answer_hours = 25",
         r"en/rules.toml: numbers.answer_hours: must be from 1 to 24"),
        ("en/rules.toml", "ease_at = 5", "ease_at = 7",
         r"en/rules.toml: numbers.ease_at, stop_at: must be from 1 to 10, in this order"),
        ("en/learn.toml", 'area = "piriformis"', 'area = "calf"',
         r"en/learn.toml: spot.deep_buttock.area: calf is not an area of rules.toml"),
        ("en/learn.toml", 'area = "piriformis"', 'area = "hamstrings"',
         r"en/learn.toml: spot.deep_buttock.area: hamstrings is the area of another spot, too"),
        ("en/plan.toml", '"hands"', '"broom"', r"en/plan.toml: dose.tools: broom is not there"),
    ],
)  # fmt: skip
def test_a_slip_is_one_line(
    slip: Callable[[str, str, str], str], file: str, old: str, new: str, says: str
) -> None:
    said = slip(file, old, new)
    assert re.fullmatch(says, said), said
    assert "\n" not in said


def test_words_may_change_without_a_new_edition_and_rules_not(content: Path, book: Book) -> None:
    path = content / "en" / "screening.toml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("Do you have chest pain now?", "Is there chest pain now?"))
    assert read_library(content).book("en").edition == book.edition
    path.write_text(text.replace("severe = 7", "severe = 6", 1))
    assert read_library(content).book("en").edition != book.edition


def test_a_second_language_must_have_the_same_rules(content: Path) -> None:
    shutil.copytree(content / "en", content / "xx")
    assert set(read_library(content, gallery=None).books) == {"en", "xx"}
    path = content / "xx" / "rules.toml"
    path.write_text(path.read_text(encoding="utf-8").replace("valid_days = 14", "valid_days = 28"))
    with pytest.raises(BadContent, match="xx: its rules differ"):
        read_library(content, gallery=None)


def test_every_item_of_the_evidence_is_there(book: Book) -> None:
    items = {question.item for question in book.questions.values()}
    for id in ("A0", *(f"E{n:02}" for n in range(1, 13)), *(f"U{n:02}" for n in range(1, 9)),
               *(f"C{n:02}" for n in range(1, 11))):  # fmt: skip
        assert id in items
    assert sorted(book.conditions) == [f"K{n:02}" for n in range(1, 14)]


def test_every_rule_has_a_source_and_a_date_and_no_invented_reviewer(book: Book) -> None:
    rules: list[Question | Condition | Technique] = [
        *book.questions.values(), *book.conditions.values(), *book.techniques.values()
    ]  # fmt: skip
    for rule in rules:
        assert rule.source, rule.id
        assert re.fullmatch(r"\d{4}-\d\d-\d\d", rule.reviewed_on), rule.id
        assert rule.reviewed_by == "", f"{rule.id}: has a clinician reviewed it?"


def test_what_each_item_comes_to(book: Book) -> None:
    """Decisions 1 to 5."""
    expected = {
        Disposition.EMERGENCY: "E01a E01b E01c E02a E03 E04a E04b E05 E06 E07 E08 E09b E10 E11 E12b"
        " U01b U07a G1",
        Disposition.URGENT: "E02b E09 E12 U01 U02 U03a U03b U03c U03d U04 U05b U06 U07b U08"
        " C09a C09b C09c G2 G3 G4",
        Disposition.CLINICIAN: "U05 U07 C01 C02 C03a C03b C06 C07 C08 C10 P01 P02",
        Disposition.CAUTION: "C04 C05",
    }
    for disposition, ids in expected.items():
        found = {q.id for q in book.questions.values() if q.disposition is disposition}
        assert found == set(ids.split())


def test_every_technique_says_where_not_to_press_and_when_to_stop(book: Book) -> None:
    for technique in book.techniques.values():
        assert any(place in technique.avoid.lower() for place in NO_GO), technique.id
        assert all(w in technique.stop_when.lower() for w in ("sharp", "shoot", "electric"))
        assert any(s.hold for s in technique.steps), technique.id
        for held in (s for s in technique.steps if s.hold):
            assert "breathe" in held.say.lower(), f"{technique.id}.{held.id}"
        if technique.area == "piriformis":
            said = " ".join(s.say.lower() for s in technique.steps)
            assert "still" in said
            assert set(technique.tools) <= {"tennis_ball", "lacrosse_ball"}


def test_every_step_of_a_ball_or_roller_shows_the_no_go_areas_and_the_stop_rule(
    book: Book,
) -> None:
    for technique in book.techniques.values():
        for place in range(len(technique.steps)):
            chat = Chat(
                state=State.STEP, technique=technique.id, tool=technique.tools[0], place=place,
                area=technique.area, screened_at=NOON, edition=book.edition, now=NOON,
                gated_until=NOON + 1, turn=1,
            )  # fmt: skip
            shown = screen(chat, book).text
            assert technique.stop_when in shown
            assert technique.avoid in shown
            assert "{" not in shown


@pytest.mark.parametrize("code", ["DE", "GB", "US", "IN", "AU", "BR", "JP", ""])
def test_an_emergency_names_the_number_of_the_country(book: Book, code: str) -> None:
    chat = Chat(state=State.SCREENING, country=code, edition=book.edition, now=NOON, turn=5)
    shown = screen(step(chat, Event("unsure", "E01a", 5, NOON), book).chat, book).text
    country = book.countries.get(code)
    if country:
        assert f"In {country.name}, call **{country.emergency}**" in shown
    else:
        assert book.texts["call.unknown"] in shown


def test_every_country_can_be_typed_and_tapped(book: Book) -> None:
    for country in book.countries.values():
        chat = Chat(state=State.HOME, pages=("settings", "country"), now=NOON, turn=5)
        after = step(chat, Event("text", country.name, at=NOON), book).chat
        assert after.country == country.code
        assert after.pages == ("settings",)


def test_whoever_runs_it_can_keep_for_less_long_and_people_are_told(library: Library) -> None:
    shorter = library.kept_for(60)
    shorter.replace(library)  # content is read again
    book = shorter.book("en")
    assert book.edition == library.book("en").edition
    told = screen(Chat(state=State.CONSENT, now=NOON, turn=2), book).text
    assert "for 60 days" in told
    assert fades_at(Chat(state=State.HOME, consent=1), NOON, book) == NOON + 60 * 86_400
    assert library.book("en").reminding.keep_days == 180


def test_what_the_program_asks_for_is_listed(book: Book) -> None:
    """`make asked-for` writes it anew."""
    assert FILE.read_text(encoding="utf-8").splitlines() == list(asked_for(book))


def test_all_that_is_listened_for_is_looked_for_at_the_start() -> None:
    sources = [path.read_text(encoding="utf-8") for path in (ROOT / "flows").rglob("*.py")]
    named = {name for text in sources for name in re.findall(r'words\["([a-z_.]+)"\]', text)}
    assert named
    assert named <= set(LISTENED_FOR)
