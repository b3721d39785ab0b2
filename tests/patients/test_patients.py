"""Every patient, by buttons and by typing: where they are sent, why, and what they are offered."""

from collections import Counter
from pathlib import Path

import pytest

from flows import Chat
from flows.book import Book
from tests.patients import guide
from tests.patients.asking import flat
from tests.patients.patient import PATIENTS, Expected, Patient, Visit
from tests.patients.player import Player
from tests.shell.test_transcripts import WirePlayer

DECISIONS = range(1, 10)
OPEN = ("CAUTION", "SELF_CARE")
CLOSED = ("EMERGENCY", "URGENT", "CLINICIAN")


def test_every_decision_has_its_patients() -> None:
    patients = [Patient.read(path) for path in PATIENTS]
    assert len(patients) >= 24
    counted = Counter(decision for patient in patients for decision in set(patient.decisions))
    assert {decision: counted[decision] for decision in DECISIONS if counted[decision] < 2} == {}
    assert set(counted) <= set(DECISIONS)


@pytest.mark.parametrize("types", [False, True], ids=["by buttons", "by typing"])
@pytest.mark.parametrize("path", PATIENTS, ids=lambda path: path.stem)
async def test_patient(wire: WirePlayer, book: Book, path: Path, *, types: bool) -> None:
    player = Player(wire, book, types=types)
    for visit in Patient.read(path).visits:
        await player.comes(visit)
        await player.goes_through(visit)
        await says_it_is_old(player, visit)
        await is_as_expected(player, visit.expect)
        await guidance_is_as_expected(player, visit)


async def says_it_is_old(player: Player, visit: Visit) -> None:
    """The two taps of decision 1, under a screen that says EMERGENCY."""
    if visit.long_known:
        assert player.asked().kind == "referred.emergency"
        await player.does(player.book.labels["known"], "it's long known")
        await player.does(player.book.labels["known.confirm"], "yes, all three are true")
        await player.does(player.book.labels["go_on"], "go on")  # something may still be worse
        await player.goes_through(visit)


async def is_as_expected(player: Player, expect: Expected) -> None:
    screen = flat(player.screen)
    for words in expect.screen:
        assert flat(words) in screen, player.screen
    for words in expect.silent:
        assert flat(words) not in screen, player.screen
    assert ("A clinician has looked at this" in str(player.wire.sees().labels)) == expect.reopening
    chat = await kept(player)
    assert disposition(player, chat) == expect.disposition, player.screen
    assert rules(chat) == set(expect.rules)


async def kept(player: Player) -> Chat | None:
    """The patient's chat, if one is kept."""
    chat_id = player.wire.person.chat_id
    rows = await player.wire.bot.store.run(lambda t: t.lock([chat_id]))
    return rows[chat_id].chat if rows else None


def disposition(player: Player, chat: Chat | None) -> str:
    """What the screen says it comes to; what is kept must say the same."""
    kind = player.asked().kind
    if kind.startswith("referred"):
        said = kind.split(".")[1].upper()
        assert chat is not None
        assert chat.lock is not None
        assert chat.lock.disposition.name == said
        return said
    assert chat is None or chat.lock is None
    if kind in ("under_age", "warned", "declined"):
        return "UNDER_AGE" if kind == "under_age" else ""
    assert kind in ("passed", "nothing_fits", "area"), player.screen
    assert chat is not None
    return "CAUTION" if chat.cautions else "SELF_CARE"


def rules(chat: Chat | None) -> set[str]:
    if chat is None:
        return set()
    return {*(chat.lock.rules if chat.lock else ()), *chat.cautions}


async def guidance_is_as_expected(player: Player, visit: Visit) -> None:
    expect = visit.expect
    if expect.disposition not in OPEN:
        await nothing_can_be_got_at(player)
        return
    offered = await guide.offered(player)
    assert set(offered) == set(expect.offered or ()), "offered"
    by = set().union(*offered.values(), offered)
    assert not by & set(expect.not_offered), "must not be offered"
    if visit.chooses:
        await player.goes_home()
        await player.does("Start a session", "start a session")
        await player.goes_through(visit)
        said = await guide.whole_session(player, visit.chooses)
        assert not [words for words in expect.never for screen in said if words in screen]


async def nothing_can_be_got_at(player: Player) -> None:
    before = await kept(player)
    shown = len(player.wire.person.history)
    await guide.tries_everything(player)
    for sent in player.wire.person.history[shown:]:
        if sent.message.buttons:  # an old picture that only loses its buttons shows nothing anew
            assert not guide.guided(sent.message.text, player.book), sent.message.text
    after = await kept(player)
    assert rules(after) == rules(before)
    assert not (before and before.lock) or (after and after.lock == before.lock)
