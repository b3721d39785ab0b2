"""What we depend on may be used with a program under the MIT licence."""

import pytest

from tests import licences


def test_the_page_says_what_is_installed() -> None:
    written = (licences.ROOT / "docs/dependencies.md").read_text(encoding="utf-8")
    assert written.splitlines() == "\n".join(licences.page()).splitlines(), "make licences"


def test_what_developers_use_is_allowed_too() -> None:
    used = {
        package: licences.licence(package) for package in licences.locked("requirements-dev.lock")
    }
    assert {p: under for p, under in used.items() if not licences.is_allowed(under)} == {}


@pytest.mark.parametrize(
    ("expression", "is_allowed"),
    [
        ("MIT", True),
        ("GPL-3.0-only", False),
        ("GPL-2.0-or-later OR MPL-1.1", True),
        ("MIT AND Proprietary", False),
        ("", False),
    ],
)
def test_an_expression_is_read(expression: str, *, is_allowed: bool) -> None:
    assert licences.is_allowed(expression) is is_allowed
