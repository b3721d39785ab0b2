"""The clock of a chat on the page: it moves that chat, and nobody else."""

from pathlib import Path

import pytest

from bot.chats import of_visitor
from data.library import Library
from data.transaction import Due
from flows import Alarm
from tests.page.bots import PageBot, address_of, page_settings
from tests.page.test_transcripts import PagePlayer
from tests.page.visitor import Visitor
from tests.shell.conftest import Time, until
from tests.transcript import TRANSCRIPTS, play

DAY = 24 * 3600
(TO_A_HOLD,) = [path for path in TRANSCRIPTS if path.stem == "a_hold_begins"]


@pytest.fixture
async def holding(bot: PageBot, ann: Visitor) -> Visitor:
    """Ann, in a hold of 45 seconds."""
    await play(TO_A_HOLD, PagePlayer(bot, ann))
    return ann


async def move(visitor: Visitor, **how: object) -> int:
    status, answer = await visitor.posts("/desk/clock", how)
    assert status == 200
    return int(answer["now"])


async def test_a_hold_ends_in_time_when_its_clock_moves(bot: PageBot, holding: Visitor) -> None:
    await move(holding, seconds=44)
    assert "Hold for 45 seconds." in holding.screen
    await move(holding, seconds=1)
    await until(lambda: "Time." in holding.screen)


async def test_a_long_move_halts_at_each_alarm(bot: PageBot, holding: Visitor) -> None:
    """The hold is over in time, though a day goes by; and the day after is asked about."""
    await move(holding, seconds=DAY)
    await bot.rest()
    await until(lambda: "How is the pain today" in holding.screen)
    assert any("Time." in shown["text"] for shown in holding.messages.values())
    assert (await holding.desk())["state"] == "CHECK_IN"


async def test_it_goes_to_the_next_alarm_whatever_it_is(bot: PageBot, holding: Visitor) -> None:
    chat_id = of_visitor(holding.cookie("chat")[0])
    wanted = Alarm("nudge", int(bot.time()) + 10, 1)
    await bot.store.run(lambda t: t.set_alarms([Due(chat_id, wanted)]))
    before = (await holding.desk())["now"]
    assert await move(holding, to_alarm=True) == before + 10
    assert [alarm["kind"] for alarm in (await holding.desk())["alarms"]] == [
        "hold_over",
        "time_out",
        "fade",
    ]
    assert await move(holding, to_alarm=True) == before + 45
    await until(lambda: "Time." in holding.screen)


async def test_nobody_else_s_time_goes_by(bot: PageBot, holding: Visitor, bob: Visitor) -> None:
    await play(TO_A_HOLD, PagePlayer(bot, bob))
    await move(holding, seconds=DAY)
    await bot.clock.tick()
    desk = await bob.desk()
    assert (desk["state"], desk["ahead"]) == ("HOLDING", 0)
    await bot.pass_time(45)
    await until(lambda: "Time." in bob.screen)


async def test_what_is_said_later_is_said_by_the_moved_clock(
    bot: PageBot, holding: Visitor
) -> None:
    """A screening counts for 14 days, on the page's clock too; a hold lasts as long as it says."""
    await move(holding, seconds=15 * DAY)
    await holding.says("/session")
    await until(lambda: "Question 1 of" in holding.screen)
    desk = await holding.desk()
    assert desk["stored"]["body"]["now"] == int(bot.time()) + 15 * DAY


async def test_it_is_still_ahead_after_a_restart(tmp_path: Path, library: Library) -> None:
    settings, time = page_settings(tmp_path), Time()
    async with Visitor(address_of(settings)) as ann:
        async with PageBot(settings, time, library) as bot:
            await ann.comes()
            await play(TO_A_HOLD, PagePlayer(bot, ann))
            await move(ann, seconds=40)
        time.seconds += 1
        async with PageBot(settings, time, library) as again:
            desk = await ann.desk()
            assert desk["ahead"] == 40
            assert desk["alarms"][0]["due"] - desk["now"] == 4
            await again.pass_time(4)
            assert (await ann.desk())["state"] == "CHECKING"


async def test_a_stranger_has_no_clock_to_move(ann: Visitor) -> None:
    assert (await ann.posts("/desk/clock", {"seconds": 60}))[0] == 409


@pytest.mark.parametrize("seconds", [0, -1, 367 * DAY, "1", 1.5, None])
async def test_it_moves_forward_and_not_for_ever(ann: Visitor, seconds: object) -> None:
    await ann.says("/start")
    status, _ = await ann.posts("/desk/clock", {"seconds": seconds})
    assert status == 400


async def test_with_nobody_there_is_no_alarm_to_go_to(ann: Visitor) -> None:
    """A stranger's only alarm is that they are forgotten, in half a year."""
    await ann.says("/start")
    assert (await ann.posts("/desk/clock", {"to_alarm": True}))[0] == 200
    assert (await ann.desk())["is_new"]
    assert (await ann.posts("/desk/clock", {"to_alarm": True}))[0] == 409
