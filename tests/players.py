"""Where a transcript is played without a wire: the bare core, and its clock."""

from flows import Chat, Event, Outcome, Record, Screen, alarms, pack, screen, step, unpack
from flows.book import Book
from tests.transcript import Seen

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

    async def says(self, words: str) -> None:
        if words.startswith("/"):
            self.hear(Event("command", words[1:], at=self.now))
        else:
            self.hear(Event("text", words, at=self.now))

    async def sends(self, kind: str) -> None:
        self.hear(Event("media", kind, at=self.now))

    async def edits(self, words: str) -> None:
        self.hear(Event("edited", words, at=self.now))

    async def presses(self, label: str, above: str) -> None:
        shown, turn = next(
            (shown, turn) for shown, turn in reversed(self.shown) if above in plain(shown.text)
        )
        found = [button for button in shown.buttons if button.label == label]
        assert found, f"no button [{label}] among {[b.label for b in shown.buttons]}"
        self.hear(Event(found[0].event, found[0].value, turn, self.now))

    async def waits(self, seconds: int) -> None:
        end = self.now + seconds
        while due := [alarm for alarm in alarms(self.chat) if alarm.due <= end]:
            alarm = min(due, key=lambda alarm: alarm.due)
            self.now = max(self.now, alarm.due)
            self.hear(Event(alarm.kind, "0", alarm.turn, self.now))
        self.now = end

    def sees(self) -> Seen:
        shown = self.shown[-1][0]
        return Seen(plain(shown.text), tuple(button.label for button in shown.buttons))

    def hear(self, event: Event) -> Outcome:
        self.now += 1
        outcome = step(self.chat, event, self.book)
        assert unpack(pack(outcome.chat)) == outcome.chat, "what is kept comes back as it was"
        self.chat = outcome.chat
        self.records += outcome.records
        if not outcome.silent:
            shown = screen(self.chat, self.book, outcome.notice)
            self.shown.append((shown, self.chat.turn))
        if self.chat.leaves_no_trace:
            self.chat = Chat()
        return outcome
