"""Plays a transcript with the turns that the bot takes and a real database, without a wire."""

from bot.heard import Heard, Item, Rang
from bot.marks import spoken
from bot.turns import take
from data.library import Library
from data.store import Store
from data.transaction import Due
from flows import Alarm, Chat, Event, screen
from tests.players import CorePlayer


class KeptPlayer(CorePlayer):
    """What `CorePlayer` does in memory, with all that is kept in *store*."""

    def __init__(self, store: Store, library: Library, chat_id: int) -> None:
        super().__init__(library.book("en"))
        self.store = store
        self.library = library
        self.chat_id = chat_id
        self.said: list[str] = []  # all that was typed

    def take(self, event: Event) -> None:
        if event.name in ("text", "edited", "caption"):
            self.said.append(event.value)
        self._turn(Heard(self.chat_id, None, event))

    def ring(self, alarm: Alarm) -> None:
        self._turn(Rang(Due(self.chat_id, alarm), self.now))

    def _turn(self, item: Item) -> None:
        turns = self.store._run(lambda t: take(t, [item], (), self.library, self.now))
        row = turns.changed.get(self.chat_id)
        if row is None:
            return
        self.chat = Chat() if row.chat.leaves_no_trace else row.chat
        if row.owes:
            self.shown.append((screen(row.chat, self.book, row.notice), row.chat.turn))
            mark = spoken(row, None, self.now)
            self.store._run(lambda t: take(t, (), (mark,), self.library, self.now))
