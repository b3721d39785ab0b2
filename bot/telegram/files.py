"""Pictures, films and sounds on Telegram: uploaded once by this bot, then sent by their ids.

1. The id of a file is known to one bot alone, and what it stands for is told by a hash of the
   content: another bot, or another file, uploads again.
2. An id that Telegram no longer knows is forgotten, and the file uploaded once more.
3. Several processes share what they have uploaded through the store.
4. What was made for one person is uploaded each time, and its id is kept nowhere.
"""

import logging
from typing import Any

from telegram import InputFile, InputMediaAnimation, InputMediaDocument, InputMediaPhoto

from bot.telegram.api import Api, Json, UnknownFile
from data.media import Medium
from data.store import Store, StoreAway
from flows import File

LOG = logging.getLogger(__name__)

SENT_BY = {
    "photo": "sendPhoto", "animation": "sendAnimation", "voice": "sendVoice",
    "document": "sendDocument",
}  # fmt: skip
PUT_AS = {  # a sound is never put
    "photo": InputMediaPhoto, "animation": InputMediaAnimation, "document": InputMediaDocument,
}  # fmt: skip
PUT = "editMessageMedia"


class Files:
    def __init__(self, api: Api) -> None:
        self._api = api
        self._store: Store | None = None
        self._bot_id = 0
        self._ids: dict[str, str] = {}  # by hash of the content

    async def open(self, store: Store, bot_id: int) -> None:
        """From now on for the bot *bot_id*, as Telegram numbers it."""
        self._store, self._bot_id = store, bot_id
        await self._read()

    async def send(self, shown: Medium | File, **values: Any) -> Json:  # noqa: ANN401 - a call's
        """Send *shown*, as a message of its own.  The message."""
        return await self._use(shown, SENT_BY[shown.kind], values)

    async def put(self, shown: Medium | File, **values: Any) -> Json:  # noqa: ANN401 - a call's
        """Put *shown*, and its caption, in the place of what a message shows.  The message."""
        return await self._use(shown, PUT, values)

    async def know(self, medium: Medium) -> str:
        """The id of *medium*, if this bot has uploaded it, in whichever process; else nothing."""
        if medium.hash not in self._ids:
            await self._read()
        return self._ids.get(medium.hash, "")

    async def _use(self, shown: Medium | File, method: str, values: dict[str, Any]) -> Json:
        if isinstance(shown, File):
            return await self._upload(shown.kind, shown.name, shown.content, method, values)
        file_id = await self.know(shown)
        if file_id:
            try:
                return await self._api.call_with_file(
                    method, **_with(shown.kind, method, values, file_id)
                )
            except UnknownFile:
                LOG.info("Telegram does not know %s any more: uploading it again", shown.id)
        content = shown.path.read_bytes()
        sent = await self._upload(shown.kind, shown.path.name, content, method, values)
        await self._learn(shown, sent)
        return sent

    async def _upload(
        self, kind: str, name: str, content: bytes, method: str, values: dict[str, Any]
    ) -> Json:
        file = InputFile(content, filename=name, attach=method == PUT)  # then it is but attached
        return await self._api.call_with_file(method, **_with(kind, method, values, file))

    async def _read(self) -> None:
        assert self._store, "open() comes first"
        try:
            self._ids |= await self._store.read(lambda t: t.files(self._bot_id))
        except StoreAway:
            LOG.debug("what was uploaded could not be looked up")

    async def _learn(self, medium: Medium, sent: Json) -> None:
        told = sent.get(medium.kind)
        if not told:  # it was taken for something of another kind
            return
        file_id = (told[-1] if isinstance(told, list) else told)["file_id"]
        self._ids[medium.hash] = file_id
        assert self._store, "open() comes first"
        try:
            await self._store.run(lambda t: t.keep_file(self._bot_id, medium.hash, file_id))
        except StoreAway:
            LOG.debug("what was uploaded could not be written down")


def _with(kind: str, method: str, values: dict[str, Any], file: str | InputFile) -> dict[str, Any]:
    """*values* with the file, or its id, where *method* wants it."""
    if method != PUT:
        return values | {kind: file}
    words: dict[str, Any] = {n: values[n] for n in ("caption", "parse_mode") if n in values}
    others = {name: value for name, value in values.items() if name not in words}
    return others | {"media": PUT_AS[kind](file, **words)}
