"""The stand-in lets through what Telegram does, and refuses the rest in Telegram's words.

All of it is asked through python-telegram-bot's own Bot, over HTTP.
"""

from typing import Any

import pytest
from telegram import Bot, BotCommand, InlineKeyboardButton, InlineKeyboardMarkup
from telegram.error import BadRequest, Forbidden, InvalidToken

from tests.telegram import Address, Person, Telegram, Toast
from tests.telegram.conftest import Time, bot_at, call, refused
from tests.telegram.text import read_html, utf16

YES = InlineKeyboardButton("Yes", callback_data="1:yes")
ASK = InlineKeyboardMarkup([[YES]])
FIRE = "\N{FIRE}"  # two UTF-16 units


def keyboard(*labels_and_data: tuple[str, str]) -> dict[str, Any]:
    buttons = [{"text": label, "callback_data": data} for label, data in labels_and_data]
    return {"inline_keyboard": [[button] for button in buttons]}


async def test_a_message_is_seen_with_its_bold_words_and_buttons(bot: Bot, ann: Person) -> None:
    sent = await bot.send_message(1001, "Hold <b>still</b> &amp; breathe", "HTML", reply_markup=ASK)
    assert ann.sees().text == "Hold still & breathe"
    assert ann.sees().bold == ("still",)
    assert ann.sees().labels == ("Yes",)
    assert ann.sees().message_id == sent.message_id


async def test_an_edit_takes_the_place_of_what_stood_there(bot: Bot, ann: Person) -> None:
    sent = await bot.send_message(1001, "One", reply_markup=ASK)
    await bot.edit_message_text("Two", 1001, sent.message_id)
    assert [message.text for message in ann.messages] == ["/start", "Two"]
    assert ann.sees().labels == ()
    assert [(act.how, act.message.text) for act in ann.history] == [
        ("send", "One"),
        ("edit", "Two"),
    ]
    assert ann.finds("One").labels == ("Yes",)


async def test_buttons_can_be_taken_away_alone(bot: Bot, ann: Person) -> None:
    sent = await bot.send_message(1001, "One", reply_markup=ASK)
    await bot.edit_message_reply_markup(1001, sent.message_id)
    assert (ann.sees().text, ann.sees().labels) == ("One", ())


REFUSED_TEXTS = [
    ("", "", "message text is empty"),
    (" \n ", "", "message text is empty"),
    ("<b></b>", "HTML", "message text is empty"),
    ("a" * 4097, "", "message is too long"),
    (FIRE * 2049, "", "message is too long"),
    ("a & b < c", "HTML", "can't parse entities: Unclosed start tag at byte offset 6"),
    ("<p>a</p>", "HTML", 'can\'t parse entities: Unsupported start tag "p" at byte offset 0'),
    ("\N{FIRE}<b>a</i>", "HTML", "can't parse entities: Unmatched end tag at byte offset 8"),
    ("<b>a", "HTML", "can't parse entities: Can't find end tag corresponding to start tag \"b\""),
    ("a</b>", "HTML", "can't parse entities: Unexpected end tag at byte offset 1"),
    ("a</b", "HTML", "can't parse entities: Unclosed end tag at byte offset 1"),
    ("*a*", "Markdown", "unsupported parse_mode"),
]


@pytest.mark.parametrize(("text", "mode", "words"), REFUSED_TEXTS)
async def test_a_text_is_refused(bot: Bot, ann: Person, text: str, mode: str, words: str) -> None:
    with refused(BadRequest, words):
        await bot.send_message(1001, text, mode or None)
    assert ann.history == []


@pytest.mark.parametrize("text", ["a" * 4096, FIRE * 2048, "<b>" + "a" * 4096 + "</b>"])
async def test_a_text_is_measured_in_utf16_after_its_marks_are_read(
    bot: Bot, ann: Person, text: str
) -> None:
    await bot.send_message(1001, text, "HTML")
    assert utf16(ann.sees().text) == 4096


def test_html_is_read_as_telegram_reads_it() -> None:
    text, entities = read_html('&lt;<b>a<i>\N{FIRE}</i></b> <a href="https://x.org">&#33;</a>&ge;')
    assert text == "<a\N{FIRE} !&ge;"
    assert entities == [
        {"type": "bold", "offset": 1, "length": 3},
        {"type": "italic", "offset": 2, "length": 2},
        {"type": "text_link", "offset": 5, "length": 1, "url": "https://x.org"},
    ]


REFUSED_KEYBOARDS = [
    (keyboard(("Yes", "x" * 65)), "BUTTON_DATA_INVALID"),
    (keyboard(("Yes", FIRE * 17)), "BUTTON_DATA_INVALID"),
    (keyboard(("", "x")), "BUTTON_TEXT_INVALID"),
    (keyboard(("Yes", "")), "can't parse inline keyboard button: Text buttons are unallowed"),
    ({"inline_keyboard": [[{"callback_data": "x"}]]}, "can't parse inline keyboard button: Can't"),
    ({"inline_keyboard": [{"text": "Yes"}]}, "can't parse inline keyboard button: Field"),
    (keyboard(*[("Yes", "x")] * 101), "reply markup is too long"),
    ({"inline_keyboard": [[{"text": "Yes", "callback_data": "x"}] * 9]}, "reply markup is too"),
    ({"buttons": []}, "can't parse reply keyboard markup JSON object"),
    ("{", "can't parse reply keyboard markup JSON object"),
]


@pytest.mark.parametrize(("markup", "words"), REFUSED_KEYBOARDS)
async def test_a_keyboard_is_refused(
    address: Address, ann: Person, markup: object, words: str
) -> None:
    params = {"chat_id": 1001, "text": "Which?", "reply_markup": markup}
    status, answer = await call(address, "sendMessage", params)
    assert (status, answer["ok"], answer["error_code"]) == (400, False, 400)
    assert answer["description"].startswith(f"Bad Request: {words}")


async def test_a_hundred_buttons_and_64_bytes_pass(address: Address, ann: Person) -> None:
    markup = keyboard(*[("Yes", FIRE * 16)] * 100)
    params = {"chat_id": 1001, "text": "Which?", "reply_markup": markup}
    await call(address, "sendMessage", params)
    assert len(ann.sees().buttons) == 100


async def test_only_what_is_there_and_changes_can_be_edited(bot: Bot, ann: Person) -> None:
    same: dict[str, Any] = {"parse_mode": "HTML", "reply_markup": ASK}
    sent = await bot.send_message(1001, "<b>One</b>", **same)
    with refused(BadRequest, "Message is not modified: specified new message content"):
        await bot.edit_message_text("<b>One</b>", 1001, sent.message_id, **same)
    with refused(BadRequest, "Message to edit not found"):
        await bot.edit_message_text("Two", 1001, 9999)
    with refused(BadRequest, "Message can't be edited"):
        await bot.edit_message_text("Two", 1001, ann.messages[0].message_id)
    await bot.edit_message_text(
        "<b>One</b>", 1001, sent.message_id, parse_mode="HTML"
    )  # buttons go


async def test_a_message_can_be_deleted_once_and_for_two_days(
    bot: Bot, ann: Person, time: Time
) -> None:
    sent = await bot.send_message(1001, "One")
    await bot.delete_message(1001, sent.message_id)
    assert [message.text for message in ann.messages] == ["/start"]
    with refused(BadRequest, "Message to delete not found"):
        await bot.delete_message(1001, sent.message_id)
    old = await bot.send_message(1001, "Two")
    time.seconds += 48 * 3600 + 1
    with refused(BadRequest, "Message can't be deleted for everyone"):
        await bot.delete_message(1001, old.message_id)


async def test_a_tap_is_answered_once_and_within_a_minute(
    bot: Bot, ann: Person, time: Time
) -> None:
    await bot.send_message(1001, "Well?", reply_markup=ASK)
    first, second = ann.presses("Yes"), ann.presses("Yes")
    await bot.answer_callback_query(first, "Noted", show_alert=True)
    assert ann.toasts == [Toast(time.seconds, "Noted", True, first)]
    time.seconds += 61
    for query in (first, second, "1"):
        with refused(BadRequest, "Query is too old and response timeout expired or q"):
            await bot.answer_callback_query(query)


async def test_a_toast_has_200_characters(bot: Bot, ann: Person) -> None:
    await bot.send_message(1001, "Well?", reply_markup=ASK)
    with refused(BadRequest, "MESSAGE_TOO_LONG"):
        await bot.answer_callback_query(ann.presses("Yes"), "a" * 201)


async def test_whom_a_bot_cannot_reach(bot: Bot, world: Telegram, ann: Person) -> None:
    Person(world, 1002)  # has never written
    with refused(BadRequest, "Chat not found"):
        await bot.send_message(4711, "Hello")
    with refused(Forbidden, "Forbidden: bot can't initiate conversation with a user"):
        await bot.send_message(1002, "Hello")
    ann.blocks()
    with refused(Forbidden, "Forbidden: bot was blocked by the user"):
        await bot.send_message(1001, "Hello")
    ann.unblocks()
    await bot.send_message(1001, "Hello")
    ann.chat.is_deactivated = True
    with refused(Forbidden, "Forbidden: user is deactivated"):
        await bot.send_message(1001, "Hello")


async def test_a_wrong_token_and_a_wrong_method(address: Address, bot: Bot) -> None:
    assert bot.username == "stand_in_bot"
    other = bot_at(address, "8000000001:wrong")
    with refused(InvalidToken, "The token `8000000001:wrong` was rejected by the server"):
        await other.initialize()
    await other.shutdown()
    assert (await call(address, "getMe", token="8000000001:wrong"))[0] == 401
    assert (await call(address, "getMe", token="rubbish"))[0] == 404
    assert (await call(address, "getme"))[0] == 200  # Telegram does not mind the case
    assert (await call(address, "makeTea"))[0] == 404


async def test_commands_and_descriptions_are_kept(bot: Bot, world: Telegram) -> None:
    await bot.set_my_commands([BotCommand("stop", "End it")], language_code="de")
    assert await bot.get_my_commands(language_code="de") == (BotCommand("stop", "End it"),)
    assert await bot.get_my_commands() == ()
    await bot.set_my_description("What it is")
    await bot.set_my_short_description("What")
    await bot.set_chat_menu_button()
    assert world.about["description", ""] == "What it is"
    with refused(BadRequest, "BOT_COMMAND_INVALID"):
        await bot.set_my_commands([BotCommand("Stop", "End it")])
    with refused(BadRequest, "description is too long"):
        await bot.set_my_description("a" * 513)


async def test_every_call_stands_in_the_ledger(bot: Bot, world: Telegram, ann: Person) -> None:
    await bot.send_message(1001, "Hello")
    with pytest.raises(BadRequest):
        await bot.send_message(1001, "")
    assert [(c.ok, c.code, c.description) for c in world.calls("sendMessage", 1001)] == [
        (True, 200, ""),
        (False, 400, "Bad Request: message text is empty"),
    ]
