"""What goes wrong on demand, and the stand-in as a process of its own."""

import time as real_time

import pytest
from telegram import Bot, InlineKeyboardButton, InlineKeyboardMarkup
from telegram.error import Forbidden, NetworkError, RetryAfter, TimedOut

from tests.telegram import Fault, Person, Telegram
from tests.telegram.conftest import bot_at
from tests.telegram.remote import separate


@pytest.mark.parametrize(
    ("fault", "error"),
    [
        (Fault("sendMessage", code=429, retry_after=7), RetryAfter),
        (Fault("sendMessage", code=500), NetworkError),
        (Fault("sendMessage", code=502), NetworkError),
        (Fault("sendMessage", code=403), Forbidden),
        (Fault("*", cut="before"), NetworkError),
    ],
)
async def test_a_call_fails_and_is_not_taken(
    bot: Bot, world: Telegram, ann: Person, fault: Fault, error: type[Exception]
) -> None:
    world.fail(fault)
    with pytest.raises(error) as raised:
        await bot.send_message(1001, "Hello")
    assert type(raised.value) is error
    assert ann.history == []
    await bot.send_message(1001, "Hello")
    assert len(ann.history) == 1


async def test_the_line_is_cut_after_the_message_was_taken(
    bot: Bot, world: Telegram, ann: Person
) -> None:
    world.fail(Fault("sendMessage", cut="after"))
    with pytest.raises(NetworkError):
        await bot.send_message(1001, "Hello")
    assert ann.sees().text == "Hello"


async def test_a_slow_answer_comes_after_the_message_was_taken(
    bot: Bot, world: Telegram, ann: Person
) -> None:
    world.fail(Fault("sendMessage", slow=0.5))
    with pytest.raises(TimedOut):
        await bot.send_message(1001, "Hello", read_timeout=0.1)
    assert ann.sees().text == "Hello"


async def test_a_fault_can_be_for_one_chat_and_several_calls(
    bot: Bot, world: Telegram, ann: Person
) -> None:
    Person(world, 1002).says("/start")
    world.fail(Fault("sendMessage", times=2, code=500, chat_id=1001))
    await bot.send_message(1002, "Hello")
    for _ in range(2):
        with pytest.raises(NetworkError):
            await bot.send_message(1001, "Hello")
    await bot.send_message(1001, "Hello")


async def test_each_call_spends_its_latency_on_the_way(
    bot: Bot, world: Telegram, ann: Person
) -> None:
    world.latency = 0.2
    began = real_time.monotonic()
    await bot.send_message(1001, "Hello")
    assert 0.2 <= real_time.monotonic() - began < 1


async def test_ann_waits_for_the_answer(bot: Bot, ann: Person) -> None:
    with pytest.raises(AssertionError, match=r"no answer within 0.1 s; .* 'nothing yet'"):
        await ann.answer(within=0.1)
    await bot.send_message(1001, "One")
    await bot.send_message(1001, "Two")
    assert (await ann.answer()).text == "One"
    assert (await ann.answer()).text == "Two"


async def test_it_runs_as_a_process_of_its_own() -> None:
    async with separate() as remote, bot_at(remote.address) as bot:
        await remote.act("say", chat_id=1001, text="/start")
        (start,) = await bot.get_updates(timeout=5)
        assert start.message
        assert start.message.text == "/start"
        yes = InlineKeyboardButton("Yes", callback_data="1:yes")
        await bot.send_message(1001, "Well?", reply_markup=InlineKeyboardMarkup.from_button(yes))
        await remote.act("tap", chat_id=1001, label="Yes")
        await remote.act("fault", method="sendMessage", code=500)
        with pytest.raises(NetworkError):
            await bot.send_message(1001, "Hello")
        (tap,) = await bot.get_updates(offset=start.update_id + 1)
        assert tap.callback_query
        chat = await remote.chat(1001)
        assert [message["text"] for message in chat["messages"]] == ["/start", "Well?"]
        ledger = await remote.ledger()
        assert ledger["unconfirmed"] == 1
        assert [call["ok"] for call in ledger["calls"] if call["method"] == "sendMessage"] == [
            True,
            False,
        ]
        with pytest.raises(RuntimeError, match="no button 'No'"):
            await remote.act("tap", chat_id=1001, label="No")
