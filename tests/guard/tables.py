"""The tables of messages beside this file."""

import json
import tomllib
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent


def rows(name: str) -> list[tuple[str, str]]:
    """The messages of a table, each with its question or reason."""
    table = tomllib.loads((HERE / f"{name}.toml").read_text(encoding="utf-8"))
    return [(key, message) for key, messages in table.items() for message in messages]


def examples() -> list[dict[str, Any]]:
    """Messages by other people, with the flags that they had in mind."""
    lines = (HERE / "examples.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines]
