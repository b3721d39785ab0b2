"""A batch of turns as one transaction, with no wire and no waiting."""

from collections.abc import AsyncIterator, Callable, Sequence
from dataclasses import replace

import pytest

from bot.heard import Again, Heard, Item, Mark, Parked, Presence, Rang
from bot.turns import Turns, take
from data.engine import open_engine
from data.library import Library
from data.store import Store
from data.transaction import Due, Line, Row
from flows import Alarm, Chat, Event, Record, State, alarms
from tests.keys import ring

AT = 1_800_000_000
ANN, BOB = 1001, 1002


class World:
    """The store, and batches taken from it."""

    def __init__(self, store: Store, library: Library) -> None:
        self.store = store
        self.library = library

    async def take(self, *items: Item, marks: Sequence[Mark] = (), at: int = AT) -> Turns:
        return await self.store.run(lambda t: take(t, items, marks, self.library, at))

    async def row(self, chat_id: int = ANN) -> Row:
        return (await self.store.run(lambda t: t.lock([chat_id])))[chat_id]

    async def put(self, row: Row) -> None:
        await self.store.run(lambda t: t.create([row.chat_id]))
        await self.store.run(lambda t: t.save([row]))

    async def alarms(self) -> set[Due]:
        return await self.store.run(lambda t: t.alarms([ANN, BOB]))


@pytest.fixture
async def world(database_url: str, library: Library) -> AsyncIterator[World]:
    store = Store(open_engine(database_url), ring())
    await store.open()
    yield World(store, library)
    await store.close()


def command(name: str, update_id: int, chat_id: int = ANN, at: int = AT) -> Heard:
    return Heard(chat_id, update_id, Event("command", name, at=at))


def holding(library: Library, turn: int = AT) -> Chat:
    """Ann, in the middle of a hold that ends 30 seconds from now."""
    book = library.book("en")
    return Chat(
        state=State.HOLDING,
        now=AT,
        edition=book.edition,
        screened_at=AT - 60,
        gated_until=AT + 3600,
        area="glutes",
        tool="hands",
        technique="glutes_hands_chair",
        place=3,
        hold_until=AT + 30,
        hold_turn=turn,
        turn=turn,
    )


async def test_turns_are_taken_in_order_and_many_at_once(world: World) -> None:
    crowd = [command("start", n, 2000 + n) for n in range(100)]
    turns = await world.take(*crowd, *(command("help", 200 + n, 2000 + n) for n in range(100)))
    assert len(turns.changed) == 100
    assert all(row.chat.pages == ("help",) and row.owes for row in turns.changed.values())
    assert turns.replies == set(turns.changed)


async def test_an_update_that_was_heard_is_done(world: World) -> None:
    await world.take(command("start", 1), command("start", 1))
    before = await world.row()
    turns = await world.take(command("help", 1))
    assert turns.changed == {}
    assert await world.row() == before


async def test_what_is_owed_to_someone_who_was_answered_is_a_new_screen(world: World) -> None:
    await world.take(command("start", 1))
    row = await world.row()
    mark = Mark(ANN, row.chat.turn, "", message_id=5)
    tap = Heard(ANN, 2, Event("help", turn=row.chat.turn, at=AT), 5, "q")
    turns = await world.take(tap, marks=[mark])
    after = turns.changed[ANN]
    assert (after.shown, after.message_id, after.edit_id) == (row.chat.turn, 5, 5)
    assert after.owes


async def test_a_mark_counts_only_for_the_screen_that_was_spoken(world: World) -> None:
    await world.take(command("start", 1))
    row = await world.row()
    await world.take(marks=[Mark(ANN, row.chat.turn - 1, "", message_id=4)])
    assert (await world.row()).owes
    await world.take(Heard(ANN, 2, Event("text", "purple elephants", at=AT)))
    await world.take(marks=[Mark(ANN, row.chat.turn, "", message_id=5)])
    assert (await world.row()).owes, "the notice has not been said yet"
    notice = (await world.row()).notice
    await world.take(marks=[Mark(ANN, row.chat.turn, notice, message_id=6)])
    after = await world.row()
    assert (after.owes, after.notice, after.message_id) == (False, "", 6)


async def test_what_is_not_heard_changes_nothing_and_is_owed_an_answer(world: World) -> None:
    await world.take(command("start", 1))
    before = await world.row()
    await world.take(marks=[Mark(ANN, before.chat.turn, "", message_id=5)])
    for update_id, event in enumerate([Event("text", "xyzzy"), Event("media", "sticker")], 2):
        turns = await world.take(Heard(ANN, update_id, event))
        row = turns.changed[ANN]
        assert row.chat == before.chat
        assert row.owes
        assert row.notice
        assert row.edit_id is None
        assert turns.toasts == [""]


@pytest.mark.parametrize(
    "said", [Event("text", "xyzzy", at=AT), Event("media", "sticker", at=AT),
             Event("feel", "good", turn=AT - 9, at=AT)],
)  # fmt: skip
async def test_whatever_answers_whether_to_keep_it_all_is_a_turn_of_its_own(
    world: World, library: Library, said: Event
) -> None:
    """So its button is an old one from then on, and a mark of it is not one of what is shown."""
    home = Chat(state=State.HOME, consent=library.book("en").consent, now=AT - 9, turn=AT - 5)
    await world.put(Row(ANN, home.but(pages=("keep",), fades_at=AT + 99), shown=AT - 6))
    turns = await world.take(Heard(ANN, 1, said, 4 if said.turn else None))
    row = turns.changed[ANN]
    assert (row.chat.pages, row.chat.turn, row.owes) == ((), AT - 4, True)
    await world.take(marks=[Mark(ANN, AT - 5, "", message_id=5)])
    assert (await world.row()).owes, "what was spoken is the question"
    await world.take(command("settings", 2))
    keep = Heard(ANN, 3, Event("close", turn=AT - 5, at=AT), 5, "q")
    await world.take(keep)
    assert (await world.row()).chat.page == "settings"


async def test_an_old_button_is_answered_and_shown_where_it_is_not_seen(world: World) -> None:
    await world.take(command("start", 1))
    turn = (await world.row()).chat.turn
    await world.take(marks=[Mark(ANN, turn, "", message_id=5)])
    old = Event("begin", turn=turn - 1, at=AT)
    here = await world.take(Heard(ANN, 2, old, 5, "q"))
    assert here.toasts == [world.library.book("en").notices["old_button"]]
    assert not (await world.row()).owes
    elsewhere = await world.take(Heard(ANN, 3, old, 3, "q"))
    row = elsewhere.changed[ANN]
    assert (row.owes, row.edit_id, row.chat.turn) == (True, 3, turn)


async def test_an_old_button_does_not_move_a_screen_that_is_on_its_way(world: World) -> None:
    await world.take(command("start", 1))
    turn = (await world.row()).chat.turn
    turns = await world.take(Heard(ANN, 2, Event("begin", turn=turn - 1, at=AT), 3, "q"))
    assert turns.changed[ANN].edit_id is None


async def test_whoever_writes_is_spoken_to_again(world: World) -> None:
    await world.take(command("start", 1))
    await world.take(Presence(ANN, here=False))
    assert (await world.row()).paused
    await world.take(command("help", 2))
    assert not (await world.row()).paused
    await world.take(Presence(ANN, here=False))
    turns = await world.take(Presence(ANN, here=True))
    assert turns.changed[ANN].owes


async def test_a_stranger_s_comings_and_goings_are_not_kept(
    world: World, count_rows: Callable[[str], int]
) -> None:
    await world.take(Presence(ANN, here=False), Presence(ANN, here=True), Again(ANN))
    assert count_rows("chats") == 0


async def test_who_comes_back_sees_where_things_stand(world: World) -> None:
    assert (await world.take(Again(ANN))).toasts == [""]
    await world.take(command("start", 1))
    turn = (await world.row()).chat.turn
    await world.take(marks=[Mark(ANN, turn, "")])
    turns = await world.take(Again(ANN))
    assert turns.toasts[0]
    assert turns.changed[ANN].owes
    assert (await world.row()).chat.turn == turn


async def test_what_cannot_be_read_is_parked_once(
    world: World, count_rows: Callable[[str], int]
) -> None:
    await world.take(Parked(7, "no update"), Parked(7, "no update"), command("start", 8))
    await world.take(Parked(7, "no update"))
    assert count_rows("parked") == 1
    assert (await world.row()).owes


class TestAlarms:
    @pytest.fixture
    async def row(self, world: World) -> Row:
        """Ann's hold runs; it has been spoken, and its alarms are set."""
        row = Row(ANN, holding(world.library), shown=AT, message_id=5)
        before = Row(ANN, row.chat.but(state=State.STEP, hold_until=0, hold_turn=0, turn=AT - 1))
        await world.put(before)
        tap = Heard(ANN, 1, Event("hold", turn=AT - 1, at=AT), 5, "q")
        await world.take(tap)
        row = await world.row()
        assert row.chat.state is State.HOLDING
        await world.take(marks=[Mark(ANN, row.chat.turn, "", message_id=5)])
        return row

    def due(self, row: Row) -> Due:
        return Due(ANN, Alarm("hold_over", row.chat.hold_until, row.chat.hold_turn))

    async def test_they_are_set_with_the_turn_that_wants_them(self, world: World, row: Row) -> None:
        assert self.due(row) in await world.alarms()

    async def test_they_are_heard_once(self, world: World, row: Row) -> None:
        due = self.due(row)
        turns = await world.take(Rang(due, due.alarm.due), Rang(due, due.alarm.due))
        assert turns.changed[ANN].chat.turn == row.chat.turn + 1
        assert turns.changed[ANN].edit_id is None
        assert turns.replies == {ANN}, "the person looks at the hold that is over"
        assert due not in await world.alarms()
        assert (await world.take(Rang(due, due.alarm.due))).changed == {}

    async def test_they_go_with_the_turn_that_wants_them_no_more(
        self, world: World, row: Row
    ) -> None:
        due = self.due(row)
        sharp = Heard(ANN, 2, Event("sharp", turn=row.chat.turn, at=AT + 5), 5, "q")
        await world.take(sharp)
        assert due not in await world.alarms()
        assert (await world.take(Rang(due, due.alarm.due))).changed == {}

    async def test_a_person_who_is_quicker_by_a_moment_is_the_one_who_is_heard(
        self, world: World, row: Row
    ) -> None:
        due = self.due(row)
        sharp = Heard(ANN, 2, Event("sharp", turn=row.chat.turn, at=AT + 30), 5, "q")
        turns = await world.take(sharp, Rang(due, due.alarm.due))
        assert turns.changed[ANN].chat.state is State.HURT
        assert turns.changed[ANN].chat.turn == row.chat.turn + 1

    async def test_one_that_was_set_anew_is_not_heard_before_its_time(
        self, world: World, row: Row
    ) -> None:
        due = self.due(row)
        later = Due(ANN, Alarm("hold_over", AT + 40, row.chat.hold_turn))
        await world.store.run(lambda t: t.delay_alarms([later]))
        assert (await world.take(Rang(due, due.alarm.due))).changed == {}
        assert later in await world.alarms()

    async def test_one_that_means_nothing_any_more_goes_without_a_word(
        self, world: World, row: Row
    ) -> None:
        stray = Due(ANN, Alarm("hold_over", AT + 3, row.chat.hold_turn - 7))
        await world.store.run(lambda t: t.set_alarms([stray]))
        assert (await world.take(Rang(stray, AT + 3))).changed == {}
        assert stray not in await world.alarms()

    async def test_one_whose_step_fails_does_not_come_again(
        self, world: World, row: Row, monkeypatch: pytest.MonkeyPatch,
        count_rows: Callable[[str], int],
    ) -> None:  # fmt: skip
        def step(*_: object) -> object:
            raise KeyError

        monkeypatch.setattr("bot.turns.step", step)
        due = self.due(row)
        turns = await world.take(Rang(due, due.alarm.due))
        assert turns.changed[ANN].notice == "sorry"
        assert due not in await world.alarms()
        assert count_rows("parked") == 1

    async def test_a_hold_lasts_from_when_its_screen_is_seen(self, world: World, row: Row) -> None:
        due = self.due(row)
        later = Due(ANN, Alarm("hold_over", due.alarm.due + 4, due.alarm.turn))
        await world.take(marks=[Mark(ANN, row.chat.turn, "", message_id=5, hold=later)])
        assert later in await world.alarms()


class TestLeavingNoTrace:
    async def test_the_log_goes_at_once_and_the_rest_when_it_has_been_said(
        self, world: World, count_rows: Callable[[str], int]
    ) -> None:
        chat = holding(world.library).but(state=State.ERASING, hold_until=0, hold_turn=0)
        await world.put(Row(ANN, chat, shown=AT))
        await world.store.run(lambda t: t.log([Line(ANN, 1, 0, AT, Record("started"))]))
        tap = Heard(ANN, 1, Event("confirm", turn=AT, at=AT), 5, "q")
        turns = await world.take(tap)
        row = turns.changed[ANN]
        assert row.chat.leaves_no_trace, row.chat.state
        assert count_rows("log") == 0
        assert count_rows("chats") == 1
        await world.take(marks=[Mark(ANN, row.chat.turn, "", 5, erased=True)])
        assert count_rows("chats") == 0
        assert count_rows("heard") == 0

    async def test_who_speaks_up_before_it_is_said_is_a_person_again(self, world: World) -> None:
        await world.put(Row(ANN, Chat(state=State.ERASED, turn=AT), shown=AT - 1))
        turns = await world.take(
            command("start", 2, at=AT + 1), marks=[Mark(ANN, AT, "", 5, erased=True)]
        )
        row = turns.changed[ANN]
        assert row.chat.state is State.NEW
        assert row.chat.turn > AT
        await world.take(marks=[Mark(ANN, AT, "", 5, erased=True)])
        assert (await world.row()).chat.state is State.NEW


async def test_who_comes_back_while_all_is_forgotten_is_answered(world: World) -> None:
    """A long silence ends, and in the same moment they write of an emergency."""
    await world.take(command("start", 1))
    row = await world.row()
    faded = row.chat.but(fades_at=AT, turn=AT)
    await world.put(replace(row, chat=faded, shown=AT))
    due = Due(ANN, next(alarm for alarm in alarms(faded) if alarm.kind == "fade"))
    await world.store.run(lambda t: t.set_alarms([due]))
    words = Event("text", "my groin is numb and i cant pee", at=AT)
    turns = await world.take(Rang(due, AT),
                             Heard(ANN, 2, words))  # fmt: skip
    assert turns.changed[ANN].chat.state is State.WARNED
    after = await world.row()
    assert (after.chat.state, after.owes) == (State.WARNED, True)


@pytest.mark.parametrize("said", [Event("text", "thanks", at=AT), Event("media", "sticker", at=AT)])
async def test_a_stranger_of_whom_nothing_is_heard_is_forgotten(
    world: World, count_rows: Callable[[str], int], said: Event
) -> None:
    await world.take(Heard(ANN, 1, said))
    assert (await world.row()).chat.turn == 0
    [due] = await world.alarms()
    await world.take(Rang(due, due.alarm.due), at=due.alarm.due)
    assert count_rows("chats") == 0
    assert not await world.alarms()
