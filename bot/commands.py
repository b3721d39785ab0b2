"""The command line: `python -m bot` lists what it can do."""

import asyncio
import sys
from typing import Annotated

import typer

from bot import operator
from bot.doctor import examine
from bot.explain import NoGuard, explained, guard
from bot.log import start_logging
from bot.run import run
from bot.settings import Settings, WrongSettings, read_settings
from bot.terminal import Terminal
from data.errors import BadContent
from data.library import CONTENT, DEFAULT

cli = typer.Typer(
    add_completion=False, no_args_is_help=True, help=__doc__, pretty_exceptions_enable=False
)
cli.add_typer(operator.keys, name="keys")
for command in (operator.export, operator.erase, operator.stats, operator.restored):
    cli.command()(command)


@cli.command(name="run")
def _run() -> None:
    """Run the bot: on Telegram with TELEGRAM_TOKEN, else as a page in your browser."""
    run()


@cli.command()
def chat() -> None:
    """Talk with the bot here in the terminal, whatever the settings say."""
    run(Terminal())


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
        sys.exit(error.status)
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
