"""People who walk through the whole conversation, each pressing on as soon as they are answered.

They live in one process with the stand-in for Telegram, on another core than the bot, and
do the same to every bot: what a bot costs and how long it takes is all that differs.
"""

import asyncio
import math
import time
from collections.abc import Callable
from dataclasses import dataclass, field

from flows.book import Book
from tests.telegram import Person, Telegram

TECHNIQUE = "glutes_hands_chair"
PATIENCE = 60.0  # seconds for an answer, in which a slow bot with many people can still give one

Said = tuple[str, tuple[tuple[str, ...], ...]]  # a screen: its text, its buttons in rows


@dataclass(frozen=True, slots=True)
class Move:
    """What a person does next: type something, or tap the button with that label."""

    how: str
    what: str


@dataclass(slots=True)
class Walk:
    """What became of the people of one walk."""

    seconds: float = 0.0
    waits: list[float] = field(default_factory=list)  # for the first answer to each update
    said: list[Said] = field(default_factory=list)  # what the first of them was shown

    @property
    def updates(self) -> int:
        return len(self.waits)


def moves(book: Book) -> list[Move]:
    """From the first word to the last: a healthy person does one side by hand, on a chair."""
    technique, label = book.techniques[TECHNIQUE], book.labels
    taps = [Move("tap", label[name]) for name in ("begin", "yes", "agree")]
    chosen = (
        label["passed.session"],
        book.areas[technique.area],
        book.tools["hands"],
        book.positions[technique.position],
        label["left"],
    )
    walked = [
        label[name]
        for step in technique.steps
        for name in (("hold", "skip") if step.hold else ("next",))
    ]
    return [
        Move("type", "/start"),
        *taps,
        Move("type", "germany"),
        *(answer(id, book) for id in book.screening),
        *(Move("tap", what) for what in (*chosen, *walked, label["enough"])),
        Move("type", "2"),
        Move("tap", label["feel.better"]),
    ]


def answer(id: str, book: Book) -> Move:
    """The answer to a question, or a checklist, of somebody who has nothing to report."""
    if id in book.checklists:
        return Move("tap", book.labels["none"])
    return Move("type", "2") if book.questions[id].severe else Move("tap", book.labels["no"])


def words_only(book: Book) -> list[Move]:
    """Have the bot show words alone, as the plain one does."""
    label = book.labels
    taps = (label["pictures.on"], label["sounds.on"], label["close"])
    return [Move("type", "/settings"), *(Move("tap", what) for what in taps)]


Queue = list[Person]  # the chats of one of the people: one conversation after the other


def queues(telegram: Telegram, people: int, times: int) -> list[Queue]:
    """*people* who are to have *times* conversations each, every one in a chat of its own."""
    first = len(telegram.chats) + 1
    return [[Person(telegram, first + n * times + m) for m in range(times)] for n in range(people)]


async def prepare(queues: list[Queue], script: list[Move]) -> None:
    """What is done before anything counts."""
    for queue in queues:
        for person in queue:
            for move in script:
                await make(person, move)
            person.history.clear()


async def make(person: Person, move: Move) -> None:
    """One move, and its answer."""
    if move.how == "type":
        person.says(move.what)
    else:
        person.presses(move.what)
    await person.answer(PATIENCE)


async def walk(queues: list[Queue], script: list[Move], most: float = math.inf) -> Walk:
    """All people at the same time, for *most* seconds at most."""
    done = Walk()
    started = time.perf_counter()

    def goes_on() -> bool:
        return time.perf_counter() < started + most

    await asyncio.gather(*(_one(queue, script, done, goes_on) for queue in queues))
    done.seconds = time.perf_counter() - started
    return done


async def _one(queue: Queue, script: list[Move], done: Walk, goes_on: Callable[[], bool]) -> None:
    """One conversation after the other."""
    for person in queue:
        for move in script:
            if not goes_on():
                return
            began = time.perf_counter()
            await make(person, move)
            done.waits.append(time.perf_counter() - began)
        if not done.said:
            done.said = [
                (sent.message.text, tuple(tuple(b.label for b in row) for row in sent.message.rows))
                for sent in person.history
            ]
