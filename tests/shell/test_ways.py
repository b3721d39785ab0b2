"""Several ways beside each other: each person is spoken to by the way that reaches them."""

import pytest

from bot.chats import of_visitor
from bot.settings import Settings, read_settings
from bot.terminal import ME, Terminal
from bot.way import Fork, Way
from bot.ways import ways_of
from bot.wire import Elsewhere
from data.library import Library
from data.transaction import Row
from flows import Screen
from tests.shell.conftest import Bot, Start, Time
from tests.shell.people import begin
from tests.telegram import TOKEN, Person

VISITOR = of_visitor("anybody")
TELEGRAM = (1001, -1001, -1_001_234_567_890, 2**52 - 1)


@pytest.mark.parametrize(
    ("token", "preview", "names"),
    [
        (None, "0", ["PageWay"]),
        (TOKEN, "0", ["TelegramWay"]),
        (TOKEN, "1", ["TelegramWay", "PageWay"]),
    ],
)
def test_the_settings_say_which_ways_there_are(
    token: str | None, preview: str, names: list[str]
) -> None:
    settings = read_settings(_env_file=None, telegram_token=token, preview=preview)
    ways = ways_of(settings, Time())
    assert [type(way).__name__ for way in ways] == names
    assert any(way.reaches(VISITOR) for way in ways) is ("PageWay" in names)
    for chat_id in TELEGRAM:
        assert any(way.reaches(chat_id) for way in ways) is ("TelegramWay" in names)
    assert all(sum(way.reaches(c) for way in ways) <= 1 for c in (VISITOR, *TELEGRAM))


async def test_whom_no_way_reaches_is_not_spoken_to() -> None:
    ways: list[Way] = [Terminal()]
    for chat_id in (VISITOR, *TELEGRAM):
        if chat_id != ME:
            with pytest.raises(Elsewhere):
                await Fork(ways).speak(chat_id, Screen("Hello"), 1, None)


@pytest.mark.parametrize("mode", ["polling"])
@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_what_this_process_cannot_say_stays_owed(
    start: Start, settings: Settings, ann: Person, library: Library, time: Time
) -> None:
    """The page, started alone on the database of Telegram's chats, says nothing for them."""
    async with start() as bot:
        await begin(ann)
        await bot.rest()
    alone = settings.model_copy(update={"telegram_token": None, "port": 0})
    async with Bot(alone, time, library) as page:
        row = await kept(page)
        row.shown = 0
        await page.store.run(lambda t: t.save([row]))
        page.sender.owe(row, waits=True)
        await page.rest()
        left = await kept(page)
        assert (left.owes, left.paused) == (True, False)
    async with start() as again:
        await ann.answer()
        await again.rest()
        assert not (await kept(again)).owes


async def kept(bot: Bot) -> Row:
    """Ann's chat as it is stored."""
    rows = await bot.store.run(lambda t: t.lock({1001}))
    return rows[1001]
