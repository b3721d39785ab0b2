"""The parameters of a call.  A form carries everything as words, JSON may carry either."""

import json
from dataclasses import dataclass
from typing import Any

from tests.telegram.refusals import Json, bad_request


@dataclass(frozen=True, slots=True)
class Upload:
    """A file among the parameters."""

    name: str
    content: bytes


def words(params: Json, name: str) -> str:
    value = params.get(name, "")
    return value if isinstance(value, str) else str(value)


def whole(params: Json, name: str, default: int = 0) -> int:
    value = params.get(name, default)
    try:
        return int(value)
    except (TypeError, ValueError):
        raise bad_request(f"{name} must be a whole number") from None


def truth(params: Json, name: str) -> bool:
    return words(params, name).lower() in ("true", "1", "yes")


def structure(params: Json, name: str, what: str = "") -> Any:  # noqa: ANN401 - it is JSON
    """An object or a list, whether it came as it is or as JSON in a string; None if left out."""
    value = params.get(name)
    if value is None or value == "":
        return None
    if not isinstance(value, str):
        return value
    try:
        return json.loads(value)
    except ValueError:
        raise bad_request(f"can't parse {what or name} JSON object") from None
