"""Who is to be told to get care now waits behind nobody."""

import asyncio

import pytest

from bot.lanes import ANSWERS, AT_ONCE, EMERGENCIES, Lanes
from bot.sender import FLOOD
from bot.settings import Settings
from data.library import Library
from flows import Chat, State, is_emergency
from flows.chat import Disposition, Lock
from tests.shell.conftest import Bot, Time, until
from tests.telegram import Fault, Person, Telegram

EMERGENCY = "Get medical help now"
on_sqlite = pytest.mark.parametrize(
    ("mode", "database_url"), [("polling", "sqlite")], indirect=["database_url"]
)


async def told(bot: Bot, ann: Person, telegram: Telegram) -> list[int]:
    """A dozen people wait, then Ann says a red flag: who is spoken to from then on, in order."""
    crowd = [Person(telegram, 2000 + n) for n in range(12)]
    for person in crowd:
        person.says("/start")
    await until(lambda: bot.sender.waiting >= len(crowd) - FLOOD)  # some may have gone by then
    gone = sum(call.ok for call in telegram.calls("sendMessage"))
    ann.says("I have crushing chest pain right now")
    await until(lambda: ann.history, 10)
    calls = [call for call in telegram.calls("sendMessage") if call.ok]
    return [call.chat_id or 0 for call in calls[gone:]]


@on_sqlite
async def test_after_telegram_has_held_everybody_an_emergency_goes_first(
    settings: Settings, time: Time, library: Library, ann: Person, telegram: Telegram
) -> None:
    slow = settings.model_copy(update={"send_rate": 4})
    for number in range(FLOOD):
        fault = Fault("sendMessage", code=429, retry_after=1, chat_id=2000 + number)
        telegram.fail(fault)
    async with Bot(slow, time, library) as bot:
        await asyncio.sleep(1)  # a rate starts as if it had been used to the full
        spoken = await told(bot, ann, telegram)
    assert spoken.index(ann.chat_id) <= FLOOD, "but for those that were on their way"
    assert EMERGENCY in ann.sees().text


@on_sqlite
async def test_while_telegram_is_away_an_emergency_is_tried_every_second(
    bot: Bot, ann: Person, bob: Person, telegram: Telegram, monkeypatch: pytest.MonkeyPatch
) -> None:
    waits: list[tuple[float, float]] = []

    def at_once(tries: int, first: float, most: float) -> float:
        waits.append((first, most))
        return 0.01

    monkeypatch.setattr("bot.sender.backoff", at_once)
    telegram.fail(Fault("sendMessage", times=2, code=502, chat_id=ann.chat_id))
    ann.says("I have crushing chest pain right now")
    await until(lambda: ann.history)
    assert waits == [(0.25, 1.0)] * 2
    telegram.fail(Fault("sendMessage", code=502, chat_id=bob.chat_id))
    bob.says("/start")
    await until(lambda: bob.history)
    assert waits[2:] == [(0.25, 4.0)]


async def test_who_becomes_an_emergency_while_they_wait_goes_before_who_waits_already() -> None:
    gone: list[int] = []
    lanes = Lanes(1000, gone.append)
    lanes.hold(0.1)
    lanes.open()
    lanes.add(1, AT_ONCE)
    for chat_id in (2, 3):
        lanes.add(chat_id, ANSWERS)
    lanes.move(3, EMERGENCIES)
    lanes.move(4, EMERGENCIES)
    await asyncio.sleep(0.2)
    assert gone == [3, 1, 2], "and who does not wait at all is not made to"


@pytest.mark.parametrize(
    ("chat", "says"),
    [
        (Chat(State.WARNED), True),
        (Chat(State.WARNED, pages=("help",)), False),
        (Chat(State.HOME, pages=("emergency",)), True),
        (Chat(State.REFERRED, lock=Lock(Disposition.EMERGENCY, 1, (), "")), True),
        (Chat(State.REFERRED, lock=Lock(Disposition.URGENT, 1, (), "")), False),
        (Chat(State.HOME), False),
    ],
)
def test_what_says_to_get_care_now(chat: Chat, says: bool) -> None:
    assert is_emergency(chat) is says
