"""What the bot writes about itself: a line for each event, on standard error.

It is JSON, for programs; and plain words where somebody sits before it.

1. Never what a person typed or answered, nor the token: no line is made of either, and of an
   exception, whose message may hold anything, only its kind and the way to it are written.
2. A chat is named by a tag that nobody without the key can find its id from (`data/seal.py`):
   `LOG.warning("...", extra={"chat": chat_id})`.
"""

import asyncio
import json
import logging
import traceback
from datetime import UTC, datetime
from typing import Any, TextIO

_TALKATIVE = ("telegram", "aiohttp", "asyncio", "uvicorn", "sqlalchemy", "alembic", "transitions")
_BESIDE = ("chat", "update", "kind")  # what a line may say beside its words


def untold(chat_id: int) -> str:  # noqa: ARG001 - it is not told
    """What names a chat while there is no key."""
    return "?"


class Chats:
    """What names a chat in a line."""

    def __init__(self) -> None:
        self.tag = untold


CHATS = Chats()


def where(error: BaseException) -> list[str]:
    """The kind of *error* and the way to it, without its message; what caused it first."""
    before = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    lines = where(before) if before else []
    frames = traceback.extract_tb(error.__traceback__)
    lines += [f"{frame.filename}:{frame.lineno} in {frame.name}" for frame in frames]
    return [*lines, type(error).__name__]


def event_of(record: logging.LogRecord) -> dict[str, Any]:
    """What is told of *record*, whichever library it comes from."""
    at = datetime.fromtimestamp(record.created, UTC)
    event: dict[str, Any] = {
        "event": record.getMessage(),
        "level": record.levelname.lower(),
        "logger": record.name,
        "timestamp": at.isoformat(timespec="microseconds").replace("+00:00", "Z"),
    }
    event |= {name: getattr(record, name) for name in _BESIDE if hasattr(record, name)}
    if "chat" in event:
        event["chat"] = CHATS.tag(event["chat"])
    if record.exc_info and record.exc_info[1]:
        event["error"] = where(record.exc_info[1])
    return event


class Json(logging.Formatter):
    """An event as programs read it."""

    def format(self, record: logging.LogRecord) -> str:
        return json.dumps(event_of(record), ensure_ascii=False, default=repr)


class Plain(logging.Formatter):
    """An event as a person reads it: "warning: a key was made"."""

    def format(self, record: logging.LogRecord) -> str:
        event = event_of(record)
        more = "".join(f" ({name} {event[name]})" for name in sorted(_BESIDE) if name in event)
        return "\n  ".join([f"{event['level']}: {event['event']}{more}", *event.get("error", ())])


def start_logging(level: str, into: TextIO | None = None) -> None:
    """Write what is *level* or worse *into* a stream: standard error, if none is named."""
    handler = logging.StreamHandler(into)
    handler.setFormatter(Plain() if handler.stream.isatty() else Json())
    logging.basicConfig(level=level, handlers=[handler], force=True)
    for name in _TALKATIVE:  # some write whole addresses, and the token is part of them
        logging.getLogger(name).setLevel(logging.WARNING)


def log_lost_errors(loop: asyncio.AbstractEventLoop) -> None:
    """Log what asyncio would, without the text of the error in it."""

    def lost(_: asyncio.AbstractEventLoop, context: dict[str, Any]) -> None:
        logging.getLogger("asyncio").error(
            "%s", str(context.get("message")), exc_info=context.get("exception")
        )

    loop.set_exception_handler(lost)
