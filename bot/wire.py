"""What the sender needs of a way out to people, and what may go wrong on it."""

from typing import Protocol

from flows import Screen


class Wire(Protocol):
    async def speak(
        self, chat_id: int, screen: Screen, turn: int, edit_id: int | None
    ) -> int | None:
        """Show *screen*, in the message *edit_id* if there is one.  The message it is in now."""
        ...

    async def say(self, chat_id: int, text: str) -> None:
        """Say one line, without buttons, to a chat that is not a conversation."""
        ...


class Refused(Exception):
    """The person cannot be reached: they have blocked the bot, or are gone."""


class Elsewhere(Exception):
    """Nothing in this process leads to that person.  The screen stays owed."""


class Later(Exception):
    """Too much was sent."""

    def __init__(self, seconds: float) -> None:
        super().__init__(f"not for {seconds} seconds")
        self.seconds = seconds


class Broken(Exception):
    """The line was cut, or the other end is not well.  It may or may not have been spoken."""


class CannotEdit(Exception):
    """The message that was to be edited is gone."""


class Wrong(Exception):
    """What was sent is not acceptable: a bug of ours.  Says why, without the text."""
