"""What one chat is owed, while it waits in memory."""

import asyncio
from dataclasses import dataclass

from bot.lanes import ANSWERS, AT_ONCE, EMERGENCIES, OTHERS
from bot.metrics import LANES
from data.transaction import Row
from flows import Screen, State, is_emergency


@dataclass(slots=True)
class Slot:
    """What one chat is owed."""

    row: Row | None  # None: nothing any more
    first: bool  # whether the person waits for it
    since: float  # when it was owed, on a clock that never jumps
    line: str = ""  # for a chat that has no screen
    is_urgent: bool = False  # whether that is to get care now
    sending: bool = False
    told_to_wait: bool = False  # by the other end
    tries: int = 0  # that failed
    wrong: int = 0  # of them, those that were not accepted
    making: asyncio.Future[Screen] | None = None  # what is being made for its screen

    @property
    def kind(self) -> str:
        """What it is counted as."""
        return LANES[self.lane] if self.row else LANES[-1]

    @property
    def lane(self) -> int:
        if self.is_urgent or (self.row is not None and is_emergency(self.row.chat)):
            return EMERGENCIES
        if not self.first:
            return OTHERS
        is_held = self.row is not None and self.row.chat.state is State.CHECKING
        return AT_ONCE if is_held else ANSWERS
