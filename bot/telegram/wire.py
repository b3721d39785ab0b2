"""The way out to people on Telegram."""

import asyncio
import logging

from bot.telegram.api import Api, Json, TakenAway, Unchanged, WrongToken
from bot.telegram.write import message
from bot.wire import Broken
from flows import Screen

LOG = logging.getLogger(__name__)


class TelegramWire:
    def __init__(self, api: Api) -> None:
        self._api = api
        self._answers: set[asyncio.Task[None]] = set()

    async def speak(
        self, chat_id: int, screen: Screen, turn: int, edit_id: int | None
    ) -> int | None:
        values = message(screen, turn)
        if edit_id is None:
            sent = await self._call("sendMessage", chat_id=chat_id, **values)
            return int(sent["message_id"])
        try:
            await self._call("editMessageText", chat_id=chat_id, message_id=edit_id, **values)
        except Unchanged:
            LOG.debug("the message shows that already")
        return edit_id

    async def say(self, chat_id: int, text: str) -> None:
        await self._call("sendMessage", chat_id=chat_id, text=text)

    def answer(self, query_id: str, toast: str) -> None:
        """Answer a tap, while its screen is on the way: people wait for both."""
        answer = asyncio.create_task(self._answer(query_id, toast))
        self._answers.add(answer)
        answer.add_done_callback(self._answers.discard)

    async def close(self) -> None:
        """Let the answers that are on their way arrive."""
        if self._answers:
            await asyncio.wait(self._answers, timeout=5)
        for answer in self._answers:
            answer.cancel()

    async def _answer(self, query_id: str, toast: str) -> None:
        words = {"text": toast} if toast else {}
        try:
            await self._api.call("answerCallbackQuery", callback_query_id=query_id, **words)
        except Exception:
            # It only ends the little clock on the button, and the person sees the screen anyway.
            LOG.debug("a tap was not answered", exc_info=True)

    async def _call(self, method: str, **values: object) -> Json:
        try:
            return await self._api.call(method, **values)
        except (WrongToken, TakenAway) as error:
            raise Broken(type(error).__name__) from error
