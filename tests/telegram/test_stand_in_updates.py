"""How updates come to a bot: by long polling, twice, malformed, and by web hook."""

import asyncio
import time as real_time

import pytest
from telegram import Bot, ChatMember, InlineKeyboardButton, InlineKeyboardMarkup
from telegram.error import Conflict

from tests.telegram import Address, Person, Telegram
from tests.telegram.conftest import Time, bot_at, call, refused

ASK = InlineKeyboardMarkup([[InlineKeyboardButton("Yes", callback_data="1:yes")]])
KINDS = (
    "photo", "animation", "audio", "voice", "video", "video_note", "document", "sticker",
    "contact", "location", "venue", "dice", "poll",
)  # fmt: skip


async def test_updates_stay_until_the_next_poll_confirms_them(
    bot: Bot, ann: Person, world: Telegram
) -> None:
    for n in range(3):
        ann.says(f"Number {n}")
    first = await bot.get_updates(limit=2)
    assert [update.message.text for update in first if update.message] == ["Number 0", "Number 1"]
    assert await bot.get_updates(limit=2) == first
    assert world.unconfirmed == 3
    rest = await bot.get_updates(offset=first[-1].update_id + 1)
    assert [update.message.text for update in rest if update.message] == ["Number 2"]
    assert world.unconfirmed == 1
    ann.says("The last one")
    assert len(await bot.get_updates(offset=-1)) == 1
    assert world.unconfirmed == 1


async def test_at_most_a_hundred_come_at_once(bot: Bot, ann: Person) -> None:
    for n in range(150):
        ann.says(f"Number {n}")
    first = await bot.get_updates()
    assert len(first) == 100
    assert len(await bot.get_updates(offset=first[-1].update_id + 1)) == 50


async def test_a_long_poll_ends_as_soon_as_there_is_something(bot: Bot, ann: Person) -> None:
    began = real_time.monotonic()
    polling = asyncio.create_task(bot.get_updates(timeout=30))
    await asyncio.sleep(0.1)
    assert not polling.done()
    ann.says("Here I am")
    assert len(await polling) == 1
    assert real_time.monotonic() - began < 2


async def test_a_long_poll_comes_back_empty(bot: Bot, ann: Person) -> None:
    assert await bot.get_updates(timeout=1) == ()


async def test_a_second_poller_ends_the_first(bot: Bot, ann: Person, address: Address) -> None:
    async with bot_at(address) as other:
        first = asyncio.create_task(bot.get_updates(timeout=30))
        await asyncio.sleep(0.1)
        second = asyncio.create_task(other.get_updates(timeout=30))
        with refused(Conflict, "Conflict: terminated by other getUpdates request"):
            await first
        ann.says("For the second")
        assert len(await second) == 1


async def test_updates_are_forgotten_after_a_day(bot: Bot, ann: Person, time: Time) -> None:
    ann.says("Is anybody there?")
    time.seconds += 24 * 3600 + 1
    ann.says("Hello?")
    assert len(await bot.get_updates()) == 1


async def test_only_the_kinds_that_were_asked_for_come(bot: Bot, ann: Person) -> None:
    await bot.get_updates(allowed_updates=["message"])
    ann.blocks()
    ann.unblocks()
    said = ann.says("Helo")
    ann.edits(said, "Hello")
    assert [update.message.text for update in await bot.get_updates() if update.message] == ["Helo"]


async def test_everything_a_person_can_do_reads_as_telegrams(bot: Bot, ann: Person) -> None:
    await bot.send_message(1001, "Well?", reply_markup=ASK)
    said = ann.says("/help@stand_in_bot now")
    ann.edits(said, "/stop")
    ann.presses("Yes")
    ann.blocks()
    ann.unblocks()
    for kind in KINDS:
        ann.sends(kind, caption="This")
    ann.in_group(-1005).says("/start")
    updates = await bot.get_updates()
    assert all(update.api_kwargs == {} for update in updates)
    command, edited, tap, blocked, unblocked = updates[:5]
    assert command.message
    assert command.message.parse_entities(["bot_command"])
    assert edited.edited_message
    assert edited.edited_message.message_id == command.message.message_id
    assert tap.callback_query
    assert tap.callback_query.data == "1:yes"
    assert tap.callback_query.message
    assert tap.callback_query.message.message_id == ann.sees().message_id
    assert blocked.my_chat_member
    assert blocked.my_chat_member.new_chat_member.status == ChatMember.BANNED
    assert unblocked.my_chat_member
    assert unblocked.my_chat_member.new_chat_member.status == ChatMember.MEMBER
    sent = [update.message for update in updates[5 : 5 + len(KINDS)]]
    for kind, message in zip(KINDS, sent, strict=True):
        assert message
        assert getattr(message, kind)
    added, greeted, spoken = updates[5 + len(KINDS) :]
    assert added.my_chat_member
    assert greeted.message
    assert greeted.message.new_chat_members
    assert spoken.message
    assert spoken.message.chat.type == "supergroup"


async def test_a_button_of_an_old_message_can_be_pressed(bot: Bot, ann: Person, time: Time) -> None:
    first = await bot.send_message(1001, "First?", reply_markup=ASK)
    await bot.send_message(1001, "Second?", reply_markup=ASK)
    await bot.edit_message_text("Done", 1001, first.message_id)
    ann.presses("Yes", ann.finds("First?"))
    with pytest.raises(LookupError, match="no button 'Yes' under 'Done'"):
        ann.presses("Yes", first.message_id)
    fresh = (await bot.get_updates())[-1].callback_query
    time.seconds += 49 * 3600
    ann.presses("Yes")
    stale = (await bot.get_updates())[-1].callback_query
    assert fresh
    assert fresh.message
    assert fresh.message.message_id == first.message_id
    assert stale
    assert stale.message
    assert not stale.message.is_accessible


async def test_an_update_can_come_twice(bot: Bot, ann: Person, world: Telegram) -> None:
    world.updates.times = 2
    ann.says("Once")
    first, second = await bot.get_updates()
    assert first.update_id == second.update_id
    assert await bot.get_updates(offset=first.update_id + 1) == ()
    world.updates.times = 1
    world.deliver_again(first.to_dict())
    (late,) = await bot.get_updates(offset=first.update_id + 1)
    assert late.update_id == first.update_id
    assert await bot.get_updates(offset=first.update_id + 1) == ()


async def test_an_update_can_be_malformed(address: Address, world: Telegram) -> None:
    poison = world.deliver({"message": {"text": 5}})
    assert await call(address, "getUpdates") == (200, {"ok": True, "result": [poison]})
