import gc
import logging
from collections.abc import Iterator

import pytest
from xdist.remote import Producer
from xdist.scheduler import LoadScopeScheduling

from data.library import Library, read_library
from flows.book import Book
from tests import printers
from tests.players import CorePlayer
from tests.readings import remember

gc.disable()  # what is imported and collected stays: to look for what does not takes a fifth of it

# Rooms whose tests have nothing in common and are long: they are shared out one by one.
APART = (
    "test_patients", "test_kill", "test_end_to_end", "test_terminal",
    "test_coming_in", "test_turns", "test_every_zone", "test_kill_reminders",
    "test_pollers", "test_health", "test_sending", "test_processes", "test_bad_days", "test_sim",
)  # fmt: skip
TOGETHER = {"test_browser": "chromium", "test_access": "chromium"}  # one Chromium for both
WIRES = ("-polling]", "-webhook]")  # each has all transcripts for itself, so that neither waits
FIRST = (
    "test_safety",
    "test_alerts_everywhere",
    "test_kill",
    "test_kill_reminders",
    "test_transcripts",
    "test_browser",
    "test_access",
    "test_pollers",
)  # nothing may wait for these


def room(nodeid: str) -> str:
    return nodeid.partition(".py")[0].rpartition("/")[2]


class ByRoom(LoadScopeScheduling):  # type: ignore[misc]  # it has no types
    """A room goes to one process, which has what its tests share; a class with a walk, too."""

    def _split_scope(self, nodeid: str) -> str:
        name = room(nodeid)
        if name in APART:
            return nodeid
        if name == "test_transcripts" and nodeid.endswith(WIRES):
            return nodeid.rpartition("-")[2]
        return TOGETHER.get(name, nodeid.rpartition("::")[0])


def pytest_xdist_make_scheduler(config: pytest.Config, log: Producer) -> ByRoom:
    return ByRoom(config, log)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What takes longest begins first; then the other processes have enough to do beside it."""
    order = {name: number for number, name in enumerate(FIRST)}
    items.sort(key=lambda item: order.get(room(item.nodeid), len(FIRST)))


def pytest_collection_finish() -> None:
    """From here on what is left over is looked for, though not among what is there by now."""
    gc.freeze()
    gc.set_threshold(10_000, 20, 50)
    gc.enable()


@pytest.fixture(scope="session", autouse=True)
def nothing_is_left_open() -> Iterator[None]:
    """What a test has left open is noticed when it is collected: at the latest, here."""
    yield
    printers.end_all()
    gc.collect()


@pytest.fixture(scope="session", autouse=True)
def read_once() -> None:
    remember()


@pytest.fixture(autouse=True)
def logging_as_it_was() -> Iterator[None]:
    """A test that starts the program starts its log, which is none of the next one's business."""
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    yield
    root.handlers[:], root.level = handlers, level


@pytest.fixture(scope="session")
def library() -> Library:
    return read_library()


@pytest.fixture(scope="session")
def book(library: Library) -> Book:
    return library.book("en")


@pytest.fixture
def core(book: Book) -> CorePlayer:
    return CorePlayer(book)
