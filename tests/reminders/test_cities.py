"""Which clock a place goes by."""

import pytest

from data.errors import BadContent
from data.library import CONTENT, File
from data.when import read_clocks
from flows.book import Book
from flows.reminders.cities import (
    OFFSETS,
    Clock,
    ahead,
    changing,
    clocks_of,
    parted,
    zones_of,
    zones_told,
)
from flows.reminders.zones import IDS, offset

PATH = CONTENT / "cities.toml"
NOW = 1_800_000_000
TODAY = NOW // 86_400


@pytest.fixture(scope="module")
def known(book: Book) -> tuple[Clock, ...]:
    return book.clocks


@pytest.mark.parametrize(
    ("said", "zone"),
    [
        ("Berlin", "Europe/Berlin"),
        ("münchen", "Europe/Berlin"),
        ("MUNCHEN", "Europe/Berlin"),
        ("New York", "America/New_York"),
        ("nyc", "America/New_York"),
        ("houston", "America/Chicago"),
        ("são paulo", "America/Sao_Paulo"),
        ("Sao Paulo", "America/Sao_Paulo"),
        ("saint petersburg", "Europe/Moscow"),
        ("sydney", "Australia/Sydney"),
        ("barcelona", "Europe/Madrid"),
        ("Lord Howe", "Australia/Lord_Howe"),
        ("europe/zurich", "Europe/Zurich"),
        ("Zürich", "Europe/Zurich"),
    ],
)
def test_a_city_is_found(known: tuple[Clock, ...], said: str, zone: str) -> None:
    assert zones_of(said, known)[0] == zone


def test_of_two_cities_that_share_a_name_that_of_the_country_comes_first(
    known: tuple[Clock, ...],
) -> None:
    assert set(zones_of("london", known)) == {"Europe/London", "America/Toronto"}
    assert zones_of("london", known, "CA")[0] == "America/Toronto"
    assert zones_of("london", known, "GB")[0] == "Europe/London"


@pytest.mark.parametrize(
    ("said", "zone"),
    [
        ("austin texas", "America/Chicago"),
        ("El Paso, TX", "America/Denver"),
        ("portland oregon", "America/Los_Angeles"),
        ("Portland, Maine", "America/New_York"),
        ("london ontario", "America/Toronto"),
        ("london england", "Europe/London"),
        ("toronto, ca", "America/Toronto"),
        ("perth wa", "Australia/Perth"),
        ("seattle wa", "America/Los_Angeles"),
        ("atlanta georgia", "America/New_York"),
        ("tbilisi georgia", "Asia/Tbilisi"),
        ("ohio", "America/New_York"),
        ("new york", "America/New_York"),
        ("LA", "America/Los_Angeles"),
    ],
)
def test_a_city_is_told_with_its_region(known: tuple[Clock, ...], said: str, zone: str) -> None:
    assert zones_told(said, known) == (zone,)


def test_of_a_region_and_a_city_of_one_name_that_of_the_country_counts(
    known: tuple[Clock, ...],
) -> None:
    assert zones_told("victoria", known, "AU") == ("Australia/Sydney",)
    assert zones_told("victoria", known, "CA") == ("America/Vancouver",)


@pytest.mark.parametrize(
    "said",
    [
        "paris texas", "jacksonville, tx", "las vegas nm", "texas", "georgia", "washington",
        "victoria", "springfield or",
        "help me", "me", "oh", "numb in ohio", "akron ohio", "ontario",
    ],
)  # fmt: skip
def test_a_region_that_does_not_settle_the_clock_is_asked_about(
    known: tuple[Clock, ...], said: str
) -> None:
    assert zones_told(said, known) == ()


def test_who_names_no_region_names_a_city(known: tuple[Clock, ...]) -> None:
    assert parted("portland maine", known) == ("portland", "maine")
    assert parted("portland", known) == ("portland", "")
    assert zones_told("portland", known)[0] == "America/Los_Angeles"


@pytest.mark.parametrize("said", ["", "?", "nowhere", "GMT", "EST", "Etc/GMT+5", "no"])
def test_what_is_no_place_is_not_found(known: tuple[Clock, ...], said: str) -> None:
    assert zones_of(said, known) == ()


def test_every_country_has_a_clock(book: Book, known: tuple[Clock, ...]) -> None:
    assert set(book.countries) == {clock.country for clock in known}
    assert clocks_of("US", known)[0].zone == "America/New_York"
    assert [clock.zone for clock in clocks_of("AT", known)] == ["Europe/Vienna"]


def test_an_offset_is_a_clock_of_its_own() -> None:
    for hours in OFFSETS:
        assert ahead(hours) in IDS
        assert offset(NOW, ahead(hours)) == hours * 3_600


@pytest.mark.parametrize(
    "slip",
    [
        {"country": "DE", "zone": "Europe/Nowhere", "cities": ["Berlin"]},
        {"country": "DE", "zone": "Europe/Berlin", "cities": []},
        {"country": "DE", "zone": "Europe/Berlin"},
    ],
)
def test_a_slip_is_told(slip: dict[str, object]) -> None:
    with pytest.raises(BadContent, match=r"cities\.toml: clocks"):
        read_clocks(File(PATH, {"clocks": [slip]}))


def test_clocks_that_change_on_the_same_days_are_together(known: tuple[Clock, ...]) -> None:
    groups = [[clock.zone for clock in group] for group in changing("Etc/GMT-2", TODAY, known)]
    together = next(group for group in groups if "Europe/Athens" in group)
    assert "Europe/Helsinki" in together
    assert not {"Asia/Jerusalem", "Asia/Hebron", "Africa/Cairo"} & {*together}
    assert not any("Africa/Johannesburg" in group for group in groups), "it is not changed"


def test_where_no_clock_changes_nothing_is_asked(known: tuple[Clock, ...]) -> None:
    assert changing("Etc/GMT-9", TODAY, known) == ()
