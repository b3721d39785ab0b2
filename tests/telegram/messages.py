"""Sending, editing and deleting messages, and answering taps."""

from functools import lru_cache

from tests.telegram.chats import Chat, Message, Sent, Toast
from tests.telegram.core import Telegram
from tests.telegram.keyboard import read_markup
from tests.telegram.params import structure, truth, whole, words
from tests.telegram.refusals import Json, bad_request
from tests.telegram.text import CAPTION_LIMIT, TEXT_LIMIT, read_words, utf16

QUERY_LIVES = 60  # seconds; not documented, threads report from seconds to about a minute
DELETABLE = 48 * 60 * 60  # seconds
TOAST_LIMIT = 200
NOT_MODIFIED = (
    "message is not modified: specified new message content and reply markup are exactly the same"
    " as a current content and reply markup of the message"
)
TOO_OLD = "query is too old and response timeout expired or query ID is invalid"


def send_message(telegram: Telegram, params: Json) -> Json:
    chat = telegram.chat_to_send_to(whole(params, "chat_id"))
    content = _text(params) | markup(params)
    telegram.spend(chat)
    return telegram.put(chat, content, buzzes=not truth(params, "disable_notification")).raw


def edit_message_text(telegram: Telegram, params: Json) -> Json:
    chat, message = own_message(telegram, params)
    if "text" not in message.raw:
        raise bad_request("there is no text in the message to edit")
    content = _text(params) | markup(params)
    return edit(telegram, chat, message, content, ("text", "entities", "reply_markup"))


def edit_message_caption(telegram: Telegram, params: Json) -> Json:
    chat, message = own_message(telegram, params)
    if not message.media:
        raise bad_request("there is no caption in the message to edit")
    content = caption(params) | markup(params)
    fields = ("caption", "caption_entities", "reply_markup")
    return edit(telegram, chat, message, content, fields)


def edit_message_reply_markup(telegram: Telegram, params: Json) -> Json:
    chat, message = own_message(telegram, params)
    return edit(telegram, chat, message, markup(params), ("reply_markup",))


def delete_message(telegram: Telegram, params: Json) -> bool:
    chat = telegram.chat_to_send_to(whole(params, "chat_id"))
    message = chat.messages.get(whole(params, "message_id"))
    if message is None:
        raise bad_request("message to delete not found")
    if telegram.now() - message.raw["date"] > DELETABLE:
        raise bad_request("message can't be deleted for everyone")
    chat.keep(Sent(telegram.now(), "delete", message))
    return True


def answer_callback_query(telegram: Telegram, params: Json) -> bool:
    query_id = words(params, "callback_query_id")
    query = telegram.queries.get(query_id)
    if query is None or query.is_answered or telegram.now() - query.at > QUERY_LIVES:
        raise bad_request(TOO_OLD)
    text = words(params, "text")
    if utf16(text) > TOAST_LIMIT:
        raise bad_request("MESSAGE_TOO_LONG")
    query.is_answered = True
    toast = Toast(telegram.now(), text, truth(params, "show_alert"), query_id)
    query.chat.toasts.append(toast)
    return True


def send_chat_action(telegram: Telegram, params: Json) -> bool:
    chat = telegram.chat_to_send_to(whole(params, "chat_id"))
    if not words(params, "action"):
        raise bad_request("wrong parameter action in request")
    chat.actions.append(words(params, "action"))
    return True


def caption(params: Json) -> Json:
    text, entities = _words(params, "caption")
    if utf16(text) > CAPTION_LIMIT:
        raise bad_request("message caption is too long")
    content: Json = {"caption": text} if text else {}
    return content | ({"caption_entities": entities} if entities else {})


def markup(params: Json) -> Json:
    given = params.get("reply_markup")
    found = _markup_in(given) if isinstance(given, str) else read_markup(given)
    return {"reply_markup": found} if found else {}


@lru_cache(maxsize=1000)  # a bot sends the same again and again; what comes out is never changed
def _markup_in(given: str) -> Json | None:
    return read_markup(structure({"reply_markup": given}, "reply_markup", "reply keyboard markup"))


def _text(params: Json) -> Json:
    text, entities = _words(params, "text")
    if not text.strip():
        raise bad_request("message text is empty")
    if utf16(text) > TEXT_LIMIT:
        raise bad_request("message is too long")
    return {"text": text, "entities": entities} if entities else {"text": text}


def _words(params: Json, name: str) -> tuple[str, list[Json]]:
    source = words(params, name)
    return read_words(source, words(params, "parse_mode"))


def own_message(telegram: Telegram, params: Json) -> tuple[Chat, Message]:
    chat = telegram.chat_to_send_to(whole(params, "chat_id"))
    message = chat.messages.get(whole(params, "message_id"))
    if message is None:
        raise bad_request("message to edit not found")
    if not message.by_bot:
        raise bad_request("message can't be edited")
    return chat, message


def edit(
    telegram: Telegram, chat: Chat, message: Message, content: Json, fields: tuple[str, ...]
) -> Json:
    """Put *content* in the place of *fields*; what is not in it goes, as the old buttons do."""
    telegram.spend(chat)
    if all(message.raw.get(name) == content.get(name) for name in fields):
        raise bad_request(NOT_MODIFIED)
    kept = {name: value for name, value in message.raw.items() if name not in fields}
    raw = kept | content | {"edit_date": int(telegram.now())}
    return telegram.change(chat, raw, "edit").raw
