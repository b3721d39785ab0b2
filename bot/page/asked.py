"""What the page says with a request.  It may hold anything; nothing in here trusts it."""

import json
from typing import Any

from starlette.requests import Request

from bot.heard import Heard
from bot.said import pressed, typed
from bot.server import read_body

LARGEST = 32 * 1024  # bytes of what the page may say at once
LONGEST = 4096  # characters typed; as on Telegram


async def read_json(request: Request) -> dict[str, Any]:
    """What the page says; empty when it makes no sense."""
    body = await read_body(request.stream(), LARGEST)
    try:
        given = json.loads(body or b"")
    except (ValueError, RecursionError):
        return {}
    return given if isinstance(given, dict) else {}


def read_said(given: dict[str, Any], chat_id: int, at: int) -> Heard | None:
    """What a person says with it; None when that makes no sense."""
    match given:
        case {"text": str(text)} if text.strip() and len(text) <= LONGEST:
            return Heard(chat_id, None, typed(text.strip(), at))
        case {"id": int(number), "data": str(data)} if 0 <= number < 2**53:
            return Heard(chat_id, None, pressed(data, at), number)
    return None
