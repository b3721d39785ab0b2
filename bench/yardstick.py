"""How fast this machine is, beside the one on which the aims were measured.

A ratio of two bots holds on any machine.  A time, and what is borne in a second, do not.
"""

import os
import sqlite3
import time
from collections.abc import Callable
from pathlib import Path

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
    """CPU microseconds that python-telegram-bot takes here to read a tap."""
    bot = Bot(TOKEN)
    return least(lambda: Update.de_json(TAP, bot))


def keeps_a_row(folder: Path) -> float:
    """CPU microseconds that SQLite alone takes here to keep a row for good.

    Of what keeping costs one person at a time, that is the part which no program of ours changes:
    a transaction, its pages in the log, and the wait for the disk.
    """
    driver = sqlite3.connect(folder / "row.db", isolation_level=None)

    def keep() -> None:
        driver.execute("BEGIN IMMEDIATE")
        driver.execute("UPDATE rows SET body = ? WHERE id = 1", (os.urandom(700),))
        driver.execute("COMMIT")

    try:
        driver.execute("PRAGMA journal_mode=WAL")
        driver.execute("PRAGMA synchronous=FULL")
        driver.execute("CREATE TABLE rows (id INTEGER PRIMARY KEY, body BLOB)")
        driver.execute("INSERT INTO rows VALUES (1, x'')")
        return least(keep)
    finally:
        driver.close()


def least(do: Callable[[], object]) -> float:
    """CPU microseconds that *do* takes: the least of some rounds, each of many times."""
    return min(_seconds(do) for _ in range(ROUNDS)) / MANY * 1e6


def _seconds(do: Callable[[], object]) -> float:
    began = time.process_time()
    for _ in range(MANY):
        do()
    return time.process_time() - began
