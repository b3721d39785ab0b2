"""The English guard: rules, and what it has learned."""

import tomllib
from pathlib import Path
from typing import Any

import pytest

from data.learned import read_guard
from flows.guard import Lexicon

ENGLISH = Path(__file__).parents[2] / "data/content/en/lexicon.toml"


@pytest.fixture(scope="session")
def english() -> Lexicon:
    return read_guard(ENGLISH.parent)


@pytest.fixture
def raw() -> dict[str, Any]:
    """The English lexicon as plain data, to be spoiled."""
    return tomllib.loads(ENGLISH.read_text(encoding="utf-8"))
