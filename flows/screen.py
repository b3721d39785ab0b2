"""What a person sees and hears, as plain values."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Button:
    label: str
    event: str
    value: str = ""


@dataclass(frozen=True, slots=True)
class Made:
    """A file that is made for one person, out of what is kept about them, when it is shown."""

    kind: str  # what is made: a row of `bot/making.py`
    span: str = ""  # how much of what is kept it is about, as its kind has it


@dataclass(frozen=True, slots=True)
class Material:
    """What a file is made of, and what is said of it."""

    value: object  # plain data, for the maker
    words: str = ""  # what it shows, in words: said under the text
    alt: str = ""  # what it is, for who does not see it


@dataclass(frozen=True, slots=True)
class File:
    """What was made."""

    kind: str  # "photo", which is seen at once, or "document", which is opened
    name: str
    mime: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Screen:
    """A text, in which **two stars** set words in bold, and buttons in rows.

    Beside it may stand a picture and a sound, by the ids of `data/media.py`, or a file that is made
    for the person alone.  Whatever becomes of them, the text says all that matters.
    """

    text: str
    rows: tuple[tuple[Button, ...], ...] = ()
    picture: str = ""  # a still or a film
    alt: str = ""  # what the picture shows, in words
    sound: str = ""  # to be played once, from when this screen is seen
    soon: tuple[str, ...] = ()  # what the next screens are likely to show
    made: Made | None = None  # what is to be made for it; who speaks the screen sees to it
    file: File | None = None  # and what has come of that
    hushed: bool = False  # it comes without a buzz

    @property
    def buttons(self) -> tuple[Button, ...]:
        return tuple(button for row in self.rows for button in row)
