"""What goes wrong on the way out, and what does not get lost by it."""

import asyncio

import pytest

from bot.sender import FLOOD
from bot.settings import Settings
from data.library import Library
from data.transaction import Row
from tests.shell.conftest import Bot, Start, Time, until
from tests.shell.people import begin, tap
from tests.telegram import Fault, Person, Telegram
from tests.telegram.core import LIMITS
from tests.telegram.rates import Rates

pytestmark = [
    pytest.mark.parametrize("mode", ["polling"]),
    pytest.mark.parametrize("database_url", ["sqlite"], indirect=True),
]


async def stored(bot: Bot, person: Person) -> Row:
    chat_id = person.chat_id
    return (await bot.store.run(lambda transaction: transaction.lock([chat_id])))[chat_id]


@pytest.mark.parametrize("code", [500, 502])
async def test_a_server_that_is_not_well_is_tried_again(
    bot: Bot, ann: Person, telegram: Telegram, code: int
) -> None:
    telegram.fail(Fault("sendMessage", times=3, code=code))
    assert (await begin(ann)).text
    assert len(telegram.calls("sendMessage")) == 4


@pytest.mark.parametrize("cut", ["before", "after"])
async def test_a_cut_line_is_tried_again(
    bot: Bot, ann: Person, telegram: Telegram, cut: str
) -> None:
    telegram.fail(Fault("sendMessage", cut=cut))
    await begin(ann)
    await bot.rest()
    assert ann.sees().rows


async def test_an_edit_that_was_taken_before_the_line_was_cut_is_not_an_error(
    bot: Bot, ann: Person, telegram: Telegram
) -> None:
    await begin(ann)
    telegram.fail(Fault("editMessageText", cut="after"))
    tap(ann, "help")
    page = await ann.answer()
    await bot.rest()
    assert ann.sees().text == page.text
    assert len(ann.history) == 2


async def test_a_message_that_cannot_be_edited_is_sent_anew(
    bot: Bot, ann: Person, telegram: Telegram
) -> None:
    first = await begin(ann)
    words = "Bad Request: message to edit not found"
    telegram.fail(Fault("editMessageText", code=400, description=words))
    tap(ann, "help")
    page = await ann.answer()
    assert page.message_id > first.message_id


async def test_others_are_served_while_one_waits(
    bot: Bot, ann: Person, bob: Person, telegram: Telegram
) -> None:
    telegram.fail(Fault("sendMessage", times=50, code=500, chat_id=ann.chat_id))
    ann.says("/start")
    assert (await begin(bob)).text


async def test_too_many_for_one_chat_stops_that_chat_alone(
    bot: Bot, ann: Person, bob: Person, telegram: Telegram
) -> None:
    telegram.fail(Fault("sendMessage", code=429, retry_after=1, chat_id=ann.chat_id))
    ann.says("/start")
    await telegram.until(lambda: telegram.calls("sendMessage"))
    began = asyncio.get_running_loop().time()
    await begin(bob)
    assert asyncio.get_running_loop().time() - began < 0.9
    await ann.answer()
    assert asyncio.get_running_loop().time() - began > 0.9


async def test_too_many_for_several_chats_stops_all(
    bot: Bot, bob: Person, telegram: Telegram
) -> None:
    crowd = [Person(telegram, 2000 + n) for n in range(FLOOD)]
    for person in crowd:
        fault = Fault("sendMessage", code=429, retry_after=1, chat_id=person.chat_id)
        telegram.fail(fault)
        person.says("/start")
    await telegram.until(lambda: len(telegram.calls("sendMessage")) == FLOOD)
    began = asyncio.get_running_loop().time()
    await begin(bob)
    assert asyncio.get_running_loop().time() - began > 0.8


async def test_what_is_owed_is_the_screen_as_it_is_then(
    bot: Bot, ann: Person, telegram: Telegram
) -> None:
    await begin(ann)
    telegram.fail(Fault("sendMessage", times=2, code=500))
    ann.says("/help")
    ann.says("/privacy")
    ann.says("/home")
    answer = await ann.answer()
    await bot.rest()
    assert ann.sees().text == answer.text
    assert len(ann.history) == 2


async def test_who_blocks_the_bot_is_left_alone_until_they_write(
    bot: Bot, ann: Person, telegram: Telegram
) -> None:
    await begin(ann)
    telegram.fail(Fault("sendMessage", code=403))
    ann.says("/help")
    await until(lambda: any(call.code == 403 for call in telegram.calls("sendMessage")))
    await bot.rest()
    assert (await stored(bot, ann)).paused
    assert len(telegram.calls("sendMessage")) == 2
    ann.says("/privacy")
    await ann.answer()
    assert not (await stored(bot, ann)).paused


async def test_a_restart_leaves_those_alone_who_blocked_the_bot(
    start: Start, ann: Person, telegram: Telegram
) -> None:
    async with start() as bot:
        await begin(ann)
        telegram.fail(Fault("sendMessage", code=403))
        ann.says("/help")
        await until(lambda: any(call.code == 403 for call in telegram.calls("sendMessage")))
        await bot.rest()
    async with start() as bot:
        await bot.rest()
    assert len(telegram.calls("sendMessage")) == 2


async def test_who_unblocks_the_bot_gets_what_was_owed(
    bot: Bot, ann: Person, telegram: Telegram
) -> None:
    await begin(ann)
    telegram.fail(Fault("sendMessage", times=99, code=500))
    ann.says("/help")
    await telegram.until(lambda: len(telegram.calls("sendMessage")) > 1)
    ann.blocks()
    await until(lambda: not telegram.unconfirmed)
    await bot.rest()
    telegram.faults.clear()
    assert (await stored(bot, ann)).paused
    ann.unblocks()
    assert (await ann.answer()).text


async def test_a_screen_that_is_not_accepted_is_given_up_after_three_tries(
    start: Start, ann: Person, bob: Person, telegram: Telegram, caplog: pytest.LogCaptureFixture
) -> None:
    async with start():
        fault = Fault("sendMessage", times=9, code=400, description="Bad Request: no", chat_id=1001)
        telegram.fail(fault)
        ann.says("/start")
        await until(lambda: "given up" in caplog.text, 20)
        await begin(bob)
    assert len(telegram.calls("sendMessage", ann.chat_id)) == 3
    async with start():
        ann.says("/help")
        await telegram.until(lambda: len(telegram.calls("sendMessage", ann.chat_id)) == 4)


async def test_what_was_not_spoken_is_spoken_after_a_restart(
    start: Start, ann: Person, telegram: Telegram
) -> None:
    fault = Fault("sendMessage", times=99, code=500)
    telegram.fail(fault)
    async with start():
        ann.says("/start")
        await telegram.until(lambda: len(telegram.calls("sendMessage")) > 1)
    telegram.faults.remove(fault)
    async with start():
        assert (await ann.answer()).rows


async def unanswered(start: Start, telegram: Telegram, said: dict[Person, str]) -> None:
    """All has been heard, and nothing could be sent."""
    telegram.fail(fault := Fault("sendMessage", times=10_000, code=500))
    async with start():
        for person, words in said.items():
            person.says(words)
        await until(lambda: not telegram.unconfirmed)
    telegram.faults.remove(fault)


async def test_thousands_who_are_owed_a_screen_are_all_spoken_to(
    start: Start, telegram: Telegram, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.sender.MANY", 20)
    monkeypatch.setattr("bot.sender.PAGE", 7)
    crowd = [Person(telegram, 2000 + n) for n in range(100)]
    await unanswered(start, telegram, dict.fromkeys(crowd, "/start"))
    async with start():
        for person in crowd:
            await person.answer()
    assert all(len(person.history) == 1 for person in crowd)


async def test_after_a_restart_who_is_to_get_care_now_waits_behind_nobody(
    start: Start, telegram: Telegram, monkeypatch: pytest.MonkeyPatch
) -> None:
    """However many are owed a screen, and whatever their ids."""
    monkeypatch.setattr("bot.sender.MANY", 8)
    monkeypatch.setattr("bot.sender.PAGE", 7)
    crowd = [Person(telegram, 2000 + n) for n in range(40)]
    emergency = {crowd[-1]: "my groin is numb and i cant pee"}
    await unanswered(start, telegram, dict.fromkeys(crowd, "/start") | emergency)
    spoken = len(telegram.calls("sendMessage"))
    async with start():
        for person in crowd:
            await person.answer()
    order = [call.chat_id for call in telegram.calls("sendMessage")[spoken:]]
    assert order.index(crowd[-1].chat_id) < 8


async def test_who_writes_again_after_an_outage_need_not_wait_for_the_next_try(
    bot: Bot, ann: Person, telegram: Telegram
) -> None:
    telegram.fail(fault := Fault("sendMessage", times=99, code=500))
    ann.says("/start")
    await telegram.until(lambda: len(telegram.calls("sendMessage")) == 5, 10)
    telegram.faults.remove(fault)
    began = asyncio.get_running_loop().time()
    ann.says("/help")
    await ann.answer()
    assert asyncio.get_running_loop().time() - began < 1


async def test_telegram_never_has_to_say_that_it_is_too_much(
    telegram: Telegram, settings: Settings, time: Time, library: Library, ann: Person
) -> None:
    telegram.rates = Rates(LIMITS, asyncio.get_running_loop().time)
    crowd = [Person(telegram, 2000 + n) for n in range(60)]
    async with Bot(settings.model_copy(update={"send_rate": 30}), time, library):
        for person in crowd:
            person.says("/start")
        for _ in range(8):
            ann.says("/help")
            await asyncio.sleep(0.1)
        for person in crowd:
            await person.answer(10)
        await until(lambda: ann.history and ann.sees().text)
    assert [call for call in telegram.calls() if call.code == 429] == []
    assert len(telegram.calls("sendMessage")) >= 61
