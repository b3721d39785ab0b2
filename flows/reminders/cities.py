"""Which clock a place goes by."""

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

from flows.reminders.zones import IDS

OFFSETS = tuple(range(-11, 15))  # hours ahead of UTC that some clock shows


@dataclass(frozen=True, slots=True)
class Clock:
    """A clock of a country, and the cities that go by it, the one that is shown first."""

    country: str  # as ISO 3166 has it
    zone: str
    cities: tuple[str, ...]


def clocks_of(country: str, clocks: Iterable[Clock]) -> tuple[Clock, ...]:
    """The clocks of *country*, the one that most people live by first."""
    return tuple(clock for clock in clocks if clock.country == country)


def zones_of(said: str, clocks: Iterable[Clock], country: str = "") -> tuple[str, ...]:
    """The zones that *said* can mean, those of *country* first; it may name a zone itself."""
    place = fold(said)
    if not place:
        return ()
    found = [clock for clock in clocks if place in map(fold, clock.cities)]
    found.sort(key=lambda clock: clock.country != country)
    zones = [clock.zone for clock in found] or [id for id in sorted(IDS) if place in named(id)]
    return tuple(dict.fromkeys(zones))


def named(id: str) -> tuple[str, ...]:
    """What a zone is called: "Europe/Berlin", and "Berlin"."""
    is_place = "/" in id and not id.startswith(("Etc/", "US/", "SystemV/"))
    return (fold(id), fold(id.rsplit("/", 1)[-1])) if is_place else ()


def ahead(hours: int) -> str:
    """The zone that is always *hours* ahead of UTC; its name has the sign the other way round."""
    return f"Etc/GMT{-hours:+d}" if hours else "Etc/UTC"


def fold(name: str) -> str:
    """*name* in small letters, without accents and marks."""
    apart = unicodedata.normalize("NFKD", name.lower())
    plain = (c if c.isalnum() else " " for c in apart if not unicodedata.combining(c))
    return " ".join("".join(plain).replace("ß", "ss").split())
