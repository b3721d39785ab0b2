"""What people type to say when it is to be quiet."""

import pytest

from flows.book import Book
from flows.reminders.quiet import quieting, resolved

BEFORE = (22 * 60, 8 * 60)
NIGHT = (23 * 60, 6 * 60)


def hours(said: str, book: Book, *, here: bool = False) -> tuple[float, float] | None:
    """The quiet hours that *said* makes of those from 22 to 8."""
    found = quieting(said, book.whens, NIGHT, here=here)
    quiet = found and resolved(found, BEFORE)
    return (quiet[0] / 60, quiet[1] / 60) if quiet else None


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("quiet from 10pm to 7", (22, 7)),
        ("quiet hours from 22:00 until 07:00", (22, 7)),
        ("quiet from 10 pm through 7", (22, 7)),
        ("quiet hours 10 pm - 6:30 am", (22, 6.5)),
        ("be quiet between 9 pm and 9 am", (21, 9)),
        ("Please do not remind me between 23h and 6h", (23, 6)),
        ("quiet from 9 to 5 pm", (9, 17)),
        ("quiet from 10 to 7am", (22, 7)),
        ("quiet from midnight to 10", (0, 10)),
        ("quiet from noon to 3 pm", (12, 15)),
        ("quiet from 8 pm to noon", (20, 12)),
        ("quiet from 20:00 to 12:00", (20, 12)),
        ("quiet from 8 pm to midnight", (20, 0)),
        ("quiet from midnight to noon", (0, 12)),
        ("quiet from evening to morning", (19, 8)),
        ("quiet from 10 at night to 7 in the morning", (22, 7)),
        ("quiet from 9 in the evening until 22h", (21, 22)),
        ("not before noon", (22, 12)),
        ("not before 8", (22, 8)),
        ("not before 9:30", (22, 9.5)),
        ("don\u2019t remind me before 10 am", (22, 10)),
        ("no reminders after 9", (21, 8)),
        ("not after 8 pm", (20, 8)),
        ("quiet after 11pm", (23, 8)),
        ("quiet until 7", (22, 7)),
        ("nothing at night", (23, 6)),
        ("dont write me in night", (23, 6)),
        ("quiet nights", (23, 6)),
    ],
)
def test_quiet_hours_are_read(book: Book, said: str, meant: tuple[float, float]) -> None:
    assert hours(said, book) == meant


@pytest.mark.parametrize(("said", "meant"), [("nights", (23, 6)), ("10pm to 6", (22, 6))])
def test_where_one_asks_for_them_less_is_enough(
    book: Book, said: str, meant: tuple[float, float]
) -> None:
    assert hours(said, book) is None
    assert hours(said, book, here=True) == meant


@pytest.mark.parametrize(
    "said",
    [
        "quiet from 10 to 7",  # in the evening or in the morning: both are nine hours
        "quiet from 8 to 8",
        "not before 10 pm",  # there would be no hour left, or all of them
        "quiet from 9 am to 8 am",
        "quiet from 25 to 7",
        "quiet",
        "not",
        "before 8",
        "not before",
        "quiet hours",
        "not before 8 or so",
        "not before 13 pm am",
        "my leg is not quiet from 10pm to 7am",
        "no pain before 8",
        "every day at 8",
    ],
)
def test_what_is_not_plain_is_not_taken(book: Book, said: str) -> None:
    assert hours(said, book) is None
    assert hours(said, book, here=True) is None
