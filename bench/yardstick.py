"""How fast this machine is, beside the one on which the aims were measured.

A ratio of two bots holds on any machine.  A time, and what is borne in a second, do not.
"""

import time

from telegram import Bot, Update

from tests.telegram import TOKEN

THERE = 134.0  # CPU microseconds that python-telegram-bot took there to read a tap
ROUNDS, MANY = 5, 500

_ANN = {"id": 7, "is_bot": False, "first_name": "Ann", "language_code": "en"}
_LABELS = ("Yes", "No"), ("Not sure",), ("Why we ask", "Back"), ("Emergency",)
_BUTTONS = [[{"text": label, "callback_data": "1z:yes:E01"} for label in row] for row in _LABELS]
TAP = {
    "update_id": 1,
    "callback_query": {
        "id": "4000000000000000001",
        "from": _ANN,
        "chat_instance": "7000000007",
        "data": "1z:yes:E01",
        "message": {
            "message_id": 5,
            "from": {"id": 1, "is_bot": True, "first_name": "Bot", "username": "a_bot"},
            "chat": {"id": 7, "type": "private", "first_name": "Ann"},
            "date": 1_800_000_000,
            "text": "4 of 26\n\nDo you have new numbness between your legs, or around your bottom?",
            "reply_markup": {"inline_keyboard": _BUTTONS},
        },
    },
}


def reads_a_tap() -> float:
    """CPU microseconds that python-telegram-bot takes here to read a tap: the least of five."""
    bot = Bot(TOKEN)
    return min(_seconds(bot) for _ in range(ROUNDS)) / MANY * 1e6


def _seconds(bot: Bot) -> float:
    began = time.process_time()
    for _ in range(MANY):
        Update.de_json(TAP, bot)
    return time.process_time() - began
