"""When one person says more than can be heard.

Short words are heard always, since a red flag may be in them, and so are the buttons that nobody
may miss, as that for sharp pain.  Of all else, what comes too fast is not,
and one line says so.  Reading 4,096 characters for red flags takes a tenth of a second in which
nobody else is heard.
"""

from collections.abc import Callable

from bot import metrics
from bot.heard import Heard
from bot.rates import Pace
from flows.table import ALWAYS_HEARD

BURST = 30  # at once after a pause: more than anybody taps
INTERVAL = 1.0  # seconds for each one after that
TOLD = 30.0  # seconds until it is said again
SHORT = 200  # characters; three milliseconds to read
_WORDS = ("text", "edited", "caption", "command")


class Flood:
    def __init__(self, now: Callable[[], float]) -> None:
        self._now = now
        self._heard = Pace(INTERVAL, BURST)
        self._told = Pace(TOLD, 1)

    def is_too_much(self, heard: Heard) -> bool:
        """Whether *heard* comes too fast to be heard.  It counts if not."""
        now = self._now()
        if self._heard.wait(heard.chat_id, now) <= 0:
            self._heard.count(heard.chat_id, now)
            return False
        event = heard.event
        if event.name in ALWAYS_HEARD or (event.name in _WORDS and len(event.value) <= SHORT):
            return False
        metrics.FLOODED.inc()
        return True

    def is_to_be_told(self, chat_id: int) -> bool:
        """Whether it is time to say so to that person; it is said then."""
        now = self._now()
        if self._told.wait(chat_id, now) > 0:
            return False
        self._told.count(chat_id, now)
        return True
