"""A copy is put back that was made before a red flag was heard: it opens nothing."""

import shutil
import sqlite3
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import pytest

from data.engine import open_engine
from data.library import Library
from data.restored import restore
from data.store import Store
from data.walk import Walked
from flows import State, alarms
from flows.restored import restored
from tests.databases import with_tables
from tests.kept import KeptPlayer
from tests.keys import ring
from tests.transcript import TRANSCRIPTS, play, say

ANN, BOB = 1001, 1002
HOUR = 3_600
DAY = 24 * HOUR


@dataclass
class Machine:
    """Where a bot runs that keeps all in a file, of which copies can be made."""

    folder: Path
    library: Library
    store: Store

    async def holds(self, transcript: str, chat_id: int = ANN) -> KeptPlayer:
        player = KeptPlayer(self.store, self.library, chat_id)
        [path] = [path for path in TRANSCRIPTS if path.stem == transcript.replace(" ", "_")]
        await play(path, player)
        return player

    async def copies(self) -> None:
        await self.store.close()
        shutil.copy(self.folder / "bot.db", self.folder / "copy")
        await self.starts()

    async def goes_back(self) -> None:
        await self.store.close()
        shutil.copy(self.folder / "copy", self.folder / "bot.db")
        await self.starts()

    async def starts(self) -> None:
        self.store = Store(open_engine(f"sqlite:///{self.folder}/bot.db"), ring())
        await self.store.open()

    async def meets(self, player: KeptPlayer) -> KeptPlayer:
        """The same person at the same phone; what is kept of them may be another chat."""
        player.store = self.store
        player.chat = self.store._run(lambda t: t.lock([player.chat_id]))[player.chat_id].chat
        return player


@pytest.fixture
async def machine(tmp_path: Path, library: Library) -> Machine:
    with_tables(tmp_path)
    machine = Machine(tmp_path, library, Store(open_engine(f"sqlite:///{tmp_path}/bot.db"), ring()))
    await machine.store.open()
    return machine


async def test_a_lock_that_a_copy_does_not_have_lets_nobody_in(machine: Machine) -> None:
    ann = await machine.holds("reminders in three taps")
    await machine.copies()
    await (await machine.meets(ann)).says("i can not pee and my groin is numb")
    assert ann.chat.lock
    await machine.goes_back()
    await machine.meets(ann)
    assert ann.chat.lock is None, "so it would be open"
    assert await restore(machine.store, ann.now) == Walked(1)
    await machine.meets(ann)
    await ann.says("/session")
    assert not await say("bot", "I ask all my questions again now.…", ann)
    assert ann.chat.state is State.SCREENING
    await machine.store.close()


async def test_what_was_due_since_the_copy_does_not_come_late_and_what_is_next_does(
    machine: Machine,
) -> None:
    ann = await machine.holds("reminders in three taps")
    await machine.copies()
    await machine.goes_back()
    ann.now += 5 * DAY
    await restore(machine.store, ann.now)
    await machine.meets(ann)
    [reminder] = [alarm for alarm in alarms(ann.chat) if alarm.kind == "remind"]
    assert reminder.due > ann.now
    stored = machine.store._run(lambda t: t.alarms([ANN]))
    assert {due.alarm for due in stored} == set(alarms(ann.chat))
    newest = ann.newest()
    await ann.waits(2 * DAY)
    assert ann.newest() == newest + 1, "the next one alone; a check-in of days ago is not asked"
    assert not await say("bot", "It is time for your session.…", ann)
    await machine.store.close()


async def test_a_button_from_after_the_copy_is_none_of_the_chat_that_goes_on(
    machine: Machine,
) -> None:
    ann = await machine.holds("a clean screening")
    await machine.copies()
    await machine.meets(ann)
    await ann.says("/screen")
    turns = {turn for _, turn in ann.shown}
    await machine.goes_back()
    await restore(machine.store, ann.now + 60)
    await machine.meets(ann)
    assert ann.chat.turn > max(turns)
    [row] = machine.store._run(lambda t: t.lock([ANN])).values()
    assert not row.owes, "nobody is written to for that"
    await machine.store.close()


async def test_answers_of_a_screening_that_was_not_over_count_no_more(machine: Machine) -> None:
    ann = await machine.holds("consent is given")
    await ann.says("germany")
    await ann.says("no")
    at = ann.chat.at
    await machine.copies()
    await machine.goes_back()
    await restore(machine.store, ann.now)
    await machine.meets(ann)
    await ann.says("no")
    assert (at, ann.chat.at) == (1, 0)
    await machine.store.close()


async def test_who_can_not_be_read_is_named_and_all_others_go_on(machine: Machine) -> None:
    await machine.holds("a clean screening", ANN)
    await machine.holds("a clean screening", BOB)
    await machine.store.close()
    with closing(sqlite3.connect(machine.folder / "bot.db")) as connection, connection:
        connection.execute("UPDATE chats SET body = zeroblob(600) WHERE chat_id = ?", (ANN,))
    await machine.starts()
    assert await restore(machine.store, 1) == Walked(1, {ANN})
    await machine.store.close()


async def test_a_lock_that_the_copy_has_stays(machine: Machine) -> None:
    ann = await machine.holds("an emergency")
    assert ann.chat.lock
    again = restored(ann.chat, ann.now + DAY)
    assert again.lock == ann.chat.lock
    assert again.state is State.REFERRED
    await machine.store.close()
