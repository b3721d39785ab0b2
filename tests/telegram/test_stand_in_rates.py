"""How often the stand-in lets a bot send, before it says 429 as Telegram does."""

from datetime import timedelta

import pytest
from telegram import Bot
from telegram.error import RetryAfter

from tests.telegram import UNLIMITED, Person, Telegram, serve
from tests.telegram.conftest import Time, bot_at


async def test_a_chat_takes_five_at_once_then_one_a_second(
    bot: Bot, ann: Person, time: Time
) -> None:
    sent = [await bot.send_message(1001, f"Number {n}") for n in range(5)]
    with pytest.raises(RetryAfter) as told:
        await bot.edit_message_text("An edit counts", 1001, sent[0].message_id)
    assert told.value.retry_after == timedelta(seconds=1)
    time.seconds += 0.9
    with pytest.raises(RetryAfter):
        await bot.send_message(1001, "Too early")
    time.seconds += 0.1
    await bot.send_message(1001, "In time")
    await bot.send_chat_action(1001, "typing")  # does not count


async def test_a_group_takes_20_a_minute(bot: Bot, ann: Person, time: Time) -> None:
    ann.in_group(-1005)
    for n in range(20):
        await bot.send_message(-1005, f"Number {n}")
    with pytest.raises(RetryAfter) as told:
        await bot.send_message(-1005, "One more")
    assert told.value.retry_after == timedelta(seconds=3)


async def test_a_bot_sends_30_a_second_to_all(bot: Bot, world: Telegram, time: Time) -> None:
    people = [Person(world, 2000 + n) for n in range(31)]
    for person in people:
        person.says("/start")
    for person in people[:30]:
        await bot.send_message(person.chat_id, "Hello")
    with pytest.raises(RetryAfter):
        await bot.send_message(people[30].chat_id, "Hello")
    time.seconds += 1
    await bot.send_message(people[30].chat_id, "Hello")


async def test_the_limits_can_be_left_out() -> None:
    world = Telegram(limits=UNLIMITED)
    person = Person(world, 1001)
    person.says("/start")
    async with serve(world) as address, bot_at(address) as bot:
        for n in range(40):
            await bot.send_message(1001, f"Number {n}")
    assert len(person.history) == 40
