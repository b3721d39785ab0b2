"""`MUTANT="3:the row" pytest -p tests.mutated ...`: every test has the table with that lack.

With `MUTANT=` it has the table as it is.
"""

import os

from tests.mutants import named, put


def pytest_configure() -> None:
    if name := os.environ["MUTANT"]:
        put(named(name))
