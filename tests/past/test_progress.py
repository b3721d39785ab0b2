"""How it has gone: what is counted, and that it is told as it is."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows import Chat, Made, Record
from flows.book import Book
from flows.past.figures import Weight, figures, moved
from flows.past.history import history
from flows.past.progress import Chart, progress
from flows.plan import REFERS, Change
from tests.past.log import DAY, NOON, TECHNIQUE, log, weeks

CHAT = Chat(now=NOON, country="DE")
PAIN = st.integers(0, 10)


def told(lines: list[tuple[int, Record]], book: Book, span: int = 0) -> str:
    return progress(Made("progress", str(span)), CHAT, lines, book).words


def test_a_session_is_from_its_gate_to_the_day_after() -> None:
    lines = log((6, 5, 4), (5, 5, 6))
    assert [(s.before, s.after, s.next_day) for s in history(lines).sessions] == [
        (6, 5, 4),
        (5, 5, 6),
    ]


def test_an_answer_is_about_the_last_session_before_it_however_late() -> None:
    """The day after is asked about for two days; whoever is asked may take longer to answer."""
    lines = log((6, 5, 4), (5, 5, 6))[:-1]
    session, *_ = lines[-4:]
    late = (session[0] + 49 * 3_600, Record("next_day", "down", rating=8))
    told_so = history([*lines, late])
    assert [s.next_day for s in told_so.sessions] == [4, 8]
    assert told_so.changes == ((late[0], "down"),)


def test_one_technique_more_is_the_same_session() -> None:
    lines = [
        (NOON, Record("gated", rating=5)),
        (NOON + 60, Record("started", "a")),
        (NOON + 300, Record("rated", "a", rating=4)),
        (NOON + 400, Record("started", "b")),
        (NOON + 500, Record("sharp", "b")),
        (NOON + 600, Record("rated", "b", rating=3)),
    ]
    (session,) = history(lines).sessions
    assert (session.techniques, session.before, session.after, session.sharps) == (
        ("a", "b"), 5, 3, 1,
    )  # fmt: skip


def test_a_gate_that_led_to_no_session_is_none() -> None:
    assert history([(NOON, Record("gated", rating=5))]).sessions == ()


def test_a_pain_that_nobody_said_is_no_pain_of_nought(book: Book) -> None:
    lines = [(NOON - DAY, Record("started", TECHNIQUE))]
    assert history(lines).sessions[0].before is None
    assert book.texts["progress.early"] in told(lines, book)


@pytest.mark.parametrize(
    ("pains", "weight"),
    [
        ((6,), Weight.EARLY),
        ((6, 6), Weight.SAME),
        ((6, 5), Weight.SAME),
        ((6, 4), Weight.BETTER),  # 2 points
        ((3, 2), Weight.BETTER),  # 33 %
        ((4, 3), Weight.SAME),  # 25 %
        ((1, 0), Weight.BETTER),
        ((0, 0), Weight.SAME),
        ((0, 1), Weight.SAME),
        ((4, 5), Weight.SAME),
        ((4, 6), Weight.WORSE),
        ((9, 2, 8), Weight.SAME),  # what lies between does not count
    ],
)
def test_the_smallest_change_that_counts(
    pains: tuple[int, ...], weight: Weight, book: Book
) -> None:
    """Evidence, section 3: 2 points or 30 %."""
    assert figures(history(weeks(pains)), 0, CHAT, book).weight is weight


@given(pains=st.lists(PAIN, min_size=2, max_size=12))
def test_less_is_never_said_where_it_is_not_so(pains: list[int], book: Book) -> None:
    words = told(weeks(pains), book)
    less = pains[0] - pains[-1]
    counts = less >= 2 or (less > 0 and less * 100 >= pains[0] * 30)
    assert ("less.**" in words) == counts
    assert ("more, and it counts" in words) == (less <= -2)
    assert "✓" not in words
    assert "✅" not in words


@given(
    days=st.lists(st.integers(0, 90), min_size=1, max_size=20, unique=True),
    span=st.sampled_from([14, 42, 0]),
)
def test_every_day_from_the_first_session_on_is_one_of_session_or_one_of_rest(
    days: list[int], span: int, book: Book
) -> None:
    lines = [
        (NOON - ago * DAY, Record(what, rating=5))
        for ago in sorted(days, reverse=True)
        for what in ("gated", "started")
    ]
    counted = figures(history(lines), span, CHAT, book)
    inside = [ago for ago in days if not span or ago < span]
    assert len(counted.sessions) == len(inside)
    if inside:
        assert counted.rest_days + len(inside) == max(inside) + 1


def test_it_counts_what_came_after(book: Book) -> None:
    sessions = history(log((6, 5, 6), (6, 6, 7), (6, 7, 5))).sessions
    assert moved(sessions, "after") == (1, 1, 1)
    assert moved(sessions, "next_day") == (1, 1, 1)


@pytest.mark.parametrize("why", [c.value for c in Change if c not in (*REFERS, Change.NONE)])
def test_each_change_of_the_plan_has_its_mark_in_the_chart_and_in_words(
    why: str, book: Book
) -> None:
    made = progress(Made("progress", "0"), CHAT, log((6, 5, 6), (6, 5, 6), changed={0: why}), book)
    assert isinstance(made.value, Chart)
    ((day, mark),) = made.value.changes
    assert f"{mark}: 12 Jan, {book.texts[f'progress.{why}']}" in made.words
    assert day == made.value.sessions[0] + 1


def test_it_fits_under_a_picture_however_much_there_is(book: Book) -> None:
    """1,024 characters; source: Bot API."""
    lines = log(*((9, 8, 9),) * 60, changed=dict.fromkeys(range(60), "down"))
    page = book.texts["page.progress"].format(span="last 42 days")
    assert len(page) + len(told(lines, book)) < 1_000


def test_days_are_those_of_the_persons_clock(book: Book) -> None:
    """Midnight in Japan is nine hours before that in London."""
    at = NOON - NOON % DAY + 16 * 3_600  # 16:00 UTC, 01:00 the next day in Japan
    lines = [(at, Record("gated", rating=5)), (at, Record("started", TECHNIQUE))]
    days = [
        figures(history(lines), 0, CHAT.but(now=at, country=country), book).days[0]
        for country in ("GB", "JP")
    ]
    assert days[1] - days[0] == 1
