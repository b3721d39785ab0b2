"""What the bot writes about itself.  Never what a person typed, nor the token.

An exception's message may hold either, so of an exception only its kind and where it
happened are written.
"""

import asyncio
import logging
import traceback
from types import TracebackType
from typing import Any

_FORMAT = "%(asctime)s %(levelname)s %(name)s: %(message)s"
_TALKATIVE = ("telegram", "aiohttp", "asyncio", "uvicorn", "sqlalchemy", "alembic", "transitions")

ExcInfo = tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]


class Discreet(logging.Formatter):
    def formatException(self, ei: ExcInfo) -> str:  # noqa: N802 - as logging calls it
        error = ei[1]
        return where(error) if error else ""


def where(error: BaseException) -> str:
    """The kind of *error* and the way to it, without its message; what caused it first."""
    before = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    lines = [where(before)] if before else []
    frames = traceback.extract_tb(error.__traceback__)
    lines += [f"  {frame.filename}:{frame.lineno} in {frame.name}" for frame in frames]
    return "\n".join([*lines, type(error).__name__])


def start_logging(level: str) -> None:
    handler = logging.StreamHandler()
    handler.setFormatter(Discreet(_FORMAT))
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
