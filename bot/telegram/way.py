"""Telegram as a whole: the way out, and one of the two ways in."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from functools import partial
from itertools import count
from typing import TypeVar

from bot.backoff import backoff
from bot.chats import is_page
from bot.settings import Settings, WrongSettings
from bot.telegram.api import Api, WrongToken
from bot.telegram.ear import Ear
from bot.telegram.files import Files
from bot.telegram.flood import Flood
from bot.telegram.polling import Polling
from bot.telegram.stats import Stats
from bot.telegram.webhook import WebHook
from bot.telegram.wire import TelegramWire
from bot.way import Parts
from bot.wire import Broken, Later
from flows.book import Book

LOG = logging.getLogger(__name__)

T = TypeVar("T")


class TelegramWay:
    def __init__(self, settings: Settings) -> None:
        assert settings.telegram_token, "without one it is the terminal"
        token = settings.telegram_token.get_secret_value()
        self._api = Api(token, settings.telegram_api_url, settings.telegram_file_url)
        self._files = Files(self._api)
        self.wire = TelegramWire(self._api, self._files)
        self._is_paced = settings.send_rate > 0
        self._admins = settings.admins
        self._incoming: Polling | WebHook = Polling(self._api)
        if settings.mode == "webhook":
            assert settings.webhook_secret, "the settings ask for one"
            secret = settings.webhook_secret.get_secret_value()
            self._incoming = WebHook(self._api, settings.webhook_url, secret)

    def reaches(self, chat_id: int) -> bool:
        return not is_page(chat_id)

    async def open(self, parts: Parts) -> None:
        """Reach Telegram, however long that takes, and say who we are."""
        await self._api.open()
        me = await self._patiently(lambda: self._api.call("getMe"))
        username, library = me["username"], parts.library
        await self._files.open(parts.store, me["id"])
        for book in library.books.values():
            language = "" if book.language == library.default else book.language
            await self._patiently(partial(self._introduce, book, language))
        group, stats = to_group(parts, username), Stats(parts, self._admins)
        flood = Flood(parts.now) if self._is_paced else None
        ear = Ear(parts, self.wire, group, username, stats, flood=flood)
        await self._patiently(lambda: self._incoming.open(ear, parts, me["id"]))

    async def run(self) -> None:
        """Bring in what is said, until `stop` is called."""
        await self._incoming.run()

    def stop(self) -> None:
        self._incoming.stop()

    async def close(self) -> None:
        await self.wire.close()
        await self._api.close()

    async def _introduce(self, book: Book, language: str) -> None:
        """The menu of commands and what a stranger reads before the first word.

        For those who use Telegram in *language*; "" is for all others.
        """
        menu = [{"command": name, "description": does} for name, does in book.commands.items()]
        code = {"language_code": language} if language else {}
        await self._api.call("setMyCommands", commands=menu, **code)
        await self._api.call("setMyDescription", description=book.texts["about"], **code)

    async def _patiently(self, call: Callable[[], Awaitable[T]]) -> T:
        for tries in count():
            try:
                return await call()
            except Later as later:
                wait = later.seconds
            except Broken as broken:
                wait = backoff(tries, 1, 30)
                LOG.warning("Telegram cannot be reached (%s): trying again", broken)
            except WrongToken:
                raise WrongSettings("TELEGRAM_TOKEN: Telegram does not know it") from None
            await asyncio.sleep(wait)
        raise AssertionError("count() has no end")


def to_group(parts: Parts, username: str) -> Callable[[int], None]:
    """What answers a group: one line that leads to a chat in private."""

    def answer(group: int) -> None:
        line = parts.library.book(parts.library.default).notices["group"]
        parts.sender.say(group, line.replace("{link}", f"https://t.me/{username}"))

    return answer
