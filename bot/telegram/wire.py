"""The way out to people on Telegram.

A screen is one message, and its buttons are under it.  A picture is part of that message, with
the text as its caption; a sound is a message of its own.  If a picture or a sound cannot be sent,
the text is, all the same.
"""

import asyncio
import logging
from collections.abc import Coroutine, Iterable
from contextlib import suppress

from bot.telegram.api import Api, Json, NoText, TakenAway, Unchanged, UnknownFile, WrongToken
from bot.telegram.files import Files
from bot.telegram.write import caption, hushed, in_words, message
from bot.wire import Broken, CannotEdit, Later, Refused, Wrong
from data.media import Medium, read_media
from flows import File, Screen

LOG = logging.getLogger(__name__)

MANY = 10_000  # chats whose picture is remembered
FAILED = (Wrong, Broken, UnknownFile, OSError)  # a picture did not get through: words may


class TelegramWire:
    def __init__(self, api: Api, files: Files) -> None:
        self._api = api
        self._files = files
        self._media = read_media()
        self._pictured: dict[int, int] = {}  # by chat: the last message that is a picture
        self._tasks: set[asyncio.Task[None]] = set()
        self._sounds: dict[int, asyncio.Task[None]] = {}  # by chat: those on their way

    async def speak(
        self, chat_id: int, screen: Screen, turn: int, edit_id: int | None
    ) -> int | None:
        if chat_id in self._sounds:  # what it was for is over
            self._sounds.pop(chat_id).cancel()
        message_id = await self._show(chat_id, screen, turn, edit_id)
        if screen.sound in self._media:  # the hold is seen, and counts from now
            self._sounds[chat_id] = self._go(self._play(chat_id, self._media[screen.sound]))
        if screen.soon:
            self._go(self._prepare(screen.soon))
        return message_id

    async def say(self, chat_id: int, text: str) -> None:
        await self._call("sendMessage", chat_id=chat_id, **message(Screen(text), 0))

    def answer(self, query_id: str, toast: str) -> None:
        """Answer a tap, while its screen is on the way: people wait for both."""
        self._go(self._answer(query_id, toast))

    async def close(self) -> None:
        """Let what is on its way arrive."""
        if self._tasks:
            await asyncio.wait(self._tasks, timeout=5)
        for task in self._tasks:
            task.cancel()

    # A screen

    async def _show(self, chat_id: int, screen: Screen, turn: int, edit_id: int | None) -> int:
        beside = screen.file or self._media.get(screen.picture)
        if beside is None:
            return await self._write(chat_id, screen, turn, edit_id)
        try:
            message_id = await self._picture(chat_id, screen, turn, edit_id, beside)
        except FAILED as error:
            name = beside.name if isinstance(beside, File) else beside.id
            LOG.warning("%s could not be shown (%s): words alone", name, type(error).__name__)
            return await self._write(chat_id, in_words(screen), turn, edit_id)
        return message_id

    async def _picture(
        self, chat_id: int, screen: Screen, turn: int, edit_id: int | None, beside: Medium | File
    ) -> int:
        words = caption(screen, turn)
        if words is None:  # the picture goes before, and the text, with the buttons, comes last
            await self._ask(self._files.send(beside, chat_id=chat_id, **hushed(screen)))
            return await self._write_anew(chat_id, screen, turn, edit_id)
        if edit_id is None:
            values = words | hushed(screen)
            sent = await self._ask(self._files.send(beside, chat_id=chat_id, **values))
            edit_id = int(sent["message_id"])
        else:
            put = self._files.put(beside, chat_id=chat_id, message_id=edit_id, **words)
            with suppress(Unchanged):
                await self._ask(put)
        self._note_picture(chat_id, edit_id)
        return edit_id

    async def _write(self, chat_id: int, screen: Screen, turn: int, edit_id: int | None) -> int:
        if edit_id is None or edit_id == self._pictured.get(chat_id):
            return await self._write_anew(chat_id, screen, turn, edit_id)
        try:
            values = message(screen, turn)
            with suppress(Unchanged):
                await self._call("editMessageText", chat_id=chat_id, message_id=edit_id, **values)
        except NoText:  # it was a picture, sent before the bot was last started
            return await self._write_anew(chat_id, screen, turn, edit_id)
        return edit_id

    async def _write_anew(self, chat_id: int, screen: Screen, turn: int, old_id: int | None) -> int:
        """A new message; the buttons of the old one go."""
        values = message(screen, turn) | hushed(screen)
        sent = await self._call("sendMessage", chat_id=chat_id, **values)
        if old_id is not None:
            await self._take_buttons(chat_id, old_id)
        return int(sent["message_id"])

    def _note_picture(self, chat_id: int, message_id: int) -> None:
        """Words cannot take its place, and need not try; whoever is forgotten here, they do."""
        self._pictured.pop(chat_id, None)
        self._pictured[chat_id] = message_id
        if len(self._pictured) > MANY:
            del self._pictured[next(iter(self._pictured))]

    # What is beside it

    async def _play(self, chat_id: int, medium: Medium) -> None:
        try:
            await self._ask(self._files.send(medium, chat_id=chat_id))
        except (*FAILED, Later, Refused) as error:
            LOG.warning("%s could not be played (%s)", medium.id, type(error).__name__)
        finally:
            if self._sounds.get(chat_id) is asyncio.current_task():
                del self._sounds[chat_id]

    async def _prepare(self, ids: Iterable[str]) -> None:
        """See to it that what is shown next need not be looked up then."""
        for id in ids:
            if id in self._media:
                await self._files.know(self._media[id])

    async def _take_buttons(self, chat_id: int, message_id: int) -> None:
        try:
            await self._call("editMessageReplyMarkup", chat_id=chat_id, message_id=message_id)
        except (*FAILED, Later, Refused, CannotEdit, Unchanged):
            # They are old, and a tap on one is answered as such.
            LOG.debug("old buttons stay", exc_info=True)

    async def _answer(self, query_id: str, toast: str) -> None:
        words = {"text": toast} if toast else {}
        try:
            await self._api.call("answerCallbackQuery", callback_query_id=query_id, **words)
        except Exception:
            # It only ends the little clock on the button, and the person sees the screen anyway.
            LOG.debug("a tap was not answered", exc_info=True)

    def _go(self, work: Coroutine[None, None, None]) -> asyncio.Task[None]:
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        return task

    async def _call(self, method: str, **values: object) -> Json:
        return await self._ask(self._api.call(method, **values))

    @staticmethod
    async def _ask(call: Coroutine[None, None, Json]) -> Json:
        try:
            return await call
        except (WrongToken, TakenAway) as error:
            raise Broken(type(error).__name__) from error
