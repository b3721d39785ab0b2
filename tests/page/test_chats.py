"""What is seen on the page: live, after a reload, in two tabs, after a restart, after /erase."""

from functools import partial
from pathlib import Path

import pytest

from bot.chats import of_visitor
from bot.page import rooms
from bot.page.doors import VISITOR
from bot.page.rooms import Rooms
from bot.wire import CannotEdit
from data.library import Library
from flows import Screen
from tests.away import goes_once_kept
from tests.page.bots import PageBot, address_of, page_settings
from tests.page.visitor import Visitor
from tests.shell.conftest import Time, until
from tests.shell.test_rollback import keep_newer


async def to_a_question(visitor: Visitor) -> None:
    await visitor.says("/start")
    for label in ("Begin", "Yes", "Yes, I agree", "Skip"):
        await until(partial(can_tap, visitor, label))
        await visitor.taps(label)
    await until(lambda: "Question 1 of" in visitor.screen)


def can_tap(visitor: Visitor, label: str) -> bool:
    return label in labels(visitor)


def labels(visitor: Visitor) -> list[str]:
    newest = visitor.messages.get(visitor.newest, {"rows": []})
    return [button["label"] for row in newest["rows"] for button in row]


async def test_a_stranger_sees_what_this_is_and_nothing_is_stored(
    bot: PageBot, ann: Visitor
) -> None:
    (_, first), *_ = ann.news
    assert first["about"] == bot.library.book("en").texts["about"]
    assert [entry["command"] for entry in first["menu"]][:2] == ["start", "home"]
    assert await bot.store.run(lambda t: t.owed(-(2**63), 9)) == ([], None)


async def test_a_tap_edits_its_message_and_typed_words_get_a_new_one(ann: Visitor) -> None:
    await to_a_question(ann)
    assert len(ann.messages) == 1
    await ann.says("purple elephants")
    await until(lambda: len(ann.messages) == 2)
    assert "tap one of the answers" in ann.screen


async def test_who_cannot_be_read_is_told_so_in_words_even_when_they_come_again(
    bot: PageBot, ann: Visitor
) -> None:
    await ann.says("/start")
    await until(lambda: "Begin" in labels(ann))
    await bot.rest()
    await bot.store.run(lambda t: keep_newer(t, of_visitor(ann.cookie(VISITOR)[0])))
    await ann.leaves()
    await ann.comes()
    await ann.says("hello")
    await until(lambda: "Something went wrong on my side" in ann.screen)
    await ann.says("/emergency")
    await until(lambda: "do not wait for me" in ann.screen)


async def test_a_button_from_before_says_so_over_the_screen(ann: Visitor) -> None:
    await ann.says("/start")
    await until(lambda: "Begin" in labels(ann))
    old = ann.messages[ann.newest]
    await ann.taps("Begin")
    await until(lambda: "18 or over" in ann.screen)
    assert "from before" in (await ann.taps("Begin", old))["toast"]


@pytest.mark.parametrize("tapped", [False, True])
async def test_what_was_kept_though_the_line_broke_is_not_taken_twice(
    bot: PageBot, ann: Visitor, monkeypatch: pytest.MonkeyPatch, tapped: bool
) -> None:
    """The database goes right after it has kept a turn, before we are told."""
    await to_a_question(ann)
    await bot.rest()
    failed = goes_once_kept(monkeypatch)
    await (ann.taps("No") if tapped else ann.says("no"))
    assert failed
    await until(lambda: "Question 2 of" in ann.screen)
    body = (await ann.desk())["stored"]["body"]
    assert (body["at"], len(body["answers"])) == (1, 1)


async def test_after_a_reload_all_is_there_but_what_was_typed(ann: Visitor) -> None:
    await to_a_question(ann)
    await ann.says("some private words")
    await until(lambda: len(ann.messages) == 2)
    before = dict(ann.messages)
    await ann.leaves()
    ann.messages.clear()
    await ann.comes()
    assert ann.messages == before
    assert "private" not in str(ann.news)


async def test_two_tabs_see_the_same(bot: PageBot, ann: Visitor) -> None:
    await to_a_question(ann)
    async with Visitor(bot.address) as tab:
        tab.share(ann)
        await tab.comes()
        assert tab.messages == ann.messages
        await tab.taps("No")
        await until(lambda: "Question 2 of" in ann.screen)
        assert tab.messages == ann.messages


async def test_two_visitors_see_nothing_of_each_other(ann: Visitor, bob: Visitor) -> None:
    await to_a_question(ann)
    await bob.says("/start")
    await until(lambda: "Begin" in labels(bob))
    assert "Question" not in str(bob.news)
    assert ann.newest not in bob.messages


async def test_after_a_restart_it_says_where_the_chat_stands(
    tmp_path: Path, library: Library
) -> None:
    settings, time = page_settings(tmp_path), Time()
    async with Visitor(address_of(settings)) as ann:
        async with PageBot(settings, time, library):
            await ann.comes()
            await to_a_question(ann)
        await ann.leaves()
        time.seconds += 5
        async with PageBot(settings, time, library):
            old = ann.messages[ann.newest]
            await ann.comes()
            await until(lambda: len(ann.messages) == 2)
            assert "Here is where we are." in ann.screen
            assert "Question 1 of" in ann.screen
            await ann.taps("No", old)  # under the message that this process never showed
            await until(lambda: "Question 2 of" in ann.screen)
            assert len(ann.messages) == 3


async def test_what_was_owed_when_it_stopped_is_shown_when_it_starts(
    tmp_path: Path, library: Library
) -> None:
    settings, time = page_settings(tmp_path), Time()
    async with Visitor(address_of(settings)) as ann:
        async with PageBot(settings, time, library) as bot:
            await ann.comes()
            bot.sender._free.close()  # nothing is spoken any more
            await ann.says("/start")
            for send in bot.sender._sends:
                send.cancel()
            bot.sender._slots.clear()
        await ann.leaves()
        assert ann.messages == {}
        async with PageBot(settings, time, library):
            await ann.comes()
            await until(lambda: "Begin" in labels(ann))
            assert "Here is where we are." not in ann.screen


async def test_after_erase_nothing_is_left_but_the_word_that_says_so(
    bot: PageBot, ann: Visitor
) -> None:
    await to_a_question(ann)
    await ann.posts("/desk/clock", {"seconds": 60})
    await ann.says("/erase")
    await until(lambda: "Yes, erase everything" in labels(ann))
    await ann.taps("Yes, erase everything")
    await until(lambda: ann.heard("forgotten"))
    await bot.rest()
    assert len(ann.messages) == 1
    assert "Everything is erased" in ann.screen
    desk = await ann.desk()
    assert (desk["is_new"], desk["ahead"]) == (True, 0)
    await ann.leaves()
    await ann.comes()
    assert len(ann.messages) == 1
    await ann.taps("Start again")
    await until(lambda: "Begin" in labels(ann))


class TestRooms:
    screen = Screen("Hello")

    @pytest.fixture
    def rooms(self) -> Rooms:
        return Rooms(Time())

    async def test_what_was_never_shown_here_cannot_be_edited(self, rooms: Rooms) -> None:
        with pytest.raises(CannotEdit):
            await rooms.speak(-1, self.screen, 1, 5)
        number = await rooms.speak(-1, self.screen, 1, None)
        assert await rooms.speak(-1, self.screen, 2, number) == number

    async def test_no_number_is_given_twice_even_after_a_restart(self, rooms: Rooms) -> None:
        numbers = [await rooms.speak(-1, self.screen, 1, None) for _ in range(3)]
        later = Time()
        later.seconds += 1
        numbers.append(await Rooms(later).speak(-1, self.screen, 1, None))
        assert numbers == sorted(set(numbers))
        assert numbers[-1] < 2**53  # what JavaScript can count to

    async def test_memory_has_an_end(self, rooms: Rooms, monkeypatch: pytest.MonkeyPatch) -> None:
        for _ in range(250):
            await rooms.speak(-1, self.screen, 1, None)
        assert len(rooms.room(-1).messages) == 200
        monkeypatch.setattr("bot.page.rooms.MANY", 3)
        rooms.room(-1).join()
        for chat_id in (-2, -3, -4, -5):
            await rooms.speak(chat_id, self.screen, 1, None)
        assert rooms.room(-1).messages, "somebody looks at it"
        assert not rooms.room(-2).messages
        assert rooms.room(-5).messages

    async def test_who_falls_behind_is_let_go(self, rooms: Rooms) -> None:
        slow = rooms.room(-1).join()
        for _ in range(150):
            await rooms.speak(-1, self.screen, 1, None)
        assert slow not in rooms.room(-1).listeners
        assert slow.qsize() == BEHIND + 1


BEHIND = rooms.BEHIND
