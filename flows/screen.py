"""What a person sees, as plain values."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Button:
    label: str
    event: str
    value: str = ""


@dataclass(frozen=True, slots=True)
class Screen:
    """A text, in which **two stars** set words in bold, and buttons in rows."""

    text: str
    rows: tuple[tuple[Button, ...], ...] = ()

    @property
    def buttons(self) -> tuple[Button, ...]:
        return tuple(button for row in self.rows for button in row)
