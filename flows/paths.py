"""Where the drawing of the table leads from where a chat stands, and how it gets there."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from flows.book import Book
from flows.chat import Chat, State
from flows.drawing import MANY, names
from flows.events import Event
from flows.screens import buttons
from flows.step import alarms, expired, is_stale
from flows.table import SAME, TABLE
from flows.turn import Turn

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Path:
    """A row of the table, seen from one state."""

    at: str
    hears: str
    when: tuple[str, ...]
    to: str
    does: tuple[str, ...]
    takes: tuple[str, ...]  # what takes it now: the buttons' labels, commands, the clock
    is_wide: bool  # it begins in so many states that the drawing leaves it out


def paths_out(chat: Chat, book: Book) -> list[Path]:
    """All rows that lead out of where *chat* stands, in the order in which they are tried."""
    taken: dict[int, list[str]] = {}
    for what, event in sayable(chat, book):
        row = row_for(Turn(chat, event, book, chat.turn))
        if row is not None:
            taken.setdefault(id(row), []).append(what)
    here = [row for row in TABLE if chat.state in row["source"]]
    return [path(row, chat.state, tuple(taken.get(id(row), ()))) for row in here]


def paths_in(state: State) -> list[Path]:
    """The rows that lead to *state* from another one, but for those from nearly everywhere."""
    return [
        path(row, source, ())
        for row in TABLE
        if row["dest"] is state and len(row["source"]) <= MANY
        for source in row["source"]
        if source is not state
    ]


def sayable(chat: Chat, book: Book) -> Iterator[tuple[str, Event]]:
    """Everything that the screen, the menu and the clock can say to *chat* now."""
    for button in buttons(chat, book):
        yield button.label, Event(button.event, button.value, chat.turn, chat.now)
    for command in book.commands:
        yield f"/{command}", Event(command, at=chat.now)
    for alarm in alarms(chat):
        yield "the clock", Event(alarm.kind, "0", alarm.turn, alarm.due)


def row_for(turn: Turn) -> Row | None:
    """The row that *turn* takes."""
    for row in TABLE:
        if (
            row["trigger"] == turn.said
            and turn.state in row["source"]
            and all(guard(turn) for guard in row["conditions"])
            and not any(guard(turn) for guard in row["unless"])
        ):
            return row
    return None


def path(row: Row, state: State, takes: tuple[str, ...]) -> Path:
    to = state if row["dest"] == SAME else row["dest"]
    guards = (*names(row["conditions"]), *(f"not {name}" for name in names(row["unless"])))
    wide = len(row["source"]) > MANY
    does = tuple(names(row["before"]))
    return Path(state.name, row["trigger"], guards, to.name, does, takes, wide)


def standing(chat: Chat, book: Book) -> Chat:
    """*chat* as its screen shows it: out of what no longer counts."""
    return expired(chat, chat.now, book) if is_stale(chat, chat.now, book) else chat
