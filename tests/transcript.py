"""Plays a transcript: a conversation written down the way it looks in the chat.

after: another transcript, held first; at the head it is where this one goes on from
you:   /start, or [a button], or anything typed; [No] x 3 presses it three times
you:   (sticker), or (photo) with a caption
you:   [a button] under "an older message"
edit:  changes the last thing typed into this
forge: event value, as a button with that data would send it, though none is there
clock: 45 s, 3 m, 3 h or 15 d go by
down:  so much time goes by while the bot is away; alarms are heard late
bot:   what is on the screen now; "…" at an end stands for whatever comes there
hush:  with the line before, no new message came
see:   [a button] [and another] are on the screen
not:   [a button] is not
"""

import re
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import NamedTuple, Protocol

SECONDS = {"s": 1, "m": 60, "h": 3_600, "d": 86_400}


class Seen(NamedTuple):
    """What a person has before their eyes: the last message, without its bold marks."""

    text: str
    labels: tuple[str, ...]


class Player(Protocol):
    """Somewhere a conversation can be held."""

    async def says(self, words: str) -> None: ...
    async def sends(self, kind: str, caption: str) -> None: ...
    async def edits(self, words: str) -> None: ...
    async def presses(self, label: str, above: str) -> None: ...
    async def forges(self, event: str, value: str) -> None: ...
    async def waits(self, seconds: int) -> None: ...
    async def is_away(self, seconds: int) -> None: ...
    def sees(self) -> Seen: ...
    def newest(self) -> int: ...  # grows with each new message


def before(transcript: Path) -> Path | None:
    """The transcript that this one goes on from."""
    _, who, what = next(lines(transcript))
    return named(transcript, what) if who == "after" else None


def named(transcript: Path, what: str) -> Path:
    return transcript.with_name(what.replace(" ", "_") + ".txt")


def lines(transcript: Path) -> Iterator[tuple[int, str, str]]:
    """Its lines: number, who, and what."""
    for number, line in enumerate(transcript.read_text(encoding="utf-8").splitlines(), start=1):
        if line.strip() and not line.startswith("#"):
            who, _, what = line.partition(":")
            yield number, who.strip(), what.strip()


def depth(transcript: Path) -> int:
    """How many others are held before it."""
    first = before(transcript)
    return 1 + depth(first) if first else 0


# What others go on from comes before them.
TRANSCRIPTS = sorted(
    (Path(__file__).parent / "transcripts").glob("*.txt"), key=lambda path: (depth(path), path)
)


async def play(transcript: Path, player: Player) -> None:
    """Holds the conversation with *player*; fails where it goes another way."""
    if first := before(transcript):
        await play(first, player)
    await go_on(transcript, player)


async def go_on(transcript: Path, player: Player) -> None:
    """Holds what the transcript itself says, with somebody who has come as far as it begins."""
    first, newest = before(transcript), 0
    for number, who, what in islice(lines(transcript), 1 if first else 0, None):
        if who == "after":
            await play(named(transcript, what), player)
            continue
        if who == "hush":
            slip = "" if player.newest() == newest else f"there came {player.sees().text!r}"
        else:
            newest = player.newest()
            slip = await say(who, what, player)
        assert not slip, f"{transcript.name}:{number}: {slip}"


async def say(who: str, what: str, player: Player) -> str:
    """One line of a transcript; what went another way, if anything."""
    match who:
        case "you" if what.startswith("["):
            await press(what, player)
        case "you" if what.startswith("("):
            kind, _, caption = what[1:].partition(")")
            await player.sends(kind, caption.strip())
        case "you":
            await player.says(what)
        case "edit":
            await player.edits(what)
        case "forge":
            event, _, value = what.partition(" ")
            await player.forges(event, value)
        case "clock":
            await player.waits(seconds(what))
        case "down":
            await player.is_away(seconds(what))
        case "bot":
            seen = player.sees().text
            return "" if matches(what, seen) else f"expected {what!r}, saw {seen!r}"
        case "see" | "not":
            labels = player.sees().labels
            wrong = [b for b in buttons(what) if (b in labels) != (who == "see")]
            return f"{who}: {wrong} among {labels}" if wrong else ""
        case _:
            return f"who is {who!r}?"
    return ""


def seconds(what: str) -> int:
    amount, unit = what.split()
    return int(amount) * SECONDS[unit]


async def press(what: str, player: Player) -> None:
    label, _, rest = what[1:].partition("]")
    times = re.match(r" x (\d+)", rest)
    above = rest.partition(" under ")[2].strip('"')
    for _ in range(int(times[1]) if times else 1):
        await player.presses(label, above)


def buttons(what: str) -> list[str]:
    return re.findall(r"\[(.+?)\](?= |$)", what)


def matches(expected: str, seen: str) -> bool:
    """Whether *seen* is *expected*; "…" at an end of it stands for anything."""
    flat = " ".join(seen.split())
    core = expected.strip("…").strip()
    start = 0 if expected.startswith("…") or flat.startswith(core) else -1
    end = expected.endswith("…") or flat.endswith(core)
    return start == 0 and end and core in flat
