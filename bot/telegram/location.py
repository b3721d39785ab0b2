"""Which clock goes where somebody is.

Where that is goes no further than this room: it is kept nowhere, and no error tells it.
"""

import atexit
from collections.abc import Mapping
from functools import cache
from typing import TYPE_CHECKING

from flows.reminders.zones import IDS

if TYPE_CHECKING:
    from timezonefinder import TimezoneFinder

NORTH, EAST = 90.0, 180.0  # degrees, the most there are


def zone_at(location: object) -> str:
    """The zone of a location as Telegram sends it; empty where that makes no sense."""
    if not isinstance(location, Mapping):
        return ""
    north, east = _degrees(location, "latitude", NORTH), _degrees(location, "longitude", EAST)
    if north is None or east is None:
        return ""
    zone = _finder().timezone_at(lng=east, lat=north) or ""
    return zone if zone in IDS else ""


@cache  # to open its files takes longer than a thousand lookups
def _finder() -> "TimezoneFinder":
    from timezonefinder import TimezoneFinder  # noqa: PLC0415 - few ever need its 15 MB

    finder = TimezoneFinder()
    atexit.register(finder.cleanup)
    return finder


def _degrees(location: Mapping[str, object], key: str, most: float) -> float | None:
    value = location.get(key)
    if not isinstance(value, int | float) or isinstance(value, bool) or not -most <= value <= most:
        return None
    return float(value)
