"""The command line: `python -m bot run`, `python -m bot chat`."""

import asyncio
import gc
import logging
import signal
import sys
from contextlib import suppress

import typer

from bot.app import App
from bot.log import start_logging
from bot.settings import CannotStart, Settings, WrongSettings, read_settings

cli = typer.Typer(
    add_completion=False, no_args_is_help=True, help=__doc__, pretty_exceptions_enable=False
)


@cli.command()
def run() -> None:
    """Run the bot: on Telegram with TELEGRAM_TOKEN, else here in the terminal."""
    _run(terminal=False)


@cli.command()
def chat() -> None:
    """Talk with the bot here in the terminal, whatever the settings say."""
    _run(terminal=True)


def _run(*, terminal: bool) -> None:
    try:
        settings = read_settings()
        if terminal:
            settings = settings.model_copy(update={"telegram_token": None})
        in_terminal = settings.telegram_token is None
        start_logging("WARNING" if in_terminal else settings.log_level)
        typer.echo(_mode(settings), err=True)
        asyncio.run(_serve(settings))
    except CannotStart as error:
        typer.echo(f"The bot does not start. {error}", err=True)
        sys.exit(2 if isinstance(error, WrongSettings) else 1)
    except Exception:
        logging.getLogger("bot").critical("the bot stops: it has met a bug", exc_info=True)
        sys.exit(1)


def _mode(settings: Settings) -> str:
    if settings.telegram_token is None:
        return "In the terminal, since there is no TELEGRAM_TOKEN. Ctrl-D ends it."
    if settings.mode == "webhook":
        return f"On Telegram, by web hook at {settings.host}:{settings.port}."
    return "On Telegram, by polling."


async def _serve(settings: Settings) -> None:
    """Run until there is no more to hear, or the first signal to stop; a second one kills."""
    _cancel_on_signal(asyncio.get_running_loop(), asyncio.current_task())
    with suppress(asyncio.CancelledError):
        async with App(settings) as app:
            gc.freeze()  # what is there by now stays: it need not be looked through again
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


if __name__ == "__main__":
    cli(prog_name="python -m bot")
