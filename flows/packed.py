"""A chat as plain data, as it is stored, and back.

Parts are lists of their fields in their order: a new field of a part goes behind the others.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import fields, replace
from enum import Enum
from typing import Any

from flows.chat import Chat, Course, Disposition, Lock, Side, State
from flows.plan import Plan
from flows.reminders.reminder import Reminder
from flows.reminders.rule import Rule

_PLAIN = Chat()
_ENUMS: dict[str, type[Enum]] = {
    "state": State, "course": Course, "found": Disposition, "side": Side,
}  # fmt: skip


def pack(chat: Chat) -> dict[str, Any]:
    """*chat* as plain data for JSON; what is as in a new chat is left out."""
    values = vars(chat)
    return {
        name: _flat(values[name]) for name, plain in vars(_PLAIN).items() if values[name] != plain
    }


def _flat(value: object) -> object:
    """*value* as plain data: what has fields is a list of them, in their order."""
    names = _NESTED.get(type(value))
    if names:
        return [_flat(getattr(value, name)) for name in names]
    return value.value if isinstance(value, Enum) else value


def unpack(packed: Mapping[str, Any]) -> Chat:
    """The chat that `pack` packed, with what is not known any more left out: a field of its own,
    or one that another version has put behind those of a part.

    Raises ValueError or TypeError on what this version cannot understand, as an unknown state.
    """
    values: dict[str, Any] = {}
    for name, value in packed.items():
        if name in _ENUMS:
            values[name] = _ENUMS[name](value)
        elif name in _BUILT:
            values[name] = _BUILT[name](_tuples(value))
        elif name in vars(_PLAIN):
            values[name] = _tuples(value)
    chat = _PLAIN.but(**values)
    if chat.plan and len(packed["plan"]) <= _NESTED[Plan].index("told"):
        return chat.but(plan=_plan(chat.plan, chat.state))
    return chat


def _tuples(value: Any) -> Any:  # noqa: ANN401 - what JSON can hold
    return tuple(_tuples(v) for v in value) if isinstance(value, list) else value


def _rule(kept: Rule) -> Rule:
    """*kept* as it is now: an older row has one day that is left out, as a number, or 0."""
    day = kept.skipped
    return kept.but(skipped=(day,) if day else ()) if isinstance(day, int) else kept


def _plan(kept: Plan, state: State) -> Plan:
    """*kept* as it is now: in an older row a reason was shown as it came, but for one that waits
    for the answer to the week's question.
    """
    return replace(kept, told=bool(kept.why) and state is not State.WEEKLY)


_NESTED: dict[type, tuple[str, ...]] = {
    kind: tuple(field.name for field in fields(kind)) for kind in (Lock, Plan, Reminder, Rule)
}


def _lock(disposition: int, *others: Any) -> Lock:  # noqa: ANN401 - each of its own field's type
    return Lock(Disposition(disposition), *others)


def _reminder(rule: Sequence[Any], *others: Any) -> Reminder:  # noqa: ANN401 - as above
    return Reminder(_rule(Rule(*_known(Rule, rule))), *others)


def _known(kind: type, packed: Sequence[Any]) -> Sequence[Any]:
    return packed[: len(_NESTED[kind])]


_BUILT: dict[str, Callable[[Any], object]] = {
    "lock": lambda packed: _lock(*_known(Lock, packed)),
    "plan": lambda packed: Plan(*_known(Plan, packed)),
    "reminder": lambda packed: _reminder(*_known(Reminder, packed)),
}
