"""Tables that lack one row, guard, command or source: does any test notice?

    python -m tests.mutants

Each mutant is put in the place of the table.  Then every transcript is played, and the rules
are put to all that can happen in a sample of chats that holds every kind of arc of a walk.
Who survives that is put to the other tests of the core, too (ROOMS, by `tests/mutated.py`).
A mutant survives if nothing fails: then a test is missing, or the table says too much.
Before, the table is put to all of that as it is: where it fails, whatever is done to it would.
"""

import asyncio
import os
import subprocess
import sys
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from itertools import islice
from multiprocessing import get_context
from pathlib import Path
from typing import Any, NamedTuple

from transitions import Machine

from data.library import read_library
from flows import Chat, Event, Screen, State, screen, step
from flows import machine as engine
from flows import table as room
from flows.alike import aged, told_apart
from flows.book import Book
from flows.course import unfinished
from flows.drawing import together
from flows.explore import Arc, can_happen, explore, said_anywhere
from flows.step import meaning
from flows.turn import Outcome, Turn
from tests.players import CorePlayer
from tests.readings import remember
from tests.rules import CHAT_RULES, RULES
from tests.rules.ways import ANSWERS, SOUNDS
from tests.small import with_every_kind_of_technique
from tests.test_safety import FLAGS
from tests.transcript import TRANSCRIPTS, play

Row = dict[str, Any]

ROOMS = (  # that hold conversations without a wire
    "tests/test_editions.py", "tests/test_silence.py", "tests/test_typed.py", "tests/test_plan.py",
    "tests/test_offer.py", "tests/test_paths.py",
    "tests/reminders", "--deselect=tests/reminders/test_every_zone.py",
    "tests/past/test_pages.py", "tests/past/test_progress.py",
)  # fmt: skip
FAILED = 1  # what pytest ends with where a test has failed
ONWARD = 12  # chats that only the mutant leads to, and from which it is walked on
WORKERS = 2
WORDS = ("cant feel when i wipe", "i had cancer years ago", "my leg feels weak", SOUNDS)


class Mutant(NamedTuple):
    """A row with something missing; or, when *row* is None, no row at all."""

    place: int  # of the row in the table
    lacks: str
    row: Row | None
    state: State | None = None  # the one that is missing, when a source is


@dataclass
class Met:
    """What a mutant is tried on."""

    book: Book
    small: Book
    plays: dict[Path, set[tuple[State, str]]]  # by transcript: what is said in which state
    comes: dict[State, dict[Chat, list[tuple[Event, Outcome]]]]  # by chat: what happens in it
    known: set[Chat]  # all that the table leads to, no more of each than what tells it apart
    listening: set[Chat]  # those in which WORDS were said: once in each place, as in `explore`
    taken: set[tuple[int, State]]  # which row is taken in which state, with the table as it is
    row: int = -1  # the one that was taken last


def main() -> int:
    remember()
    taken = prepare().taken
    assert survives_rooms(""), "with the table as it is these tests pass"
    sources = list(without_a_source())
    reached = [mutant for mutant in sources if (mutant.place, mutant.state) in taken]
    everything = [*mutants(), *reached]
    survivors = []
    with get_context("fork").Pool(WORKERS) as pool:
        for number, survives in enumerate(pool.imap(survives_all, everything, chunksize=4)):
            if survives:
                survivors.append(everything[number])
                say(f"survives: {described(everything[number])}")
    in_sources = sum(mutant.state is not None for mutant in survivors)
    say(f"without a row, a guard or a command: {len(everything) - len(reached)} mutants, "
        f"{len(survivors) - in_sources} survive")  # fmt: skip
    say(f"without a source: {len(reached)} mutants, {in_sources} survive; "
        f"{len(sources) - len(reached)} more sources are not met")  # fmt: skip
    return 1 if survivors else 0


def say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


# The mutants


def mutants() -> Iterator[Mutant]:
    """Without the row, and without each of its guards and commands."""
    for place, row in enumerate(room.TABLE):
        yield Mutant(place, "the row", None)
        for column in ("conditions", "unless", "before"):
            for called in row[column]:
                rest = [other for other in row[column] if other is not called]
                yield Mutant(place, f"{column} {called.__name__}", {**row, column: rest})


def without_a_source() -> Iterator[Mutant]:
    for place, row in enumerate(room.TABLE):
        for state in row["source"] if len(row["source"]) > 1 else ():
            rest = [other for other in row["source"] if other is not state]
            yield Mutant(place, f"source {state.name}", {**row, "source": rest}, state)


def named(name: str) -> Mutant:
    """The mutant that `place:lacks` names."""
    place, _, lacks = name.partition(":")
    found = (*mutants(), *without_a_source())
    return next(one for one in found if (one.place, one.lacks) == (int(place), lacks))


def described(mutant: Mutant) -> str:
    row = room.TABLE[mutant.place]
    dest = row["dest"] if isinstance(row["dest"], str) else row["dest"].name
    guards = " ".join(
        [g.__name__ for g in row["conditions"]] + [f"!{g.__name__}" for g in row["unless"]]
    )
    return f"{row['trigger']}: {together(row['source'])} -> {dest} [{guards}] lacks {mutant.lacks}"


def put(mutant: Mutant) -> None:
    """Put the mutated table in place."""
    rows = [mutant.row if n == mutant.place else row for n, row in enumerate(room.TABLE)]
    put_rows([row for row in rows if row is not None])


def put_rows(rows: list[Row]) -> None:
    """Fill the machine, and what is drawn from it, anew: others have imported them by name."""
    machine = Machine(
        model=None, states=State, initial=None, transitions=rows, auto_transitions=False
    )  # fmt: skip
    engine.MACHINE.events = machine.events
    engine.HEARABLE.update({state: frozenset(machine.get_triggers(state)) for state in State})
    engine.GUARDS.clear()
    engine.GUARDS.update(engine.guards(machine))


# What they are tried on


class Listener(CorePlayer):
    """Notes what is said in which state."""

    def __init__(self, book: Book) -> None:
        super().__init__(book)
        self.said: set[tuple[State, str]] = set()

    def take(self, event: Event) -> None:
        self.said.add((self.chat.state, meaning(self.chat, event, self.book)[0].name))
        super().take(event)


@cache
def prepare() -> Met:
    """Play and walk with the table as it is, once for all workers."""
    book = read_library().book("en")
    small = with_every_kind_of_technique(book)
    met = Met(book, small, {}, {}, set(), set(), set())
    put_rows([
        {**row, "before": [noted(place, met), *row["before"]]}
        for place, row in enumerate(room.TABLE)
    ])  # fmt: skip
    for path in TRANSCRIPTS:
        listener = Listener(book)
        asyncio.run(play(path, listener))
        met.plays[path] = listener.said
    chats = sampled(noted_in(met, explore(small, flags=FLAGS, words=WORDS)), met)
    for state, there in chats.items():
        met.comes[state] = {chat: list(checked(chat, met)) for chat in there}
    return met


def noted_in(met: Met, arcs: Iterable[Arc]) -> Iterator[Arc]:
    """*arcs*, with the chats in which they begin noted in *met*."""
    last = None
    for arc in arcs:
        if arc.chat is not last:
            met.known.add(told_apart(arc.chat, met.small))
        if arc.event.name == "text" and arc.event.value in WORDS:
            met.listening.add(arc.chat)
        last = arc.chat
        yield arc


def noted(place: int, met: Met) -> Callable[[Turn], None]:
    def note(turn: Turn) -> None:
        met.row = place
        met.taken.add((place, turn.state))

    return note


def sampled(arcs: Iterable[Arc], met: Met) -> dict[State, list[Chat]]:
    """Chats, by state, in which every kind of arc begins; each row is a kind of its own."""
    kinds: set[tuple[object, ...]] = set()
    chats: dict[State, list[Chat]] = {state: [] for state in State}
    for arc in arcs:
        chat, event, after = arc.chat, arc.event, arc.outcome.chat
        kind = (
            chat.state, chat.page, chat.lock is None, chat.course, unfinished(chat),
            chat.gated_until >= chat.now,
            event.name, event.value, event.turn == chat.turn,
            after.state, after.lock is None, arc.outcome.heard and met.row,
        )  # fmt: skip
        if kind not in kinds:
            kinds.add(kind)
            if chat not in chats[chat.state]:
                chats[chat.state].append(chat)
    return chats


# Whether anything fails


def survives_all(mutant: Mutant) -> bool:
    try:
        put(mutant)
        play_all(mutant)
        walk(mutant)
    except Exception:  # noqa: BLE001 - whatever fails, the mutant is found out
        return False
    return survives_rooms(f"{mutant.place}:{mutant.lacks}")


def survives_rooms(name: str) -> bool:
    """Whether the tests in ROOMS, in a process of their own, miss the mutant of that *name*."""
    pytest = [sys.executable, "-m", "pytest", "-q", "-x", "-n", "0", "-p", "tests.mutated", *ROOMS]
    ended = subprocess.run(
        pytest, env={**os.environ, "MUTANT": name}, check=False,
        capture_output=True, text=True,
    )  # fmt: skip
    if ended.returncode not in (0, FAILED):
        raise RuntimeError(f"pytest itself failed:\n{ended.stdout[-2000:]}{ended.stderr[-2000:]}")
    return ended.returncode == 0


def play_all(mutant: Mutant) -> None:
    """Play the transcripts, those first in which the event of the row is said.

    For a missing source only those in which it is said there: there are many sources.
    """
    event, met = room.TABLE[mutant.place]["trigger"], prepare()
    said = {path for path, pairs in met.plays.items()
            if any(e == event and mutant.state in (None, s) for s, e in pairs)}  # fmt: skip
    rest = [] if mutant.state else [path for path in TRANSCRIPTS if path not in said]
    for path in (*sorted(said), *rest):
        asyncio.run(play(path, CorePlayer(met.book)))


def walk(mutant: Mutant) -> None:
    """Put the rules to all that goes another way now in the sample, and for a way beyond it."""
    met = prepare()
    row = room.TABLE[mutant.place]
    for state in [mutant.state] if mutant.state else row["source"]:
        beyond: dict[Chat, Chat] = {}  # by what tells them apart
        for chat in met.comes[state]:
            put_chat_rules(chat, screen(chat, met.small), met.small)
            for outcome in other_ways(chat, row["trigger"], met):
                way = aged(outcome.chat, met.small)
                different = told_apart(way, met.small)
                if different not in met.known:
                    beyond.setdefault(different, way)
        for chat in islice(beyond.values(), ONWARD):
            deque(checked(chat, met), maxlen=0)


def other_ways(chat: Chat, trigger: str, met: Met) -> Iterator[Outcome]:
    """What comes of *trigger* in *chat* that did not; fails where a rule does not hold."""
    shown = screen(chat, met.small)
    for event, usual in met.comes[chat.state][chat]:
        if may_mean(event, trigger):
            outcome = step(chat, event, met.small)
            if not alike(outcome, usual):
                put_rules(Arc(chat, event, outcome, shown, met.small))
                yield outcome


def alike(one: Outcome, other: Outcome) -> bool:
    """Whether all is the same, with what makes no difference between two chats."""
    return one == other and vars(one.chat) == vars(other.chat)


def checked(chat: Chat, met: Met) -> Iterator[tuple[Event, Outcome]]:
    """All that can happen in *chat*; fails where a rule does not hold."""
    shown = screen(chat, met.small)
    put_chat_rules(chat, shown, met.small)
    said = said_anywhere(WORDS, chat.now) if chat in met.listening else ()
    for event in (*can_happen(chat, shown, met.small, FLAGS), *said):
        outcome = step(chat, event, met.small)
        put_rules(Arc(chat, event, outcome, shown, met.small))
        yield event, outcome


def put_chat_rules(chat: Chat, shown: Screen, book: Book) -> None:
    for chat_rule in CHAT_RULES:
        chat_rule(chat, shown, book)


def put_rules(arc: Arc) -> None:
    for rule in RULES:
        rule(arc, arc.book)


def may_mean(event: Event, trigger: str) -> bool:
    """Whether *event* can be what the table calls *trigger*; nothing else goes another way."""
    if trigger == "expire" or event.name == "text":
        return True
    if trigger == "answer":
        return event.name in ANSWERS
    return trigger == (event.value if event.name == "command" else event.name)


if __name__ == "__main__":
    sys.exit(main())
