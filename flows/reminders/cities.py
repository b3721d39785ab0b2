"""Which clock a place goes by."""

import unicodedata
from collections import Counter
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
    """The zones that *said* can mean, the likeliest first; it may name a zone itself.

    Those of *country* are likelier, and then those that many live by, where the city is a big one.
    """
    place = fold(said)
    if not place:
        return ()
    found = []
    rank = Counter[str]()  # how many bigger clocks the country of each has
    for clock in clocks:
        names = [fold(city) for city in clock.cities]
        if place in names:
            size = rank[clock.country] + names.index(place)
            found.append((clock.country != country, size, clock.zone))
        rank[clock.country] += 1
    zones = [zone for _, _, zone in sorted(found)] or [
        id for id in sorted(IDS) if place in named(id)
    ]
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
