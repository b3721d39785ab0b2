"""Files in the stand-in: uploaded once, sent again by file_id, fetched back."""

import io

import pytest
from telegram import Bot, InputFile
from telegram.error import BadRequest, NetworkError

from tests.telegram import Person, Telegram
from tests.telegram.conftest import refused
from tests.telegram.media import LARGEST_PHOTO


async def test_a_photo_is_uploaded_once_and_sent_again_by_its_id(bot: Bot, ann: Person) -> None:
    first = await bot.send_photo(1001, b"a picture", "Where to <b>press</b>", parse_mode="HTML")
    again = await bot.send_photo(1001, first.photo[-1].file_id)
    assert again.photo[-1].file_unique_id == first.photo[-1].file_unique_id
    assert (ann.finds("press").media, ann.finds("press").bold) == ("photo", ("press",))


@pytest.mark.parametrize("kind", ["animation", "audio", "voice", "video", "document"])
async def test_each_kind_of_file_is_sent_and_fetched_back(bot: Bot, ann: Person, kind: str) -> None:
    upload = InputFile(io.BytesIO(kind.encode()), filename=f"{kind}.bin", attach=True)
    sent = await getattr(bot, f"send_{kind}")(1001, upload)
    file = await bot.get_file(getattr(sent, kind).file_id)
    assert await file.download_as_bytearray() == kind.encode()
    assert ann.messages[-1].media == kind


async def test_a_file_id_must_be_known_and_of_that_kind(bot: Bot, ann: Person) -> None:
    sent = await bot.send_voice(1001, b"a voice")
    assert sent.voice
    with refused(BadRequest, "wrong file identifier/HTTP URL specified"):
        await bot.send_voice(1001, "AgAC-of-another-bot")
    with refused(BadRequest, "can't use file of type Voice as Photo"):
        await bot.send_photo(1001, sent.voice.file_id)
    with refused(BadRequest, "invalid file_id"):
        await bot.get_file("AgAC-of-another-bot")


async def test_a_caption_has_1024_characters(bot: Bot, ann: Person) -> None:
    sent = await bot.send_photo(1001, b"a picture", "a" * 1024)
    with refused(BadRequest, "Message caption is too long"):
        await bot.edit_message_caption(1001, sent.message_id, caption="a" * 1025)
    with refused(BadRequest, "There is no text in the message to edit"):
        await bot.edit_message_text("Words", 1001, sent.message_id)
    await bot.edit_message_caption(1001, sent.message_id, caption="Here")
    assert ann.sees().text == "Here"


async def test_a_photo_has_10_megabytes(bot: Bot, ann: Person, world: Telegram) -> None:
    with refused(NetworkError, "Request Entity Too Large"):
        await bot.send_photo(1001, bytes(LARGEST_PHOTO + 1))
    with refused(BadRequest, "file must be non-empty"):
        await bot.send_photo(1001, b"")
    assert world.files == {}
