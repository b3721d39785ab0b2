"""The command line: `python -m bot` lists what it can do."""

import asyncio
import gc
import logging
import signal
import sys
from collections.abc import Sequence
from contextlib import suppress
from typing import Annotated

import typer

from bot import operator
from bot.app import App
from bot.doctor import examine
from bot.explain import NoGuard, explained, guard
from bot.log import start_logging
from bot.settings import CannotStart, Settings, WrongSettings, read_settings
from bot.terminal import Terminal
from bot.way import Way
from data.errors import BadContent
from data.library import CONTENT, DEFAULT

_IN_TERMINAL = "The bot is here in the terminal. Ctrl-D ends it."

cli = typer.Typer(
    add_completion=False, no_args_is_help=True, help=__doc__, pretty_exceptions_enable=False
)
cli.add_typer(operator.keys, name="keys")
for command in (operator.export, operator.erase, operator.stats):
    cli.command()(command)


@cli.command()
def run() -> None:
    """Run the bot: on Telegram with TELEGRAM_TOKEN, else as a page in your browser."""
    _run(terminal=False)


@cli.command()
def chat() -> None:
    """Talk with the bot here in the terminal, whatever the settings say."""
    _run(terminal=True)


@cli.command()
def explain(
    text: Annotated[str, typer.Argument(help='What somebody types; "-" reads lines of it.')],
    *,
    as_json: Annotated[
        bool, typer.Option("--json", help="One line of JSON for each text.")
    ] = False,
    language: Annotated[str, typer.Option(help="The folder of its content.")] = DEFAULT,
) -> None:
    """Say how a text is read for red flags, and why."""
    try:
        lexicon = guard(CONTENT, language)
    except (BadContent, NoGuard) as error:
        typer.echo(str(error), err=True)
        sys.exit(2)
    for line in sys.stdin if text == "-" else [text]:
        for said in explained(line.rstrip("\n"), lexicon, as_json=as_json):
            typer.echo(said)


@cli.command()
def doctor() -> None:
    """Look whether all that the bot needs is there, and say what to do where it is not."""
    try:
        settings = read_settings()
    except WrongSettings as error:
        typer.echo(f"ILL   settings: {error}. See .env.example, which explains each.")
        sys.exit(2)
    start_logging("CRITICAL")
    sys.exit(asyncio.run(_examine(settings)))


async def _examine(settings: Settings) -> int:
    is_well = True
    async for finding in examine(settings):
        typer.echo(f"{'well ' if finding.is_well else 'ILL  '} {finding.about}: {finding.says}")
        if finding.do:
            typer.echo(f"      {finding.do}")
        is_well &= finding.is_well
    return 0 if is_well else 1


def _run(*, terminal: bool) -> None:
    try:
        settings = read_settings()
        if terminal:
            settings = settings.model_copy(update={"telegram_token": None})
        start_logging(settings.log_level if settings.telegram_token else "WARNING")
        typer.echo(_IN_TERMINAL if terminal else _mode(settings), err=True)
        asyncio.run(_serve(settings, [Terminal()] if terminal else []))
    except CannotStart as error:
        typer.echo(f"The bot does not start. {error}", err=True)
        sys.exit(2 if isinstance(error, WrongSettings) else 1)
    except Exception:
        logging.getLogger("bot").critical("the bot stops: it has met a bug", exc_info=True)
        sys.exit(1)


def _mode(settings: Settings) -> str:
    """Where the bot is to be had, in one line."""
    host = f"[{settings.host}]" if ":" in settings.host else settings.host
    place = f"{host}:{settings.port}"
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
