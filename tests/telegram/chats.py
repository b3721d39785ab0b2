"""Chats and messages, as the people in them see them."""

from dataclasses import dataclass, field
from typing import Self

from tests.telegram.refusals import Json
from tests.telegram.waiting import Bell

MEDIA = (
    "photo", "animation", "audio", "voice", "video", "video_note", "sticker", "document",
    "poll", "contact", "location", "venue", "dice",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Button:
    label: str
    data: str = ""  # empty when it opens a link
    url: str = ""


@dataclass(frozen=True, slots=True)
class Message:
    """A message as it stood at one moment: an edit makes another `Message`."""

    raw: Json  # as the Bot API gives it
    message_id: int
    text: str  # or the caption
    by_bot: bool

    @classmethod
    def of(cls, raw: Json) -> Self:
        return cls(
            raw=raw,
            message_id=raw["message_id"],
            text=raw.get("text") or raw.get("caption") or "",
            by_bot=raw["from"]["is_bot"],
        )

    @property
    def rows(self) -> tuple[tuple[Button, ...], ...]:
        rows = self.raw.get("reply_markup", {}).get("inline_keyboard", ())
        return tuple(
            tuple(Button(b["text"], b.get("callback_data", ""), b.get("url", "")) for b in row)
            for row in rows
        )

    @property
    def buttons(self) -> tuple[Button, ...]:
        return tuple(button for row in self.rows for button in row)

    @property
    def labels(self) -> tuple[str, ...]:
        return tuple(button.label for button in self.buttons)

    @property
    def media(self) -> str:
        """What it carries besides words; empty if nothing."""
        return next((kind for kind in MEDIA if kind in self.raw), "")

    @property
    def bold(self) -> tuple[str, ...]:
        """The words that stand in bold."""
        found = self.raw.get("entities") or self.raw.get("caption_entities") or ()
        units = self.text.encode("utf-16-le")
        return tuple(
            units[2 * e["offset"] : 2 * (e["offset"] + e["length"])].decode("utf-16-le")
            for e in found
            if e["type"] == "bold"
        )

    def button(self, label: str) -> Button:
        for button in self.buttons:
            if button.label == label:
                return button
        raise LookupError(f"no button {label!r} under {self.text!r}; there are {self.labels}")


@dataclass(frozen=True, slots=True)
class Sent:
    """One thing that the bot did to a chat."""

    at: float
    how: str  # "send", "edit" or "delete"
    message: Message
    buzzes: bool = False  # the phone does; never for an edit


@dataclass(frozen=True, slots=True)
class Toast:
    """The answer to a tap."""

    at: float
    text: str  # often empty: then only the waiting sign goes
    is_alert: bool
    query_id: str


@dataclass(slots=True)
class Chat:
    raw: Json
    is_open: bool = False  # somebody has written to the bot, so it may write back
    is_blocked: bool = False
    is_deactivated: bool = False
    messages: dict[int, Message] = field(default_factory=dict)  # as they stand now
    history: list[Sent] = field(default_factory=list)
    toasts: list[Toast] = field(default_factory=list)
    actions: list[str] = field(default_factory=list)  # "typing" and such
    changed: Bell = field(default_factory=Bell)  # rings when the bot has done something to it

    def keep(self, sent: Sent) -> None:
        """Write down what the bot did, and show it."""
        self.history.append(sent)
        if sent.how == "delete":
            del self.messages[sent.message.message_id]
        else:
            self.messages[sent.message.message_id] = sent.message
        self.changed.ring()

    @property
    def id(self) -> int:
        chat_id: int = self.raw["id"]
        return chat_id

    @property
    def is_private(self) -> bool:
        return bool(self.raw["type"] == "private")
