"""`MUTANT=3:the row pytest -p tests.mutated ...`: every test has the table with that lack."""

import os

from tests.mutants import named, put


def pytest_configure() -> None:
    put(named(os.environ["MUTANT"]))
