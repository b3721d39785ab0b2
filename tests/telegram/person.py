"""Somebody on their phone, talking to the bot."""

from typing import Self

from tests.telegram.chats import Button, Chat, Message, Sent, Toast
from tests.telegram.core import Telegram
from tests.telegram.parcels import parcel
from tests.telegram.refusals import Json
from tests.telegram.text import find_commands

REACHABLE = 48 * 60 * 60  # seconds; from an older message a tap comes without its content


class Person:
    """A person, in their private chat with the bot; or, by `in_group`, in a group with it."""

    def __init__(
        self, telegram: Telegram, chat_id: int, *, name: str = "Alex", language: str = "en"
    ) -> None:
        self.telegram = telegram
        self.user: Json = {
            "id": chat_id,
            "is_bot": False,
            "first_name": name,
            "language_code": language,
        }
        self.chat = telegram.chats.get(chat_id) or Chat(
            {"id": chat_id, "first_name": name, "type": "private"}
        )
        telegram.chats[chat_id] = self.chat
        self._heard = len(self.chat.history)  # what the person has waited for already

    @property
    def chat_id(self) -> int:
        return self.chat.id

    # What they do.

    def says(self, text: str) -> Message:
        """Type *text* and send it.  A slash at its head makes it a command."""
        content: Json = {"text": text}
        if commands := find_commands(text):
            content["entities"] = commands
        return self._posts(content)

    def sends(self, kind: str, caption: str = "") -> Message:
        """Send a "photo", "sticker", "voice", "poll", "contact" or the like."""
        return self._posts(parcel(self.telegram, kind, caption))

    def edits(self, message: Message | int, text: str) -> Message:
        """Change the words of a message of their own."""
        old = self.chat.messages[_id(message)]
        name = "text" if "text" in old.raw else "caption"
        raw = old.raw | {name: text, "edit_date": int(self.telegram.now())}
        edited = Message.of(raw)
        self.chat.messages[edited.message_id] = edited
        self._tells("edited_message", raw)
        return edited

    def presses(self, button: str | Button, message: Message | int | None = None) -> str:
        """Press a button, by its label or as itself; under the last message, if none is named.

        A `Message` may be an old one, of `history`: then the button it had then is pressed, as
        on a phone that has not caught up.  Gives the id of the tap.
        """
        if message is None:
            message = self.sees()
        if isinstance(message, int):
            message = self.chat.messages[message]
        if isinstance(button, str):
            button = message.button(button)
        if not button.data:
            raise LookupError(f"{button.label!r} opens {button.url} and tells the bot nothing")
        query_id = self.telegram.new_query(self.chat)
        tap: Json = {
            "id": query_id,
            "from": self.user,
            "message": self._as_told(message.message_id),
            "chat_instance": str(7_000_000_000 + self.chat_id),
            "data": button.data,
        }
        self._tells("callback_query", tap)
        return query_id

    def blocks(self) -> None:
        self.chat.is_blocked = True
        self._changes_membership("member", "kicked")

    def unblocks(self) -> None:
        self.chat.is_blocked = False
        self._changes_membership("kicked", "member")

    def in_group(self, group_id: int, title: str = "A group") -> Self:
        """The same person in a group.  If it is new, they add the bot to it."""
        member = object.__new__(type(self))
        member.telegram, member.user = self.telegram, self.user
        group = self.telegram.chats.get(group_id)
        kind = "supergroup" if str(group_id).startswith("-100") else "group"
        member.chat = group or Chat({"id": group_id, "title": title, "type": kind}, is_open=True)
        member._heard = len(member.chat.history)
        if group is None:
            self.telegram.chats[group_id] = member.chat
            member._changes_membership("left", "member")
            member._posts({"new_chat_members": [self.telegram.bot]})
        return member

    # What they see.

    @property
    def messages(self) -> list[Message]:
        """The chat as it stands now, their own messages included."""
        return list(self.chat.messages.values())

    @property
    def history(self) -> list[Sent]:
        """Everything the bot did to this chat, in order."""
        return self.chat.history

    @property
    def toasts(self) -> list[Toast]:
        return self.chat.toasts

    def sees(self) -> Message:
        """The bot's last message, as it stands now.  A sound is heard, and not seen."""
        for message in reversed(self.chat.messages.values()):
            if message.by_bot and message.media != "voice":
                return message
        raise LookupError("the bot has not written yet")

    def reads(self) -> Message:
        """What the bot wrote last, in a new message or an old one."""
        for sent in reversed(self.history):
            if sent.how != "delete" and is_written(sent):
                return sent.message
        raise LookupError("the bot has not written yet")

    def finds(self, text: str, label: str = "") -> Message:
        """The bot's last message that has, or once had, *text* in it, as it stood then.

        If a *label* is named, as it stood when a button of that label was under it.
        """
        for sent in reversed(self.history):
            has_button = not label or label in sent.message.labels
            if text in sent.message.text and has_button and sent.how != "delete":
                return sent.message
        raise LookupError(f"the bot never wrote {text!r}")

    async def answer(self, within: float = 5.0) -> Message:
        """Wait for what the bot writes next, since this person last did something."""
        if not await self.chat.changed.until(self._has_news, within):
            last = self.history[-1].message.text if self.history else "nothing yet"
            raise AssertionError(f"no answer within {within} s; the bot's last words: {last!r}")
        message = self.history[self._heard].message
        self._heard += 1
        return message

    def _has_news(self) -> bool:
        """Whether something is there to read; what is not goes by."""
        while len(self.history) > self._heard and not is_written(self.history[self._heard]):
            self._heard += 1
        return len(self.history) > self._heard

    # How it comes to the bot.

    def _posts(self, content: Json) -> Message:
        if self.chat.is_blocked:
            raise RuntimeError("nobody can write to a bot that they have blocked")
        self.chat.is_open = True
        raw: Json = {
            "message_id": self.telegram.next_message_id(),
            "from": self.user,
            "chat": self.chat.raw,
            "date": int(self.telegram.now()),
            **content,
        }
        message = Message.of(raw)
        self.chat.messages[message.message_id] = message
        self._tells("message", raw)
        return message

    def _tells(self, kind: str, content: Json) -> None:
        self._heard = len(self.history)
        self.telegram.updates.tell(kind, content, self.chat_id)

    def _as_told(self, message_id: int) -> Json:
        message = self.chat.messages.get(message_id)
        if message is None or self.telegram.now() - message.raw["date"] > REACHABLE:
            return {"chat": self.chat.raw, "message_id": message_id, "date": 0}
        return message.raw

    def _changes_membership(self, old: str, new: str) -> None:
        change: Json = {
            "chat": self.chat.raw,
            "from": self.user,
            "date": int(self.telegram.now()),
            "old_chat_member": self._membership(old),
            "new_chat_member": self._membership(new),
        }
        self._tells("my_chat_member", change)

    def _membership(self, status: str) -> Json:
        until: Json = {"until_date": 0} if status == "kicked" else {}
        return {"user": self.telegram.bot, "status": status} | until


def _id(message: Message | int) -> int:
    return message if isinstance(message, int) else message.message_id


def is_written(sent: Sent) -> bool:
    """A sound is heard and not read; and where only buttons go, nothing is written."""
    is_bare = sent.how == "edit" and not sent.message.buttons
    return sent.message.media != "voice" and not is_bare
