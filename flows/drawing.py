"""The table as a page that can be read, with pictures in Mermaid.  `make draw`"""

from collections.abc import Iterable, Iterator
from typing import Any

from flows import table
from flows.chat import State
from flows.states import AFTER, CHOOSING, UNCONSENTED, WALKING
from flows.table import SAME, TABLE

HEAD = """# What leads where

Drawn from `flows/table.py` by `make draw`; a test keeps it fresh. Rows are tried from the top, and
the first one whose guards hold is taken. Events that are heard in many states stand in the list
below and not in the pictures.
"""
MANY = 4  # a row from more states than this is listed, not drawn
ROOMS = {
    "Getting to know each other": UNCONSENTED,
    "Screening, the lock, and home": [
        State.SCREENING, State.GATE, State.REFERRED, State.KNOWN, State.VOUCHING, State.MISREAD,
        State.PASSED, State.HOME, State.NOTHING_FITS, State.ERASING,
    ],
    "Choosing": CHOOSING,
    "The walkthrough": WALKING,
    "Afterwards": AFTER,
}  # fmt: skip

_LISTS = [
    (name, states) for name, states in vars(table).items()
    if name.isupper() and isinstance(states, list) and states is not TABLE
]  # fmt: skip
# What many states are called together; the largest first, so that a row has the fewest names.
GROUPS: dict[str, list[State]] = dict(sorted(_LISTS, key=lambda pair: -len(pair[1])))


def drawing() -> str:
    """The whole page."""
    parts = [HEAD]
    for room, states in ROOMS.items():
        parts.append(f"## {room}\n\n```mermaid\n{picture(states)}```\n")
    parts.append(f"## Every row\n\n{legend()}\n{rows()}")
    return "\n".join(parts)


def picture(states: Iterable[State]) -> str:
    """The rows that begin in *states*, but for those that begin nearly everywhere."""
    here = set(states)
    lines = ["stateDiagram-v2"]
    for row in TABLE:
        if len(row["source"]) > MANY or row["dest"] == SAME:
            continue
        lines += [
            f"    {state.name} --> {row['dest'].name}: {said(row)}"
            for state in row["source"]
            if state in here
        ]
    return "\n".join(dict.fromkeys(lines)) + "\n"


def said(row: dict[str, Any]) -> str:
    guards = [*names(row["conditions"]), *(f"not {name}" for name in names(row["unless"]))]
    event: str = row["trigger"]
    return event + (f" [{', '.join(guards)}]" if guards else "")


def legend() -> str:
    """The names that many states have together."""
    lines = ["| together | are |", "| --- | --- |"]
    lines += [f"| {name} | {', '.join(s.name for s in group)} |" for name, group in GROUPS.items()]
    return "\n".join(lines) + "\n"


def together(states: Iterable[State]) -> str:
    """These states, by the names that some of them have together."""
    rest, called = set(states), []
    for name, group in GROUPS.items():
        if rest.issuperset(group):
            called.append(name)
            rest -= set(group)
    return ", ".join([*called, *(state.name for state in State if state in rest)])


def rows() -> str:
    """The table, line by line."""
    lines = ["| at | hears | when | goes to | and does |", "| --- | --- | --- | --- | --- |"]
    for row in TABLE:
        at = together(row["source"])
        guards = [*names(row["conditions"]), *(f"not {name}" for name in names(row["unless"]))]
        goes = "the same" if row["dest"] == SAME else row["dest"].name
        does = ", ".join(names(row["before"]))
        lines.append(f"| {at} | {row['trigger']} | {', '.join(guards)} | {goes} | {does} |")
    return "\n".join(lines) + "\n"


def names(functions: Iterable[Any]) -> Iterator[str]:
    return (function.__name__ for function in functions)


if __name__ == "__main__":
    print(drawing(), end="")  # noqa: T201 - this is what it is for
