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


async def walk(
    telegram: Telegram, script: list[Move], people: int, times: int, most: float = math.inf
) -> Walk:
    """*people* at the same time, each with *times* conversations, for *most* seconds at most."""
    done = Walk()
    started = time.perf_counter()

    def goes_on() -> bool:
        return time.perf_counter() < started + most

    first = len(telegram.chats) + 1
    await asyncio.gather(
        *(_one(telegram, script, range(first + n * times, first + (n + 1) * times), done, goes_on)
          for n in range(people))
    )  # fmt: skip
    done.seconds = time.perf_counter() - started
    return done


async def _one(
    telegram: Telegram,
    script: list[Move],
    chat_ids: range,
    done: Walk,
    goes_on: Callable[[], bool],
) -> None:
    """One conversation after the other, each in a chat of its own."""
    for chat_id in chat_ids:
        person = Person(telegram, chat_id)
        for move in script:
            if not goes_on():
                return
            began = time.perf_counter()
            if move.how == "type":
                person.says(move.what)
            else:
                person.presses(move.what)
            await person.answer(PATIENCE)
            done.waits.append(time.perf_counter() - began)
        if not done.said:
            done.said = [
                (sent.message.text, tuple(tuple(b.label for b in row) for row in sent.message.rows))
                for sent in person.history
            ]
