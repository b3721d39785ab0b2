"""When one person does more than can be heard.

Words are heard always, however many, since a red flag may be in them, and so are the buttons that
nobody may miss, as that for sharp pain.  Of all else, what comes too fast is not, and one line says
so.  That many words keep nobody else waiting is the turn loop's business.
"""

from collections.abc import Callable

from bot import metrics
from bot.heard import Heard
from bot.rates import Pace
from flows.events import ALWAYS_HEARD

BURST = 30  # at once after a pause: more than anybody taps
INTERVAL = 1.0  # seconds for each one after that
TOLD = 30.0  # seconds until it is said again
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
        if heard.event.name in ALWAYS_HEARD or heard.event.name in _WORDS:
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
