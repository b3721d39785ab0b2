"""Photos, animations, sounds and files: sent once by multipart, then again by file_id."""

import hashlib
from collections.abc import Callable
from itertools import count

from tests.telegram.chats import MEDIA
from tests.telegram.core import File, Telegram
from tests.telegram.messages import caption, edit, markup, own_message
from tests.telegram.params import Upload, structure, truth, whole, words
from tests.telegram.refusals import Json, Refusal, bad_request

MEGABYTE = 1024 * 1024
LARGEST_PHOTO = 10 * MEGABYTE
LARGEST_UPLOAD = 50 * MEGABYTE
LARGEST_DOWNLOAD = 20 * MEGABYTE
REPLACEABLE = ("photo", "animation", "audio", "video", "document")
WRONG_FILE = "wrong file identifier/HTTP URL specified"

_numbers = count(1)
_EXTRAS: dict[str, Json] = {
    "photo": {"width": 800, "height": 600},
    "animation": {"width": 640, "height": 480, "duration": 5, "mime_type": "video/mp4"},
    "audio": {"duration": 30, "mime_type": "audio/mpeg"},
    "voice": {"duration": 3, "mime_type": "audio/ogg"},
    "video": {"width": 640, "height": 480, "duration": 5, "mime_type": "video/mp4"},
    "video_note": {"length": 240, "duration": 5},
    "document": {"mime_type": "application/octet-stream"},
    "sticker": {
        "width": 512, "height": 512, "is_animated": False, "is_video": False, "type": "regular",
        "emoji": "\N{SLIGHTLY SMILING FACE}",
    },
}  # fmt: skip


def send(kind: str) -> Callable[[Telegram, Json], Json]:
    """The method that sends a *kind*."""

    def send_media(telegram: Telegram, params: Json) -> Json:
        chat = telegram.chat_to_send_to(whole(params, "chat_id"))
        file = _file(telegram, params, kind)
        content = caption(params) | markup(params) | describe(file)
        telegram.spend(chat)
        return telegram.put(chat, content, buzzes=not truth(params, "disable_notification")).raw

    return send_media


def edit_message_media(telegram: Telegram, params: Json) -> Json:
    """Another picture in the place of the old one, or of words; its caption comes with it."""
    chat, message = own_message(telegram, params)
    given = structure(params, "media", "InputMedia")
    if not isinstance(given, dict) or given.get("type") not in REPLACEABLE:
        raise bad_request("can't parse InputMedia: type must be specified")
    kind = given["type"]
    file = _file(telegram, params | {kind: given.get("media", "")}, kind)
    content = caption(given) | markup(params) | describe(file)
    fields = ("text", "entities", "caption", "caption_entities", "reply_markup", *MEDIA)
    return edit(telegram, chat, message, content, fields)


def get_file(telegram: Telegram, params: Json) -> Json:
    file = telegram.files.get(words(params, "file_id"))
    if file is None:
        raise bad_request("invalid file_id")
    if len(file.content) > LARGEST_DOWNLOAD:
        raise bad_request("file is too big")
    return _ids(file) | {"file_path": file.path}


def keep(telegram: Telegram, kind: str, name: str, content: bytes) -> File:
    unique_id = hashlib.sha256(content).hexdigest()[:16]
    file = File(f"AgAC{telegram.bot['id']}-{next(_numbers)}", unique_id, kind, name, content)
    telegram.files[file.file_id] = file
    return file


def describe(file: File) -> Json:
    """The part of a message that tells of *file*."""
    extras = _EXTRAS[file.kind]
    told = _ids(file) | extras
    if file.kind == "photo":
        return {"photo": [told | {"width": 90, "height": 67}, told]}
    if file.kind == "animation":
        return {"animation": told, "document": _ids(file) | {"mime_type": extras["mime_type"]}}
    return {file.kind: told}


def _ids(file: File) -> Json:
    size = len(file.content)
    return {"file_id": file.file_id, "file_unique_id": file.unique_id, "file_size": size}


def _file(telegram: Telegram, params: Json, kind: str) -> File:
    given = params.get(kind, "")
    if isinstance(given, str) and given.startswith("attach://"):
        given = params.get(given.removeprefix("attach://"), "")
    if isinstance(given, Upload):
        return _uploaded(telegram, given, kind)
    if not given:
        raise bad_request(f"there is no {kind} in the request")
    if str(given).startswith(("http://", "https://")):
        raise bad_request("failed to get HTTP URL content")  # it stands in a closed room
    if given not in telegram.files:
        raise bad_request(WRONG_FILE)
    file = telegram.files[given]
    if file.kind != kind:
        raise bad_request(f"can't use file of type {file.kind.title()} as {kind.title()}")
    return file


def _uploaded(telegram: Telegram, upload: Upload, kind: str) -> File:
    if not upload.content:
        raise bad_request("file must be non-empty")
    if len(upload.content) > (LARGEST_PHOTO if kind == "photo" else LARGEST_UPLOAD):
        raise Refusal(413, "Request Entity Too Large")
    return keep(telegram, kind, upload.name, upload.content)
