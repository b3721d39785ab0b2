"""The same conversation in a terminal: the same loop, clock, sender and database.

A number or a button's label presses it, `/word` is a command, all else is typed text.
"""

import asyncio
import os
import re
import sys
import threading
from collections.abc import Callable
from pathlib import Path

from bot.heard import Again, Heard
from bot.said import typed
from bot.way import Parts
from flows import Button, Event, File, Screen

ME = 1  # the one person in a terminal
SEEN = 5.0  # seconds within which a screen is printed
_BOLD = "\033[1m", "\033[0m"


class Terminal:
    """Both ways: it prints screens, and hears lines.  What is made is saved in *folder*."""

    def __init__(
        self, read: Callable[[], bytes] = lambda: os.read(0, 4096), folder: Path | None = None
    ) -> None:
        self.wire = self
        self._read = read
        self._folder = folder or Path.cwd()
        self._saved: set[Path] = set()
        self._bold = _BOLD if sys.stdout.isatty() else ("", "")
        self._screen = Screen("")
        self._turn = 0
        self._parts: Parts | None = None
        self._lines: asyncio.Queue[str | None] = asyncio.Queue()

    def reaches(self, chat_id: int) -> bool:
        return chat_id == ME

    async def open(self, parts: Parts) -> None:
        """Read what is typed, in a thread: a file cannot be waited for in any other way."""
        self._parts = parts
        parts.when_erased.append(self._forget)
        loop = asyncio.get_running_loop()
        threading.Thread(target=self._listen, args=(loop,), daemon=True).start()

    async def run(self) -> None:
        """Hear line after line, until there are no more."""
        assert self._parts, "open() comes first"
        loop, sender, now = self._parts.loop, self._parts.sender, self._parts.now
        if not await loop.put(Again(ME)):
            await loop.put(Heard(ME, None, Event("command", "start", at=int(now()))))
        await sender.settle(SEEN)
        while (line := await self._lines.get()) is not None:
            if line.strip():
                await loop.put(Heard(ME, None, self.meaning(line.strip(), int(now()))))
                await sender.settle(SEEN)  # a line that is there already answers the next screen

    def stop(self) -> None:
        self._lines.put_nowait(None)

    async def close(self) -> None:
        print(flush=True)  # noqa: T201 - a terminal is printed to

    # What is heard

    def meaning(self, line: str, at: int) -> Event:
        """What *line* says to the screen that is there."""
        button = self._pressed(line)
        if button:
            return Event(button.event, button.value, self._turn, at)
        return typed(line, at)

    def _pressed(self, line: str) -> Button | None:
        for button in self._screen.buttons:
            if button.label.casefold() == line.casefold():
                return button
        for button, key in zip(self._screen.buttons, keys(self._screen), strict=True):
            if key == line:
                return button
        return None

    def _listen(self, loop: asyncio.AbstractEventLoop) -> None:
        """Runs in its thread.  Unbuffered, so that it can be left behind at the end."""
        rest = b""
        while chunk := self._read():
            *lines, rest = (rest + chunk).split(b"\n")
            for line in lines:
                loop.call_soon_threadsafe(self._lines.put_nowait, line.decode(errors="replace"))
        loop.call_soon_threadsafe(self._lines.put_nowait, None)

    # What is said

    async def speak(self, _: int, screen: Screen, turn: int, __: int | None) -> int | None:
        self._screen, self._turn = screen, turn
        saved = await asyncio.to_thread(self._save, screen.file) if screen.file else ""
        print(show(screen, self._bold, saved), end="\n> ", flush=True)  # noqa: T201 - see above
        return None

    def _save(self, file: File) -> str:
        """Where *file* is now; only whoever runs this may read it."""
        path = self._folder / file.name
        path.touch(mode=0o600)
        path.chmod(0o600)
        path.write_bytes(file.content)
        self._saved.add(path)
        return path.as_uri()

    def _forget(self, _: int) -> None:
        for path in self._saved:
            path.unlink(missing_ok=True)
        self._saved.clear()

    async def say(self, _: int, text: str) -> None:
        print(show(Screen(text), self._bold), flush=True)  # noqa: T201 - see above


def keys(screen: Screen) -> list[str]:
    """What is typed for each button: its place, or its label where that is a number itself."""
    numbered = any(button.label.isdecimal() for button in screen.buttons)
    places = range(1, len(screen.buttons) + 1)
    return ["" if numbered else str(place) for place in places]


def show(screen: Screen, bold: tuple[str, str], saved: str = "") -> str:
    """*screen* as lines, **bold** between the two of *bold*; and where its file was *saved*."""
    text = re.sub(r"\*\*(.+?)\*\*", rf"{bold[0]}\1{bold[1]}", screen.text, flags=re.DOTALL)
    buttons = [
        f"  {key:>2} [{button.label}]"
        for button, key in zip(screen.buttons, keys(screen), strict=True)
    ]
    shown = [f"🖼 {screen.alt}", ""] if screen.alt else []
    file = ["", f"📄 {saved}"] if saved else []
    return "\n".join(["", *shown, text, *file, "", *buttons])
