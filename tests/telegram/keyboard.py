"""The buttons under a message, as Telegram lets them through."""

from typing import Any

from tests.telegram.refusals import Json, Refusal, bad_request

MOST_BUTTONS = 100
MOST_IN_A_ROW = 8
MOST_BYTES_OF_DATA = 64

_ACTIONS = (
    "callback_data", "url", "web_app", "login_url", "copy_text", "pay", "callback_game",
    "switch_inline_query", "switch_inline_query_current_chat", "switch_inline_query_chosen_chat",
)  # fmt: skip
_OTHER_MARKUPS = ("keyboard", "remove_keyboard", "force_reply")


def read_markup(markup: object) -> Json | None:
    """The inline keyboard in *markup*; None when there is none, or one of another kind."""
    if markup is None:
        return None
    if not isinstance(markup, dict):
        raise bad_request("object expected as reply markup")
    if "inline_keyboard" not in markup:
        if markup and not any(name in markup for name in _OTHER_MARKUPS):
            raise bad_request("can't parse reply keyboard markup JSON object")
        return None
    rows = _rows(markup["inline_keyboard"])
    for row in rows:
        for button in row:
            _check(button)
    return {"inline_keyboard": [row for row in rows if row]} if any(rows) else None


def _rows(rows: object) -> list[list[Any]]:
    if not isinstance(rows, list) or not all(isinstance(row, list) for row in rows):
        raise _cannot('Field "inline_keyboard" must be an Array of Arrays')
    if sum(map(len, rows)) > MOST_BUTTONS or any(len(row) > MOST_IN_A_ROW for row in rows):
        raise bad_request("reply markup is too long")
    return rows


def _check(button: object) -> None:
    if not isinstance(button, dict):
        raise _cannot("Object expected as InlineKeyboardButton")
    text = button.get("text")
    if text is None:
        raise _cannot('Can\'t find field "text"')
    if not isinstance(text, str):
        raise _cannot('Field "text" must be of type String')
    if not text.strip():
        raise bad_request("BUTTON_TEXT_INVALID")
    if not any(button.get(action) not in (None, "") for action in _ACTIONS):
        raise _cannot("Text buttons are unallowed in the inline keyboard")
    data = button.get("callback_data")
    if data is not None and not 1 <= len(str(data).encode()) <= MOST_BYTES_OF_DATA:
        raise bad_request("BUTTON_DATA_INVALID")
    url = button.get("url")
    if url is not None and "://" not in url:
        raise bad_request(f"inline keyboard button URL '{url}' is invalid: URL host is empty")


def _cannot(what: str) -> Refusal:
    return bad_request(f"can't parse inline keyboard button: {what}")
