"""Whoever calls a number that we show reaches an ambulance, or somebody to talk to."""

import re
import tomllib
from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from phonenumbers import SUPPORTED_REGIONS
from phonenumbers.shortnumberinfo import is_emergency_number

from flows.book import Country
from flows.phrases import plain

FILE = Path(__file__).parents[2] / "data" / "content" / "countries.toml"
CONTENT: dict[str, Any] = tomllib.loads(FILE.read_text(encoding="utf-8"))
TABLES: list[dict[str, Any]] = CONTENT["country"]
REGIONS: dict[str, str] = CONTENT["regions"]

# An unknown key in a table stops here, by its name.
COUNTRIES = [Country(**{**table, "aliases": tuple(table.get("aliases", ()))}) for table in TABLES]
BY_CODE = {country.code: country for country in COUNTRIES}

BUTTONS = 30  # of one region, on one screen

every_country = pytest.mark.parametrize("country", COUNTRIES, ids=lambda country: country.code)


def test_every_country_is_in_a_region_and_no_region_is_empty() -> None:
    assert set(CONTENT) == {"regions", "country"}
    assert {country.region for country in COUNTRIES} == set(REGIONS)


def test_a_region_fits_on_one_screen() -> None:
    sizes = Counter(country.region for country in COUNTRIES)
    assert all(size <= BUTTONS for size in sizes.values()), sizes


def test_no_country_is_told_twice() -> None:
    assert not repeated([country.code for country in COUNTRIES])


def test_what_a_person_types_means_one_country() -> None:
    typed = [plain(country.name) for country in COUNTRIES]
    typed += [alias for country in COUNTRIES for alias in country.aliases]
    assert not repeated(typed)


def test_a_code_typed_as_a_name_means_that_country() -> None:
    codes = {country.code.lower(): country.code for country in COUNTRIES}
    for country in COUNTRIES:
        for alias in country.aliases:
            assert codes.get(alias, country.code) == country.code, alias


@every_country
def test_the_code_is_iso_3166(country: Country) -> None:
    assert country.code in SUPPORTED_REGIONS


@every_country
def test_the_emergency_numbers_are_known_as_such_there(country: Country) -> None:
    assert is_emergency_number(country.emergency, country.code)
    if country.also:
        assert is_emergency_number(country.also, country.code)
        assert country.also != country.emergency


@every_country
def test_nothing_but_digits_is_in_an_emergency_number(country: Country) -> None:
    assert re.fullmatch(r"\d{2,5}", country.emergency)
    assert re.fullmatch(r"(\d{2,5})?", country.also)


@every_country
def test_a_crisis_line_can_be_dialled_and_has_a_name(country: Country) -> None:
    if country.crisis:
        assert re.fullmatch(r"\*?\d[\d ]*\d", country.crisis)
        assert country.crisis_name
    else:
        assert not country.crisis_name
        assert not country.crisis_hours


@every_country
def test_an_alias_is_written_as_what_was_typed_is_compared(country: Country) -> None:
    for alias in country.aliases:
        assert alias
        assert alias == plain(alias)


@pytest.mark.parametrize("name", ["georgia", "jersey"])
def test_a_name_that_a_state_of_the_us_has_too_is_not_taken_for_the_country(name: str) -> None:
    assert all(name not in (plain(c.name), *c.aliases) for c in COUNTRIES)


@every_country
def test_the_number_was_compared_with_two_sources_on_a_day(country: Country) -> None:
    emergency, _, crisis = country.source.partition("; crisis line: ")
    assert emergency.startswith("phonenumberslite ")
    assert len(emergency.split(", ")) >= 2
    assert bool(crisis) == bool(country.crisis)
    assert date.fromisoformat(country.checked_on) >= date(2026, 11, 22)


# Where a list of emergency numbers begins with the police, or has a number of each service.
AMBULANCES = {
    "AR": "107", "AU": "000", "BR": "192", "CH": "144", "CL": "131", "CN": "120", "CU": "104",
    "DE": "112", "EG": "123", "FR": "112", "GB": "999", "GH": "193", "IL": "101", "IN": "112",
    "IR": "115", "JP": "119", "KH": "119", "KR": "119", "LB": "140", "MX": "911", "NO": "113",
    "NP": "102", "NZ": "111", "PK": "1122", "RU": "103", "SG": "995", "TH": "1669", "TN": "190",
    "TW": "119", "UA": "103", "US": "911", "VN": "115", "ZA": "10177",
}  # fmt: skip

CRISIS_LINES = {
    "AU": "13 11 14", "BR": "188", "CA": "988", "DE": "0800 111 0 111", "ES": "024", "FR": "3114",
    "GB": "116 123", "IE": "116 123", "IN": "14416", "KR": "109", "NZ": "1737", "US": "988",
}  # fmt: skip


@pytest.mark.parametrize(("code", "number"), AMBULANCES.items())
def test_it_is_the_ambulance_that_is_called(code: str, number: str) -> None:
    assert BY_CODE[code].emergency == number


@pytest.mark.parametrize(("code", "number"), CRISIS_LINES.items())
def test_the_crisis_line_is_the_present_one(code: str, number: str) -> None:
    assert BY_CODE[code].crisis == number


def repeated(names: list[str]) -> list[str]:
    return [name for name, times in Counter(names).items() if times > 1]
