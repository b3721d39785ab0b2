"""Pictures, films and sounds on Telegram: one call each, uploaded once, and never in the way."""

import asyncio
from collections.abc import Callable
from dataclasses import replace

import pytest

from bot.telegram.wire import TelegramWire
from data.media import read_media
from flows import Button, Screen
from tests.shell.conftest import Bot, Start
from tests.shell.people import find, is_hold, tap, walk_to_hold
from tests.telegram import Fault, Message, Person, Telegram

pytestmark = [
    pytest.mark.parametrize("database_url", ["sqlite"], indirect=True),
    pytest.mark.parametrize("mode", ["polling"], indirect=True),
]

SHOWS = {"sendPhoto", "sendAnimation", "sendVoice", "sendMessage", "editMessageText",
         "editMessageMedia", "editMessageCaption", "editMessageReplyMarkup"}  # fmt: skip


@pytest.fixture
def calls(telegram: Telegram) -> Callable[[], list[str]]:
    """The calls that showed something since it was last asked."""
    seen = 0

    def since() -> list[str]:
        nonlocal seen
        new = telegram.ledger[seen:]
        seen = len(telegram.ledger)
        return [call.method for call in new if call.method in SHOWS]

    return since


@pytest.fixture
async def held(bot: Bot, ann: Person) -> Message:
    """The screen of a hold that runs, with everything of it uploaded."""
    message = await walk_to_hold(ann)
    await quiet(bot)
    return message


async def quiet(bot: Bot) -> None:
    """Wait until all is spoken, and what goes on beside it is done."""
    await bot.rest()
    wire = bot.ways[0].wire
    assert isinstance(wire, TelegramWire)
    await asyncio.gather(*wire._tasks, return_exceptions=True)


async def again(bot: Bot, ann: Person) -> Message:
    """The same hold once more."""
    tap(ann, "repeat")
    await ann.answer()
    await quiet(bot)
    tap(ann, "hold")
    message = await ann.answer()
    await quiet(bot)
    return message


async def test_a_hold_is_one_message_with_its_film_its_words_and_its_buttons(
    bot: Bot, ann: Person, held: Message
) -> None:
    assert held.media == "animation"
    assert "Hold for 25 seconds" in held.text
    assert find(held, "sharp")


async def test_warm_a_hold_costs_one_call_for_its_film_one_for_its_sound_and_no_upload(
    bot: Bot, ann: Person, held: Message, telegram: Telegram, calls: Callable[[], list[str]]
) -> None:
    await again(bot, ann)
    tap(ann, "repeat")
    await ann.answer()
    await quiet(bot)
    files = len(telegram.files)
    calls()
    tap(ann, "hold")
    message = await ann.answer()
    await bot.pass_time(20)
    await quiet(bot)
    assert is_hold(message)
    assert calls() == ["editMessageMedia", "sendVoice"]
    assert len(telegram.files) == files


async def test_silent_it_is_one_call_and_text_only_it_is_words(
    bot: Bot, ann: Person, held: Message, calls: Callable[[], list[str]]
) -> None:
    ann.says("/settings")
    tap(ann, "sounds", await ann.answer())
    tap(ann, "close", await ann.answer())
    await ann.answer()
    await again(bot, ann)
    assert calls()[-1] == "editMessageMedia"
    ann.says("/settings")
    tap(ann, "pictures", await ann.answer())
    tap(ann, "close", await ann.answer())
    assert (await ann.answer()).media == ""
    assert (await again(bot, ann)).media == ""
    assert "sendVoice" not in calls()[-8:]


@pytest.mark.parametrize(("taps", "buzzes"), [(1, True), (2, False)])
async def test_without_sounds_the_end_of_a_hold_buzzes_unless_that_is_not_wanted_either(
    bot: Bot, ann: Person, held: Message, taps: int, buzzes: bool
) -> None:
    ann.says("/settings")
    for _ in range(taps):
        tap(ann, "sounds", await ann.answer())
    tap(ann, "close", await ann.answer())
    await ann.answer()
    await again(bot, ann)
    await bot.pass_time_to_alarm()
    await quiet(bot)
    last = ann.history[-1]
    assert find(last.message, "fine")
    shown = next(sent for sent in reversed(ann.history) if sent.how == "send")
    assert (shown.message.message_id, shown.buzzes) == (last.message.message_id, buzzes)


async def test_what_was_uploaded_is_known_after_a_restart_and_to_this_bot_alone(
    start: Start, ann: Person, telegram: Telegram
) -> None:
    async with start() as bot:
        await walk_to_hold(ann)
        await quiet(bot)
    files = len(telegram.files)
    assert files
    async with start() as bot:
        await again(bot, ann)
        assert len(telegram.files) == files
        known = await bot.store.run(lambda t: t.files(telegram.bot["id"]))
        assert set(known.values()) == set(telegram.files)
        assert await bot.store.run(lambda t: t.files(7)) == {}


async def test_an_id_that_telegram_has_lost_heals_itself(
    bot: Bot, ann: Person, held: Message, telegram: Telegram
) -> None:
    await again(bot, ann)
    before = set(telegram.files)
    telegram.files.clear()
    message = await again(bot, ann)
    assert message.media == "animation"
    assert telegram.files
    assert not before & set(telegram.files)
    known = await bot.store.run(lambda t: t.files(telegram.bot["id"]))
    assert set(telegram.files) <= set(known.values())


async def test_a_change_of_what_is_in_a_file_uploads_it_again(
    bot: Bot, held: Message, telegram: Telegram
) -> None:
    await quiet(bot)
    medium = read_media()["map.spots"]
    wire = bot.ways[0].wire
    assert isinstance(wire, TelegramWire)
    files = wire._files
    await files.send(medium, chat_id=1001)
    count = len(telegram.files)
    await files.send(medium, chat_id=1001)
    assert len(telegram.files) == count
    await files.send(replace(medium, hash="of something else"), chat_id=1001)
    assert len(telegram.files) == count + 1


@pytest.mark.parametrize("fault", [
    Fault("editMessageMedia", code=400, description="Bad Request: wrong type of the content"),
    Fault("editMessageMedia", code=500), Fault("editMessageMedia", cut="before"),
    Fault("editMessageMedia", code=413), Fault("editMessageMedia", cut="after"),
])  # fmt: skip
async def test_where_a_film_cannot_be_sent_the_words_are_and_what_it_shows(
    bot: Bot, ann: Person, held: Message, telegram: Telegram, fault: Fault
) -> None:
    tap(ann, "repeat")
    await ann.answer()
    await quiet(bot)
    telegram.faults.append(replace(fault))
    tap(ann, "hold")
    await ann.answer()
    await quiet(bot)
    shown = ann.reads()
    assert is_hold(shown)
    assert "Hold for 25 seconds" in shown.text
    assert shown.text.startswith("The left hand presses on the left buttock")


async def test_where_a_sound_cannot_be_sent_the_hold_runs_all_the_same(
    bot: Bot, ann: Person, held: Message, telegram: Telegram, calls: Callable[[], list[str]]
) -> None:
    for code in (400, 500, 429):
        telegram.faults.append(Fault("sendVoice", code=code, retry_after=1))
        assert is_hold(await again(bot, ann))
        assert calls()[-1] == "sendVoice"
    await bot.pass_time_to_alarm()
    await quiet(bot)
    assert "Time" in ann.reads().text


async def test_after_a_picture_words_alone_come_in_a_new_message_and_old_buttons_go(
    bot: Bot, ann: Person, held: Message, calls: Callable[[], list[str]]
) -> None:
    await quiet(bot)
    calls()
    tap(ann, "sharp", held)
    await ann.answer()
    await quiet(bot)
    new = ann.reads()
    assert new.message_id > held.message_id
    assert find(new, "sharp")
    assert not ann.chat.messages[held.message_id].rows
    assert calls() == ["sendMessage", "editMessageReplyMarkup"]
    tap(ann, "resume", new)
    await ann.answer()
    await quiet(bot)
    assert ann.reads().message_id == new.message_id  # words become a picture in their place
    assert calls() == ["editMessageMedia"]


async def test_words_take_the_place_of_a_picture_from_before_a_restart(
    start: Start, ann: Person
) -> None:
    async with start() as bot:
        held = await walk_to_hold(ann)
        await quiet(bot)
    async with start() as bot:
        tap(ann, "sharp", held)
        await ann.answer()
        await quiet(bot)
        assert find(ann.reads(), "resume")
        assert ann.reads().message_id != held.message_id
        assert not ann.chat.messages[held.message_id].rows


async def test_the_end_of_a_hold_is_a_new_message_that_shows_how_to_let_go(
    bot: Bot, ann: Person, held: Message
) -> None:
    await bot.pass_time_to_alarm()
    await quiet(bot)
    over = ann.reads()
    assert over.message_id > held.message_id
    assert over.media == "animation"
    assert "Ease off slowly" in over.text


async def test_a_text_too_long_for_a_caption_stands_under_its_picture_with_the_buttons(
    bot: Bot, ann: Person, held: Message
) -> None:
    await quiet(bot)
    long = Screen("x" * 1025, ((Button("Go on", "next"),),), "map.spots", "A map")
    message_id = await bot.ways[0].wire.speak(1001, long, 9, held.message_id)
    picture, words = list(ann.chat.messages.values())[-2:]
    assert (picture.media, picture.text, picture.rows) == ("photo", "", ())
    assert (words.media, words.text, words.labels) == ("", "x" * 1025, ("Go on",))
    assert message_id == words.message_id
    assert not ann.chat.messages[held.message_id].rows


async def test_a_caption_of_just_1024_units_is_one_message(bot: Bot, ann: Person) -> None:
    ann.says("/start")
    await ann.answer()
    await bot.ways[0].wire.speak(1001, Screen("🦵" * 512, (), "map.spots", "A map"), 9, None)
    assert ann.sees().text == "🦵" * 512
    assert ann.sees().media == "photo"


async def test_every_screen_of_a_walkthrough_fits_under_its_picture(bot: Bot) -> None:
    """One call for each; `flows` shows what there is."""
    from tests.shown import walks

    for screen in walks(bot.library.book("en")):
        assert len(screen.text.encode("utf-16-le")) // 2 <= 1024, screen.text


async def test_a_sound_on_its_way_is_dropped_when_the_hold_is(
    bot: Bot, ann: Person, telegram: Telegram
) -> None:
    ann.says("/start")
    await ann.answer()
    telegram.latency = 0.05
    speak = bot.ways[0].wire.speak
    await speak(1001, Screen("Hold.", sound="hold.25.this.en"), 8, None)
    await speak(1001, Screen("Stop."), 9, None)
    await quiet(bot)
    assert not telegram.calls("sendVoice")
    await speak(1001, Screen("Hold.", sound="hold.25.this.en"), 10, None)
    await quiet(bot)
    assert telegram.calls("sendVoice")
