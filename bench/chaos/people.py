"""Who talks meanwhile: some tap for ever, and now and then a stranger tells of a red flag."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from random import Random
from time import monotonic

from tests.shell.people import find, tap
from tests.telegram import Message, Person, Telegram

PATIENCE = 60.0  # seconds; who has no answer by then has lost it
PAUSE = 1.0, 4.0  # seconds between an answer and the next tap
STRANGERS = 2.0  # seconds between two of them
EMERGENCY = "Get medical help now"
_GLANCE = 0.02


@dataclass
class Ledger:
    patience: float = PATIENCE
    taps: dict[int, int] = field(default_factory=dict)  # by chat: how many were answered
    first: dict[int, int] = field(default_factory=dict)  # by chat: the turn before them
    lost: list[tuple[float, str]] = field(default_factory=list)  # when said, and what
    emergencies: list[tuple[float, float]] = field(default_factory=list)  # told, and shown


def turn(message: Message) -> int:
    return int(message.rows[0][0].data.partition(":")[0], 36)


async def walk(person: Person, ledger: Ledger, chance: Random, over: asyncio.Event) -> None:
    """Tap "help" and "close" by turns, each when the screen before is there."""
    said = monotonic()
    person.says("/start")
    if not await seen(lambda: _shows(person, "help"), ledger.patience):
        ledger.lost.append((said, "the first word"))
        return
    ledger.first[person.chat_id], ledger.taps[person.chat_id] = turn(person.sees()), 0
    while not over.is_set():
        await asyncio.sleep(chance.uniform(*PAUSE))
        before, said = turn(person.sees()), monotonic()
        tap(person, "help" if find(person.sees(), "help") else "close")
        ledger.taps[person.chat_id] += 1
        is_there = partial(_has_turned, person, before)
        if not await seen(is_there, ledger.patience):
            ledger.lost.append((said, "a tap"))
            return


async def strangers(telegram: Telegram, ledger: Ledger, over: asyncio.Event) -> None:
    """One after the other, each in trouble."""
    number = 900_000
    async with asyncio.TaskGroup() as group:
        while not over.is_set():
            number += 1
            group.create_task(_in_trouble(Person(telegram, number), ledger))
            await asyncio.sleep(STRANGERS)


async def _in_trouble(person: Person, ledger: Ledger) -> None:
    told = monotonic()
    person.says("I have crushing chest pain right now")
    shows = partial(_is_told, person)
    if await seen(shows, ledger.patience):
        ledger.emergencies.append((told, monotonic()))
    else:
        ledger.lost.append((told, "a red flag"))


def _has_turned(person: Person, before: int) -> bool:
    return turn(person.sees()) > before


def _is_told(person: Person) -> bool:
    return any(EMERGENCY in sent.message.text for sent in person.history)


def _shows(person: Person, event: str) -> bool:
    return bool(person.history) and find(person.sees(), event) is not None


async def seen(happened: Callable[[], bool], patience: float) -> bool:
    latest = monotonic() + patience
    while not happened():
        if monotonic() > latest:
            return False
        await asyncio.sleep(_GLANCE)
    return True
