"""What a person sees and hears, as plain values."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Button:
    label: str
    event: str
    value: str = ""


@dataclass(frozen=True, slots=True)
class Screen:
    """A text, in which **two stars** set words in bold, and buttons in rows.

    Beside it may stand a picture and a sound, by the ids of `data/media.py`.  Whatever becomes of
    them, the text says all that matters.
    """

    text: str
    rows: tuple[tuple[Button, ...], ...] = ()
    picture: str = ""  # a still or a film
    alt: str = ""  # what the picture shows, in words
    sound: str = ""  # to be played once, from when this screen is seen
    soon: tuple[str, ...] = ()  # what the next screens are likely to show

    @property
    def buttons(self) -> tuple[Button, ...]:
        return tuple(button for row in self.rows for button in row)
