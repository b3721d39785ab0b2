"""What a bot tells about itself: name, commands, descriptions, menu button."""

import re

from tests.telegram.core import Telegram
from tests.telegram.params import structure, whole, words
from tests.telegram.refusals import Json, bad_request
from tests.telegram.text import utf16

MOST_COMMANDS = 100
_COMMAND = re.compile(r"[a-z0-9_]{1,32}")


def get_me(telegram: Telegram, params: Json) -> Json:
    return telegram.bot | {
        "can_join_groups": True,
        "can_read_all_group_messages": True,
        "supports_inline_queries": False,
        "can_connect_to_business": False,
        "has_main_web_app": False,
    }


def set_my_commands(telegram: Telegram, params: Json) -> bool:
    commands = structure(params, "commands")
    if not isinstance(commands, list):
        raise bad_request("can't parse commands: Array of BotCommand expected")
    if len(commands) > MOST_COMMANDS:
        raise bad_request("BOT_COMMANDS_TOO_MUCH")
    for command in commands:
        if not _COMMAND.fullmatch(command.get("command", "").removeprefix("/")):
            raise bad_request("BOT_COMMAND_INVALID")
        if not 1 <= utf16(command.get("description", "")) <= 256:
            raise bad_request("BOT_COMMAND_DESCRIPTION_INVALID")
    telegram.about["commands", *_for_whom(params)] = commands
    return True


def get_my_commands(telegram: Telegram, params: Json) -> object:
    return telegram.about.get(("commands", *_for_whom(params)), [])


def set_my_description(telegram: Telegram, params: Json) -> bool:
    return _describe(telegram, params, "description", 512)


def set_my_short_description(telegram: Telegram, params: Json) -> bool:
    return _describe(telegram, params, "short_description", 120)


def _describe(telegram: Telegram, params: Json, name: str, limit: int) -> bool:
    text = words(params, name)
    if utf16(text) > limit:
        raise bad_request(f"{name.replace('_', ' ')} is too long")
    telegram.about[name, words(params, "language_code")] = text
    return True


def set_chat_menu_button(telegram: Telegram, params: Json) -> bool:
    button = structure(params, "menu_button") or {"type": "default"}
    if button.get("type") not in ("default", "commands", "web_app"):
        raise bad_request("can't parse menu button: unknown type")
    telegram.about["menu_button", str(whole(params, "chat_id"))] = button
    return True


def _for_whom(params: Json) -> tuple[str, str]:
    scope = structure(params, "scope") or {"type": "default"}
    return words(scope, "type") + words(scope, "chat_id"), words(params, "language_code")
