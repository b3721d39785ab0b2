"""Promise 2 through real HTTP: an alert's very next message is the emergency screen.

All fifty messages in every state are tried on the core (`test_alerts_everywhere.py`); here a
sample of them, each to another chat, in another state.
"""

import pytest

from data.transaction import Row
from flows import Chat, State
from flows.chat import Course
from tests.guard.tables import rows
from tests.shell.conftest import Bot, until
from tests.telegram import Person, Telegram

SAMPLED = 9
AT = 1_800_000_000
CALLS = ("This can be an emergency", "You matter", "Stop all self-massage", "Please be seen")

pytestmark = [
    pytest.mark.parametrize("database_url", ["sqlite"], indirect=True),
    pytest.mark.parametrize("mode", ["polling"], indirect=True),
]


def stands(edition: str) -> list[Chat]:
    """Chats in the middle of all kinds of things."""
    new = Chat(turn=AT, now=AT, edition=edition)
    guided = new.but(
        screened_at=AT, gated_until=AT + 3_600, area="glutes", tool="hands",
        technique="glutes_hands_chair",
    )  # fmt: skip
    return [
        new.but(state=State.AGE),
        new.but(state=State.CONSENT, pages=("privacy",)),
        new.but(state=State.SCREENING, at=3),
        new.but(state=State.SCREENING, at=9, pages=("why",)),
        new.but(state=State.HOME, screened_at=AT, pages=("learn",)),
        guided.but(state=State.GATE, course=Course.GATE, at=1),
        guided.but(state=State.HOLDING, place=1, hold_until=AT + 30, hold_turn=AT),
        guided.but(state=State.PAUSED, place=1, pages=("doubt",)),
        guided.but(state=State.RATING, pages=("help", "settings")),
    ]


async def test_the_next_message_after_an_alert_is_a_call_for_help(
    bot: Bot, telegram: Telegram
) -> None:
    fires = rows("must_fire")
    chosen = fires[:: len(fires) // SAMPLED][:SAMPLED]
    chats = stands(bot.library.book("en").edition)
    assert len(chosen) == len(chats)
    people = [Person(telegram, 2_000 + number) for number in range(SAMPLED)]
    told = [Row(who.chat_id, chat, shown=AT) for who, chat in zip(people, chats, strict=True)]
    await bot.store.run(lambda t: t.create([row.chat_id for row in told]))
    await bot.store.run(lambda t: t.save(told))
    for who, (_, message) in zip(people, chosen, strict=True):
        who.says(message)
    await until(lambda: not telegram.unconfirmed, 20)
    await bot.rest()
    for who, (question, message) in zip(people, chosen, strict=True):
        shown = (await who.answer()).text
        assert shown.startswith(CALLS), (question, message, shown)
