"""A Telegram of our own, python-telegram-bot's Bot on its line, and somebody who has written."""

from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from typing import Any

import aiohttp
import pytest
from telegram import Bot
from telegram.error import TelegramError
from telegram.request import HTTPXRequest

from tests.telegram import TOKEN, Address, Person, Telegram, serve


class Time:
    """A clock that a test moves."""

    def __init__(self) -> None:
        self.seconds = 1_800_000_000.0

    def __call__(self) -> float:
        return self.seconds


def bot_at(address: Address, token: str = TOKEN) -> Bot:
    first, second = (HTTPXRequest(httpx_kwargs={"verify": False}) for _ in range(2))
    return Bot(
        token,
        base_url=address.api_url,
        base_file_url=address.file_url,
        request=first,
        get_updates_request=second,
    )


async def call(
    address: Address, method: str, params: object = None, token: str = TOKEN
) -> tuple[int, Any]:
    """The status and the answer to a call with a JSON body."""
    url = f"{address.api_url}{token}/{method}"
    async with aiohttp.ClientSession() as client, client.post(url, json=params or {}) as answer:
        return answer.status, await answer.json()


@contextmanager
def refused(error: type[TelegramError], words: str) -> Iterator[None]:
    """What is done within is refused with *words*, though python-telegram-bot turns letters up."""
    with pytest.raises(error) as raised:
        yield
    assert type(raised.value) is error
    assert str(raised.value).lower().startswith(words.lower())


@pytest.fixture(autouse=True)
def _new_manner(monkeypatch: pytest.MonkeyPatch) -> None:
    """python-telegram-bot warns of the old one, and a warning is an error here."""
    monkeypatch.setenv("PTB_TIMEDELTA", "1")


@pytest.fixture
def time() -> Time:
    return Time()


@pytest.fixture
def world(time: Time) -> Telegram:
    return Telegram(now=time, ticks=time)


@pytest.fixture
async def address(world: Telegram) -> AsyncIterator[Address]:
    async with serve(world) as address:
        yield address


@pytest.fixture
async def bot(address: Address) -> AsyncIterator[Bot]:
    async with bot_at(address) as bot:
        yield bot


@pytest.fixture
def ann(world: Telegram) -> Person:
    """Ann, who has said /start; her update has been fetched."""
    person = Person(world, 1001, name="Ann")
    person.says("/start")
    world.updates.pending.clear()
    return person
