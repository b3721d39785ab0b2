"""Runs the bot until it is told to stop: what `python -m bot run` does."""

import asyncio
import gc
import logging
import signal
import sys
from collections.abc import Sequence
from contextlib import suppress

from bot.app import App
from bot.log import start_logging
from bot.server import with_port
from bot.settings import CannotStart, Settings, read_settings
from bot.way import Way

# What a turn makes lives until it is spoken.  To look through it after every 700 things, as Python
# does by itself, finds nearly all of them alive.  So many take some megabytes.
_GARBAGE = 20_000, 10, 10
_IN_TERMINAL = "The bot is here in the terminal. Ctrl-D ends it."


def run(terminal: Way | None = None) -> None:
    """Serve people as the settings say; or, whatever they say, whoever sits at a *terminal*."""
    try:
        settings = read_settings()
        if terminal:
            settings = settings.model_copy(update={"telegram_token": None})
        start_logging(settings.log_level if settings.telegram_token else "WARNING")
        say(_IN_TERMINAL if terminal else _mode(settings))
        asyncio.run(_serve(settings, [terminal] if terminal else []))
    except CannotStart as error:
        say(f"The bot does not start. {error}")
        sys.exit(error.status)
    except Exception:
        logging.getLogger("bot").critical("the bot stops: it has met a bug", exc_info=True)
        sys.exit(1)


def say(line: str) -> None:
    """Tell whoever started the bot."""
    print(line, file=sys.stderr, flush=True)  # noqa: T201 - not for the log: it is for a person


def _mode(settings: Settings) -> str:
    """Where the bot is to be had, in one line."""
    place = with_port(settings.host, settings.port)
    page = f"in your browser at http://{place}"
    if settings.telegram_token is None:
        return f"The bot is {page} (no TELEGRAM_TOKEN is set). Ctrl-C ends it."
    hook = f" by web hook at {place}" if settings.mode == "webhook" else " by polling"
    also = f", and {page}" if settings.serves_page else ""
    return f"The bot is on Telegram,{hook}{also}."


async def _serve(settings: Settings, ways: Sequence[Way]) -> None:
    """Run until there is no more to hear, or the first signal to stop; a second one kills."""
    _cancel_on_signal(asyncio.get_running_loop(), asyncio.current_task())
    with suppress(asyncio.CancelledError):
        async with App(settings, ways=ways) as app:
            gc.freeze()  # what is there by now stays: it need not be looked through again
            gc.set_threshold(*_GARBAGE)
            gc.enable()
            await app.wait()


def _cancel_on_signal(loop: asyncio.AbstractEventLoop, me: asyncio.Task[None] | None) -> None:
    assert me, "called from a task"
    signals = signal.SIGTERM, signal.SIGINT

    def stop() -> None:
        for number in signals:
            loop.remove_signal_handler(number)
        me.cancel()

    for number in signals:
        loop.add_signal_handler(number, stop)
