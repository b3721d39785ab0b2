"""Which clock a place goes by."""

import unicodedata
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import pairwise

from flows.reminders.zones import DAY, IDS, jump, offset

YEAR, LOOK = 366, 14  # days; no clock is changed, and changed back, within so few
SHORT = 3  # letters of what a region is called for short, at most: "TX", "NSW"
OFFSETS = tuple(range(-11, 15))  # hours ahead of UTC that some clock shows


@dataclass(frozen=True, slots=True)
class Clock:
    """A clock of a country, and the cities that go by it, the one that is shown first."""

    country: str  # as ISO 3166 has it
    zone: str
    cities: tuple[str, ...]
    regions: tuple[str, ...] = ()  # states, wholly or in part; those that go by two are in both


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
        names = [folded(city) for city in clock.cities]
        if place in names:
            size = rank[clock.country] + names.index(place)
            found.append((clock.country != country, size, clock.zone))
        rank[clock.country] += 1
    zones = [zone for _, _, zone in sorted(found)] or [
        id for id in sorted(IDS) if place in named(id)
    ]
    return tuple(dict.fromkeys(zones))


def zones_told(said: str, clocks: tuple[Clock, ...], country: str = "") -> tuple[str, ...]:
    """The zones that *said* can mean: a city, one told with its region, or a region alone.

    "Washington" is a city, and a state: whoever says where they live has but one of them.
    """
    cities, (city, region) = zones_of(said, clocks, country), parted(said, clocks)
    if not region or (not city and len(region) <= SHORT):  # "LA" is a city, and "me" no state
        return cities
    near = [clock for clock in clocks if region in map(folded, clock.regions)]
    if city:  # or of a country called so: "toronto, ca"
        return having(city, near) or having(city, clocks_of(region.upper(), clocks))
    only = [clock.zone for clock in near if len(near) == 1]
    both = dict.fromkeys((*cities[:1], *only))
    at_home = [clock.zone for clock in clocks_of(country, clocks) if clock.zone in both]
    return tuple(at_home if len(at_home) == 1 else both if len(both) == 1 else ())


def parted(said: str, clocks: Iterable[Clock]) -> tuple[str, str]:
    """The city of *said*, and the region behind it; either may be empty."""
    words = fold(said).split()
    regions = {folded(region) for clock in clocks for region in clock.regions}
    for at in range(len(words)):
        city, region = " ".join(words[:at]), " ".join(words[at:])
        if region in regions:
            return city, region
    return " ".join(words), ""


def having(city: str, clocks: Iterable[Clock]) -> tuple[str, ...]:
    """The zones of those *clocks* that have such a *city*."""
    name = fold(city)
    return tuple(clock.zone for clock in clocks if name in map(folded, clock.cities))


def named(id: str) -> tuple[str, ...]:
    """What a zone is called: "Europe/Berlin", and "Berlin"."""
    is_place = "/" in id and not id.startswith(("Etc/", "US/", "SystemV/"))
    return (folded(id), folded(id.rsplit("/", 1)[-1])) if is_place else ()


@lru_cache(maxsize=64)  # whoever draws the page asks for each of its buttons
def changing(zone: str, day: int, clocks: tuple[Clock, ...]) -> tuple[tuple[Clock, ...], ...]:
    """The clocks that show what *zone* does on a day (since 1970), and change within a year.

    Those that go alike are together: the most first, and of these the ones of many big cities.
    """
    at = day * DAY
    found: dict[tuple[int, ...], list[Clock]] = {}
    for clock in clocks:
        if offset(at, clock.zone) == offset(at, zone) and (changes := jumps(clock.zone, at)):
            found.setdefault(changes, []).append(clock)
    groups = [
        tuple(sorted(group, key=lambda clock: len(clock.cities), reverse=True))
        for group in found.values()
    ]
    return tuple(sorted(groups, key=len, reverse=True))


def jumps(zone: str, at: int) -> tuple[int, ...]:
    """When the clock of *zone* is changed within a year of the moment *at*."""
    looks = range(at, at + YEAR * DAY, LOOK * DAY)
    return tuple(jump(a, b, zone) for a, b in pairwise(looks) if offset(a, zone) != offset(b, zone))


def is_no_place(zone: str) -> bool:
    """Whether *zone* is but so many hours ahead of UTC, all year."""
    return zone.startswith("Etc/")


def ahead(hours: int) -> str:
    """The zone that is always *hours* ahead of UTC; its name has the sign the other way round."""
    return f"Etc/GMT{-hours:+d}" if hours else "Etc/UTC"


@cache
def folded(known: str) -> str:
    """The same, kept: of a name that is *known*, never of what somebody typed."""
    return fold(known)


def fold(name: str) -> str:
    """*name* in small letters, without accents and marks."""
    apart = unicodedata.normalize("NFKD", name.lower())
    plain = (c if c.isalnum() else " " for c in apart if not unicodedata.combining(c))
    return " ".join("".join(plain).replace("ß", "ss").split())
