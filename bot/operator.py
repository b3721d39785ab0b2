"""What whoever runs the bot can do from the command line about what is kept."""

import asyncio
import logging
import sys
from collections.abc import Awaitable, Callable, Collection
from pathlib import Path
from typing import Annotated, TypeVar

import typer

from bot import clock
from bot.export import MAKER, whole
from bot.keys import file_of, is_seen, open_ring
from bot.log import CHATS, start_logging
from bot.printer import NotMade, Printer
from bot.settings import CannotStart, read_settings
from data.engine import open_engine
from data.keys import new_key, put_on_top
from data.library import read_library
from data.migrate import NewerSchema
from data.restored import restore
from data.rotate import rotate
from data.seal import Unreadable, WrongKey
from data.store import Store, StoreAway
from data.walk import Walked

LOG = logging.getLogger(__name__)
PATIENCE = 120.0  # seconds for a file: nobody else waits for it
NAMED = 20  # chats at the most, in a line

T = TypeVar("T")

keys = typer.Typer(no_args_is_help=True, help="The keys that seal what is kept.")


@keys.command()
def new() -> None:
    """Write a new key, as DATA_KEY and DATA_KEY_FILE take it."""
    typer.echo(new_key())


@keys.command(name="rotate")
def rotate_keys() -> None:
    """Seal everything with a new key; the bot may go on meanwhile.

    A key file gets a new key on top.  With DATA_KEY, put the new one first, and keep the old one
    behind it, before you run this.
    """

    async def work(store: Store) -> tuple[Walked, set[str]]:
        return await rotate(store), await store.run(lambda t: t.known_keys())

    def begin() -> None:
        path = file_of(read_settings())
        if path and path.exists():
            put_on_top(path)

    sealed, in_use = with_store(work, begin)
    typer.echo(f"{sealed.done} rows were sealed anew. Keys in use: {', '.join(sorted(in_use))}")
    _name(sealed.left, "Take no key away before they can be.")


def _name(left: Collection[int], do: str) -> None:
    """Say which chats could not be read, and what to *do*; that is no success."""
    if not left:
        return
    named = ", ".join(str(chat) for chat in sorted(left)[:NAMED])
    more = ", ..." if len(left) > NAMED else ""
    typer.echo(
        f"{len(left)} chats could not be read in full, and what could not is as it was:"
        f" {named}{more}. {do}",
        err=True,
    )
    sys.exit(1)


def restored() -> None:
    """Say that a copy was put back, before the bot starts: nobody knows what came after it.

    No screening of before counts any more, since a lock that came down later is not in the copy;
    and no reminder of until now comes late.
    """
    walked = with_store(lambda store: restore(store, int(clock.now())))
    LOG.warning("a copy was put back, says the operator")
    typer.echo(
        f"{walked.done} chats go on from the copy: each is asked all questions before its next"
        " session. Now start the bot."
    )
    _name(walked.left, "Give back the key that they were sealed with, and run this again.")


Chat = Annotated[int, typer.Argument(help="The id of the chat; after -- if it is below 0.")]


To = Annotated[str, typer.Option(help='The file that it goes to; "-" is standard output.')]


def export(chat: Chat, to: To) -> None:
    """Write all that is kept about a chat, as /export does: for a request made in writing.

    It is noted in the log, by the tag of the chat.
    """
    book = read_library().book("")

    async def work(store: Store) -> bytes | None:
        tables = await store.run(lambda transaction: transaction.everything(chat))
        if not any(tables.values()):
            return None
        printer = Printer(longest=PATIENCE)
        try:
            at = tables["chats"][0]["body"][1].now if tables["chats"] else 0
            return await printer.make(MAKER, whole(tables, at, book))
        finally:
            await printer.close()

    try:
        made = with_store(work)
    except NotMade as why:
        typer.echo(f"It can not be made: {why}.", err=True)
        sys.exit(1)
    if made is None:
        typer.echo("Nothing is kept about that chat.", err=True)
        return
    _write(made, to)
    LOG.warning("a chat was exported by the operator", extra={"chat": chat})


def _write(made: bytes, to: str) -> None:
    if to == "-":
        sys.stdout.buffer.write(made)
        return
    try:
        Path(to).touch(mode=0o600)
        Path(to).write_bytes(made)
    except OSError as error:
        typer.echo(f"It can not be written to {to}: {error.strerror}.", err=True)
        sys.exit(1)
    typer.echo(f"It is in {to}.")


def erase(chat: Chat) -> None:
    """Erase all that is kept about a chat, at once: for a request made in writing.

    It is noted in the log, by the tag of the chat.  The person is told nothing.
    """

    async def work(store: Store) -> None:
        is_kept = await _is_kept(store, chat)
        await store.run(lambda transaction: transaction.erase([chat]))
        LOG.warning("a chat was erased by the operator", extra={"chat": chat})
        typer.echo("It is erased." if is_kept else "Nothing was kept about that chat.")
        if store.is_shared:  # the bot knows nothing of this, and would not come to it
            try:
                await store.sweep()
            except StoreAway as busy:
                typer.echo(f"Dead rows are left until PostgreSQL cleans up ({busy}).", err=True)

    with_store(work)


async def _is_kept(store: Store, chat: int) -> bool:
    try:
        kept = await store.run(lambda transaction: transaction.everything(chat))
    except Unreadable:  # it is erased all the same
        return True
    return any(kept.values())


def stats() -> None:
    """How many rows there are, by table.  Counts, and nobody's own."""
    for table, rows in with_store(lambda store: store.run(lambda t: t.counts())).items():
        typer.echo(f"{rows:10} {table}")


def with_store(
    work: Callable[[Store], Awaitable[T]], begin: Callable[[], None] = lambda: None
) -> T:
    """What *work* comes to with the store of the settings, after *begin*."""
    try:
        settings = read_settings()
        start_logging(settings.log_level)
        _must_be_there(settings.database_url)
        begin()
        ring = open_ring(settings)
        CHATS.tag = ring.tag
        return asyncio.run(_with(Store(open_engine(settings.database_url), ring), work))
    except Unreadable as error:
        typer.echo(f"This can not be done. What is kept can not be read: {error}.", err=True)
        sys.exit(1)
    except (CannotStart, NewerSchema, StoreAway, WrongKey) as error:
        typer.echo(f"This can not be done. {error}", err=True)
        sys.exit(error.status if isinstance(error, CannotStart) else 1)


def _must_be_there(url: str) -> None:
    """Who looks in another folder than the bot's is told so, and finds no empty database there."""
    file = Path(url.removeprefix("sqlite:///"))
    if url.startswith("sqlite") and not is_seen(file):
        raise CannotStart(f"DATABASE_URL: there is no file {file.resolve()} that this user may see")


async def _with(store: Store, work: Callable[[Store], Awaitable[T]]) -> T:
    try:
        await store.open()
        return await work(store)
    finally:
        await store.close()
