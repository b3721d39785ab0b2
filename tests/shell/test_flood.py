"""One person says very much at once: others are heard, and so are all their own words."""

import asyncio

import pytest

from bot.settings import Settings
from bot.telegram.flood import BURST
from tests.shell.conftest import Bot, Time, until
from tests.shell.people import begin, find, tap
from tests.telegram import Person, Telegram

pytestmark = pytest.mark.parametrize(
    ("mode", "database_url"), [("polling", "sqlite"), ("webhook", "sqlite")], indirect=True
)

LONG = "my leg hurts a lot today and I can not sleep. " * 80


@pytest.fixture
def settings(settings: Settings) -> Settings:
    return settings.model_copy(update={"send_rate": 1000})


def hasty(bot: Bot) -> str:
    return bot.library.book("en").notices["hasty"].partition("**")[0]


async def test_who_does_too_much_is_told_once(bot: Bot, ann: Person, telegram: Telegram) -> None:
    await begin(ann)
    for _ in range(BURST + 20):
        ann.sends("sticker")
    await until(lambda: not telegram.unconfirmed, 20)
    await bot.rest()
    assert sum(hasty(bot) in sent.message.text for sent in ann.history) == 1
    assert len(ann.history) < 10


async def test_who_writes_pages_is_read_and_others_are_heard(
    bot: Bot, ann: Person, bob: Person, telegram: Telegram
) -> None:
    await begin(ann)
    for _ in range(BURST):
        ann.says(LONG)
    assert (await begin(bob)).rows
    await until(lambda: not telegram.unconfirmed, 20)
    await bot.rest()
    assert len(ann.history) < 15


@pytest.mark.parametrize("before", ["", LONG])
async def test_a_red_flag_is_heard_all_the_same(
    bot: Bot, ann: Person, telegram: Telegram, before: str
) -> None:
    await begin(ann)
    for _ in range(BURST + 20):
        ann.sends("sticker")
    ann.says(f"{before}I want to kill myself")
    await until(lambda: not telegram.unconfirmed, 20)
    await bot.rest()
    assert hasty(bot) not in ann.sees().text
    assert "crisis line" in ann.sees().text


async def test_a_tap_too_many_is_answered_and_after_a_pause_taps_count_again(
    bot: Bot, ann: Person, telegram: Telegram, time: Time
) -> None:
    first = await begin(ann)
    for _ in range(BURST + 20):
        tap(ann, "help", first)
    await until(lambda: len(ann.toasts) == BURST + 20, 20)
    await bot.rest()
    time.seconds -= 3600  # the clock on the wall is set back; a pause is one all the same
    await asyncio.sleep(1.5)  # one message a second to one person
    tap(ann, "close")
    await until(lambda: find(ann.sees(), "begin"))
