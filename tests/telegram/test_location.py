"""Where somebody is: the zone is found, and the place is told nobody."""

import pytest

from bot.telegram.location import zone_at


@pytest.mark.parametrize(
    ("north", "east", "zone"),
    [
        (52.52, 13.41, "Europe/Berlin"),
        (31.76, -106.49, "America/Denver"),  # El Paso: its big neighbours go by another clock
        (-31.95, 115.86, "Australia/Perth"),
        (90, 0, "Etc/GMT"),
        (0, -140.0, "Etc/GMT+9"),  # on a boat
    ],
)
def test_a_place_has_a_clock(north: float, east: float, zone: str) -> None:
    assert zone_at({"latitude": north, "longitude": east}) == zone


@pytest.mark.parametrize(
    "location",
    [
        None,
        [],
        "47.4 8.5",
        {},
        {"latitude": 47.4},
        {"latitude": "47.4", "longitude": "8.5"},
        {"latitude": True, "longitude": 8.5},
        {"latitude": 91, "longitude": 8.5},
        {"latitude": 47.4, "longitude": 181},
        {"latitude": float("nan"), "longitude": 8.5},
        {"latitude": float("inf"), "longitude": 8.5},
    ],
)
def test_what_is_no_place_has_none(location: object) -> None:
    assert zone_at(location) == ""
