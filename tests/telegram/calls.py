"""One call of a method: the token, what goes wrong on demand, the method, the ledger."""

import asyncio
from collections.abc import Awaitable, Callable
from inspect import isawaitable

from tests.telegram import about, media, messages, webhook
from tests.telegram.core import Call, Telegram
from tests.telegram.faults import Fault, take
from tests.telegram.refusals import Json, Refusal

Method = Callable[[Telegram, Json], object | Awaitable[object]]

METHODS: dict[str, Method] = {
    "getMe": about.get_me,
    "setMyCommands": about.set_my_commands,
    "getMyCommands": about.get_my_commands,
    "setMyDescription": about.set_my_description,
    "setMyShortDescription": about.set_my_short_description,
    "setChatMenuButton": about.set_chat_menu_button,
    "getUpdates": webhook.get_updates,
    "setWebhook": webhook.set_webhook,
    "deleteWebhook": webhook.delete_webhook,
    "getWebhookInfo": webhook.get_webhook_info,
    "sendMessage": messages.send_message,
    "editMessageText": messages.edit_message_text,
    "editMessageCaption": messages.edit_message_caption,
    "editMessageMedia": media.edit_message_media,
    "editMessageReplyMarkup": messages.edit_message_reply_markup,
    "deleteMessage": messages.delete_message,
    "answerCallbackQuery": messages.answer_callback_query,
    "sendChatAction": messages.send_chat_action,
    "sendPhoto": media.send("photo"),
    "sendAnimation": media.send("animation"),
    "sendAudio": media.send("audio"),
    "sendVoice": media.send("voice"),
    "sendVideo": media.send("video"),
    "sendDocument": media.send("document"),
    "getFile": media.get_file,
}
_NAMES = {name.lower(): name for name in METHODS}  # Telegram does not mind the case


class LineCut(Exception):
    """The caller gets no answer."""


async def answer(telegram: Telegram, token: str, name: str, params: Json) -> tuple[int, Json]:
    """The HTTP status and the answer to one call."""
    try:
        _check(telegram, token, name)
        result = await _call(telegram, _NAMES[name.lower()], params)
    except Refusal as refusal:
        return refusal.code, refusal.as_json()
    return 200, {"ok": True, "result": result}


def _check(telegram: Telegram, token: str, name: str) -> None:
    if token != telegram.token:
        number, colon, _ = token.partition(":")
        is_well_formed = number.isdigit() and colon
        raise Refusal(401, "Unauthorized") if is_well_formed else Refusal(404, "Not Found")
    if name.lower() not in _NAMES:
        raise Refusal(404, "Not Found: method not found")


async def _call(telegram: Telegram, name: str, params: Json) -> object:
    chat_id = _chat_id(params)
    fault = take(telegram.faults, name, chat_id) if telegram.faults else None
    if telegram.latency:
        await asyncio.sleep(telegram.latency / 2)
    try:
        result = await _taken(telegram, name, params, fault)
    except Refusal as refusal:
        _write_down(telegram, name, chat_id, refusal.code, refusal.description)
        raise
    except LineCut:
        _write_down(telegram, name, chat_id, 0, "line cut before it was taken")
        raise
    finally:
        if telegram.latency:
            await asyncio.sleep(telegram.latency / 2)
    _write_down(telegram, name, chat_id, 200, "")
    if fault and fault.slow:
        await asyncio.sleep(fault.slow)
    if fault and fault.cut:
        raise LineCut
    return result


async def _taken(telegram: Telegram, name: str, params: Json, fault: Fault | None) -> object:
    if fault and fault.code:
        raise fault.refusal()
    if fault and fault.cut == "before":
        raise LineCut
    result = METHODS[name](telegram, params)
    return await result if isawaitable(result) else result


def _write_down(
    telegram: Telegram, name: str, chat_id: int | None, code: int, description: str
) -> None:
    is_ok = code == 200
    telegram.ledger.append(Call(telegram.now(), name, chat_id, is_ok, code, description))
    telegram.changed.ring()


def _chat_id(params: Json) -> int | None:
    try:
        return int(params["chat_id"])
    except (KeyError, TypeError, ValueError):
        return None
