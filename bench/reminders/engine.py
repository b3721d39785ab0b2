"""Our engine, in a process of its own: `python -m bench.reminders.engine SCENE URL` prints JSON."""

import asyncio
import json
import sys
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

from bench.reminders.fill import KEY, asked, held, put_in, reminded
from bench.reminders.now import now
from bench.reminders.process import at_share, cpu_seconds
from bot.app import App
from bot.clock import Clock
from bot.heard import Heard
from bot.loop import Loop
from bot.settings import read_settings
from data.engine import open_engine
from data.keys import read_keys
from data.library import read_library
from data.seal import Ring
from data.store import Store
from flows import Event
from tests.ears import Ears

Found = dict[str, float]

DUE = 10_000
OVERDUE, HOLDS = 5_000, 100
TALKERS, TALK = 20, 1.0  # people, and seconds between two things that one says
LATE = 600  # seconds that what is overdue is late
HELD = 800_000  # ids of chats from here on are in a hold
SETTING_UP = 45  # seconds that filling the database may take


@asynccontextmanager
async def bot(url: str, rate: int) -> AsyncIterator[tuple[App, Ears]]:
    """The whole bot, but for Telegram."""
    ears = Ears(now)
    settings = read_settings(
        _env_file=None,
        telegram_token="1:a",
        database_url=url,
        data_key=KEY,
        send_rate=rate,
        log_level="ERROR",
    )
    async with App(settings, ways=[ears]) as app:
        yield app, ears


async def keeping(url: str) -> Found:
    """All that is due is claimed, heard by its chat and kept; nobody is told."""
    store, library, told = Store(open_engine(url), Ring(lambda: read_keys(KEY))), read_library(), []
    await store.open()
    loop = Loop(
        store,
        library,
        now,
        lambda row, _: told.append(row.chat_id),
        lambda _: None,
        look_again=lambda: None,
    )
    turns = asyncio.create_task(loop.run())
    before, began = cpu_seconds(), now()
    await Clock(store, loop, now).tick()
    cpu, seconds = cpu_seconds() - before, now() - began
    loop.close()
    await turns
    await store.close()
    once = float(sorted(told) == [*range(1, DUE + 1)])
    return {"a second": len(told) / seconds, "a CPU-second": len(told) / cpu, "once": once}


async def talking(url: str) -> Found:
    """People talk; after a while ten thousand check-ins fall due in one second."""
    due = int(now()) + SETTING_UP
    people = [(n, asked(due)) for n in range(1, DUE + 1)]
    await put_in(url, people, 0, due)
    async with bot(url, 30) as (app, ears):
        await talk(app, ears, 3)  # they become known
        calm = await talk(app, ears, 8)
        await asyncio.sleep(due - 1 - now())
        busy = await talk(app, ears, 12)
        left = await app.store.run(lambda t: t.alarms(range(1, DUE + 1)))
    return {
        "calm p99": at_share(calm, 0.99), "calm most": max(calm),
        "busy p99": at_share(busy, 0.99), "busy most": max(busy),
        "unheard": float(sum(one.alarm.due == due for one in left)),
    }  # fmt: skip


async def talk(app: App, ears: Ears, seconds: float) -> list[float]:
    """How long each answer took, in milliseconds."""
    waits: list[float] = []
    until = now() + seconds

    async def person(chat_id: int) -> None:
        await asyncio.sleep((chat_id % TALKERS) * TALK / TALKERS)
        while now() < until:
            began = now()
            ears.waiting[chat_id] = asyncio.get_running_loop().create_future()
            event = Event("command", "help", at=int(began))
            app.loop.put(Heard(chat_id, int(began * 1000), event))
            await ears.waiting[chat_id]
            waits.append(1000 * (now() - began))
            await asyncio.sleep(TALK)

    await asyncio.gather(*(person(900_000 + n) for n in range(TALKERS)))
    return waits


async def holding(url: str) -> Found:
    """A hundred holds end at one moment, behind five thousand reminders that are overdue."""
    due = int(now()) + SETTING_UP
    people = [(n, reminded(due - LATE)) for n in range(1, OVERDUE + 1)]
    edition = read_library().book("en").edition
    holds = [held(HELD + n, due, edition) for n in range(HOLDS)]
    await put_in(url, [*people, *holds], 0, due)
    await asyncio.sleep(due - 3 - now())
    async with bot(url, 30) as (_, ears):
        await asyncio.sleep(due + 6 - now())
        late = [1000 * (at - due) for at, who in ears.heard if who >= HELD]
    return {
        "spoken": float(len(late)), "p50": at_share(late, 0.5), "p99": at_share(late, 0.99),
    }  # fmt: skip


SCENES: dict[str, Callable[[str], Awaitable[Found]]] = {
    "keeping": keeping, "talking": talking, "holding": holding,
}  # fmt: skip


async def main(scene: str, url: str) -> None:
    print(json.dumps(await SCENES[scene](url)))


if __name__ == "__main__":
    asyncio.run(main(*sys.argv[1:]))
