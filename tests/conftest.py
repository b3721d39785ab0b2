import pytest

from data.library import Library, read_library
from flows.book import Book
from tests.players import CorePlayer


@pytest.fixture(scope="session")
def library() -> Library:
    return read_library()


@pytest.fixture(scope="session")
def book(library: Library) -> Book:
    return library.book("en")


@pytest.fixture
def core(book: Book) -> CorePlayer:
    return CorePlayer(book)
