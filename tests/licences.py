"""Writes docs/dependencies.md: what runs, and under which licence, out of installed metadata.

A licence that is not allowed below stops it, with the package's name: somebody has to read it.
"""

import re
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, metadata
from pathlib import Path

ROOT = Path(__file__).parents[1]

# The names that packages have for licences, as SPDX has them.
_SPDX = {
    "Apache Software License": "Apache-2.0",
    "3-Clause BSD License": "BSD-3-Clause",
    "BSD License": "BSD-3-Clause",
    "ISC License (ISCL)": "ISC",
    "MIT License": "MIT",
    "Mozilla Public License 2.0 (MPL 2.0)": "MPL-2.0",
    "Python Software Foundation License": "PSF-2.0",
}
# Whose metadata does not say it clearly; read in what they ship.
_READ = {
    "axe-playwright-python": "MIT",
    "pyphen": "GPL-2.0-or-later OR LGPL-2.1-or-later OR MPL-1.1",
    "resvg-py": "MIT",
    "timezonefinder": "MIT",
    "timezonefinder-data": "ODbL-1.0",
}
_FREE = {
    "0BSD", "Apache-2.0", "BSD-2-Clause", "BSD-3-Clause", "CC0-1.0", "ISC", "MIT", "MIT-0",
    "MIT-CMU", "PSF-2.0", "Zlib",
}  # fmt: skip
# Used as they are, as libraries or data beside ours; whoever changes one of these gives it away.
_AS_THEY_ARE = {"LGPL-3.0-only", "MPL-2.0", "MPL-1.1", "ODbL-1.0"}

_HEAD = """\
# What runs, and under which licence

Drawn by `make licences` from `requirements.lock` and the metadata of what is installed. Why they
are here: [decision 8](decisions/0008-dependencies.md). What only developers use is checked against
the same list of licences.

| package | licence |
| --- | --- |"""


class NotAllowed(Exception):
    """A package whose licence nobody has allowed, or which says none."""


def locked(lock: str) -> list[str]:
    """The packages of a lock file that are installed here: some are for other systems."""
    names = re.findall(r"^([\w.-]+)==", (ROOT / lock).read_text(), re.MULTILINE)
    return [name for name in dict.fromkeys(names) if _is_installed(name)]


def licence(package: str) -> str:
    """What *package* is under, as an expression of SPDX."""
    if package in _READ:
        return _READ[package]
    told = metadata(package).json
    if expression := told.get("license_expression"):
        return str(expression)
    classes = [c.split(" :: ")[-1] for c in told.get("classifier", []) if "License ::" in c]
    [name] = classes[:1] or [str(told.get("license", ""))]
    return _SPDX.get(name, name)


def is_allowed(expression: str) -> bool:
    """Whether one of what *expression* lets us choose from is allowed, with all it asks for."""
    choices = [re.split(r"\s+AND\s+", choice) for choice in expression.split(" OR ")]
    return any(set(choice) <= _FREE | _AS_THEY_ARE for choice in choices)


def page() -> Iterator[str]:
    """docs/dependencies.md.  Raises NotAllowed."""
    yield _HEAD
    for package in locked("requirements.lock"):
        under = licence(package)
        if not is_allowed(under):
            raise NotAllowed(f"{package}: {under or 'it says no licence'}")
        yield f"| {package} | {under} |"


def _is_installed(package: str) -> bool:
    try:
        metadata(package)
    except PackageNotFoundError:
        return False
    return True


if __name__ == "__main__":
    print("\n".join(page()))  # noqa: T201
