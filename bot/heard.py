"""What a wire and the clock hand to the turn loop."""

from dataclasses import dataclass

from data.transaction import Due
from flows import Event


@dataclass(frozen=True, slots=True)
class Heard:
    """A person says something."""

    chat_id: int
    update_id: int | None  # None: it has none of its own, as on the page; the loop gives it one
    event: Event
    message_id: int | None = None  # the message whose button was tapped
    query_id: str = ""  # the tap, which waits for its answer

    @property
    def is_tap(self) -> bool:
        return self.message_id is not None or bool(self.query_id)


@dataclass(frozen=True, slots=True)
class Rang:
    """An alarm is due."""

    due: Due
    at: int

    @property
    def chat_id(self) -> int:
        return self.due.chat_id

    @property
    def event(self) -> Event:
        """The alarm as the conversation hears it, with how many seconds it is late."""
        alarm = self.due.alarm
        return Event(alarm.kind, str(self.at - alarm.due), alarm.turn, self.at)


@dataclass(frozen=True, slots=True)
class Presence:
    """A person blocks the bot, or lets it in again."""

    chat_id: int
    here: bool


@dataclass(frozen=True, slots=True)
class Again:
    """A person comes back, and is to see where the conversation stands, if there is one."""

    chat_id: int


@dataclass(frozen=True, slots=True)
class Hasty:
    """A person says more than is heard, and is to be told."""

    chat_id: int


@dataclass(frozen=True, slots=True)
class Parked:
    """What cannot be heard: an update that cannot be read, or an item that met a bug."""

    update_id: int  # 0: it was none
    reason: str  # never the person's words
    chat_id: int = 0  # 0: unknown; else its person is told that something went wrong
    alarm: str = ""  # the kind of the alarm it was, which is not to come again


@dataclass(frozen=True, slots=True)
class Mark:
    """What came of speaking a screen."""

    chat_id: int
    turn: int
    notice: str  # what was said above the screen
    message_id: int | None = None
    paused: bool = False  # the person has blocked the bot
    erased: bool = False  # nothing of the chat is to be left
    hold: Due | None = None  # the hold that began when the screen was seen
    at_once: bool = False  # it was said unasked: nobody is to be asked twice if the process dies


Item = Heard | Rang | Presence | Again | Hasty | Parked
