"""The machine that takes the rows of the table, and what of them is asked for often."""

from collections.abc import Callable
from typing import Any

from transitions import Machine

from flows.chat import State
from flows.table import TABLE

# One machine for every chat.  It holds no chat and no state: a `Turn` brings its own.
MACHINE = Machine(
    model=None, states=State, initial=None, transitions=TABLE, auto_transitions=False
)  # fmt: skip
# What is heard where; asking the machine each time would look through the whole table.
HEARABLE = {state: frozenset(MACHINE.get_triggers(state)) for state in State}
Way = tuple[tuple[Callable[[Any], bool], bool], ...]  # guards, each with what it must say


def guards(machine: Machine) -> dict[tuple[State, str], tuple[Way, ...]]:
    """The guards of every row, by state and event, for who only wants to ask."""
    found: dict[tuple[State, str], tuple[Way, ...]] = {}
    for name, event in machine.events.items():
        for state in State:
            rows = event.transitions.get(state.name, ())
            ways: Any = tuple(tuple((c.func, c.target) for c in r.conditions) for r in rows)
            if ways:
                found[state, name] = ways
    return found


GUARDS = guards(MACHINE)
