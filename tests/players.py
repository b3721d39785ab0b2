"""Where a transcript is played without a wire: the bare core, and its clock."""

from collections.abc import Callable
from copy import copy
from dataclasses import replace
from typing import Generic, Self, TypeVar

from bot.telegram.location import zone_at
from flows import Alarm, Chat, Event, Record, Screen, State, alarms, pack, screen, step, unpack
from flows.book import Book
from flows.chat import LOCATING
from flows.past import TOLD
from tests.telegram.parcels import LOCATION
from tests.transcript import Seen

Kind = TypeVar("Kind")

NOON = 1_800_000_000


def plain(text: str) -> str:
    return text.replace("**", "")


class CorePlayer:
    """`step` and `screen`, and a clock that moves only when it is told to."""

    def __init__(self, book: Book) -> None:
        self.book = book
        self.chat = Chat()
        self.now = NOON
        self.shown: list[tuple[Screen, int]] = []
        self.records: list[Record] = []
        self.lines: list[tuple[int, Record]] = []  # the same, with when

    def again(self) -> Self:
        """Another player, who stands where this one does."""
        other = copy(self)
        other.shown, other.records, other.lines = [*self.shown], [*self.records], [*self.lines]
        return other

    async def says(self, words: str) -> None:
        if words.startswith("/"):
            self.hear("command", words[1:])  # with the words behind it, as `bot.said.typed`
        else:
            self.hear("text", words)

    async def sends(self, kind: str, caption: str) -> None:
        if kind == "location":
            self.hear("location", zone_at(LOCATION))
        else:
            self.hear("caption" if caption else "media", caption or kind)

    async def edits(self, words: str) -> None:
        self.hear("edited", words)

    async def presses(self, label: str, above: str) -> None:
        under = [(shown, turn) for shown, turn in self.shown if above in plain(shown.text)]
        assert under, f"no message says {above!r}"
        shown, turn = under[-1]
        found = [button for button in shown.buttons if button.label == label]
        assert found, f"no button [{label}] among {[b.label for b in shown.buttons]}"
        self.hear(found[0].event, found[0].value, turn)

    async def forges(self, event: str, value: str) -> None:
        self.hear(event, value, self.chat.turn)

    async def waits(self, seconds: int) -> None:
        end = self.now + seconds
        while due := [alarm for alarm in alarms(self.chat) if alarm.due <= end]:
            alarm = min(due, key=lambda alarm: alarm.due)
            self.now = max(self.now, alarm.due)
            self.ring(alarm)
        self.now = end

    async def is_away(self, seconds: int) -> None:
        self.now += seconds
        for alarm in alarms(self.chat):
            if alarm.due <= self.now:
                self.ring(alarm)

    def sees(self) -> Seen:
        shown = self.shown[-1][0]
        return Seen(plain(shown.text), tuple(button.label for button in shown.buttons))

    def newest(self) -> int:
        return len(self.shown)

    def hear(self, name: str, value: str, turn: int | None = None) -> None:
        self.now += 1  # nothing a person does takes no time at all
        self.take(Event(name, value, turn, self.now))

    def ring(self, alarm: Alarm) -> None:
        self.take(Event(alarm.kind, str(self.now - alarm.due), alarm.turn, self.now))
        assert alarm not in alarms(self.chat), "an alarm that has rung is over"

    def take(self, event: Event) -> None:
        outcome = step(self.chat, event, self.book)
        assert unpack(pack(outcome.chat)) == outcome.chat, "what is kept comes back as it was"
        holding = outcome.chat.state is State.HOLDING
        assert (outcome.chat.hold_until > 0) == holding, "a hold runs only while holding"
        asks_where = not {*LOCATING}.isdisjoint(outcome.chat.pages)
        assert asks_where or not outcome.chat.wished, "it waits for the answer where they live"
        self.chat = outcome.chat
        self.records += outcome.records
        self.lines += [(self.now, record) for record in outcome.records]
        if not outcome.silent:
            shown = self.told(screen(self.chat, self.book, outcome.notice))
            self.shown.append((shown, self.chat.turn))
        if self.chat.leaves_no_trace:
            self.chat = Chat()

    def told(self, shown: Screen) -> Screen:
        """*shown* with the words of what is made for it; the bot's shell adds a file."""
        if shown.made is None or shown.made.kind not in TOLD:  # all else is told by what is kept
            return shown
        said = TOLD[shown.made.kind](shown.made, self.chat, self.lines, self.book)
        return replace(shown, text=f"{shown.text}\n\n{said.words}")


class Collector(CorePlayer, Generic[Kind]):
    """Holds a conversation, and keeps the first chat of each kind that it comes by."""

    def __init__(
        self, book: Book, met: dict[Kind, Chat], kind: Callable[[Chat], Kind | None]
    ) -> None:
        super().__init__(book)
        self.met = met
        self.kind = kind

    def take(self, event: Event) -> None:
        super().take(event)
        kind = self.kind(self.chat)
        if kind is not None:
            self.met.setdefault(kind, self.chat)
