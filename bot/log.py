"""What the bot writes about itself: a line for each event, on standard error.

It is JSON, for programs; and plain words where somebody sits before it.

1. Never what a person typed or answered, nor the token: no line is made of either, and of an
   exception, whose message may hold anything, only its kind and the way to it are written.
2. A chat is named by a tag that nobody without the key can find its id from (`data/seal.py`):
   `LOG.warning("...", extra={"chat": chat_id})`.
"""

import asyncio
import logging
import traceback
from typing import Any, TextIO

import structlog
from structlog.types import EventDict, WrappedLogger

_TALKATIVE = ("telegram", "aiohttp", "asyncio", "uvicorn", "sqlalchemy", "alembic", "transitions")


def untold(chat_id: int) -> str:  # noqa: ARG001 - it is not told
    """What names a chat while there is no key."""
    return "?"


class Chats:
    """The processor that puts a tag in the place of a chat's id."""

    def __init__(self) -> None:
        self.tag = untold

    def __call__(self, _: WrappedLogger, __: str, event: EventDict) -> EventDict:
        if "chat" in event:
            event["chat"] = self.tag(event["chat"])
        return event


CHATS = Chats()


def discreet(_: WrappedLogger, __: str, event: EventDict) -> EventDict:
    """Of an error, its kind and the way to it."""
    error = event.pop("exc_info", None)
    if isinstance(error, tuple):
        error = error[1]
    if isinstance(error, BaseException):
        event["error"] = where(error)
    return event


def where(error: BaseException) -> list[str]:
    """The kind of *error* and the way to it, without its message; what caused it first."""
    before = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    lines = where(before) if before else []
    frames = traceback.extract_tb(error.__traceback__)
    lines += [f"{frame.filename}:{frame.lineno} in {frame.name}" for frame in frames]
    return [*lines, type(error).__name__]


def formatter(*, for_people: bool = False) -> logging.Formatter:
    """What makes a line of an event, whichever library it comes from."""
    return structlog.stdlib.ProcessorFormatter(
        foreign_pre_chain=[
            structlog.stdlib.add_log_level,
            structlog.stdlib.add_logger_name,
            structlog.stdlib.ExtraAdder(["chat", "update", "kind"]),
            structlog.processors.TimeStamper(fmt="iso", utc=True),
        ],
        processors=[
            structlog.stdlib.ProcessorFormatter.remove_processors_meta,
            CHATS,
            discreet,
            in_words if for_people else structlog.processors.JSONRenderer(ensure_ascii=False),
        ],
    )


def in_words(_: WrappedLogger, __: str, event: EventDict) -> str:
    """The event as a person reads it: "warning: a key was made"."""
    beside = {"chat", "update", "kind"} & event.keys()
    more = "".join(f" ({name} {event[name]})" for name in sorted(beside))
    return "\n  ".join([f"{event['level']}: {event['event']}{more}", *event.get("error", ())])


def start_logging(level: str, into: TextIO | None = None) -> None:
    """Write what is *level* or worse *into* a stream: standard error, if none is named."""
    handler = logging.StreamHandler(into)
    handler.setFormatter(formatter(for_people=handler.stream.isatty()))
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
