"""How often something may be sent.  Times are seconds, of the loop where nothing else is said."""

from collections import deque


class Window:
    """At most *rate* in any second; 0 is as many as you like.

    It starts as if the second before had been used to the full, so that a restart
    does not send twice as much as is allowed.
    """

    _SECOND = 1.03  # what leaves a second apart may arrive a little closer together

    def __init__(self, rate: int, now: float) -> None:
        spacing = self._SECOND / rate if rate else 0
        self._sent = deque((now - n * spacing for n in reversed(range(rate))), maxlen=rate)
        self._spacing = spacing
        self._used_until = now + spacing  # if all were sent evenly

    def wait(self, now: float) -> float:
        """How long until one more may be sent."""
        return max(0.0, self._sent[0] + self._SECOND - now) if self._sent else 0.0

    def wait_evenly(self, now: float, ahead: float = 0.0) -> float:
        """How long until one more is sent, if they leave one by one and not at once.

        It may leave before its time by *ahead* seconds' worth; later ones pay that back.
        """
        return max(0.0, self._used_until - ahead - now) if self._sent else 0.0

    def count(self, now: float) -> None:
        """One is sent now."""
        self._sent.append(now)
        self._used_until = max(self._used_until, now) + self._spacing


class Pace:
    """One in *interval* seconds for each chat, and *burst* at once after a pause.

    If times go back by more than that, nothing counts that was before.
    """

    _MANY = 4096  # chats remembered before those are forgotten that have rested

    def __init__(self, interval: float, burst: int) -> None:
        self._interval = interval
        self._ahead = interval * (burst - 1)
        self._longest = interval * (burst + 1)  # a pause, and something to spare
        self._rested: dict[int, float] = {}  # when each chat may have its whole burst again

    def wait(self, chat_id: int, now: float) -> float:
        return max(0.0, self._rests(chat_id, now) - self._ahead - now)

    def count(self, chat_id: int, now: float) -> None:
        if len(self._rested) > self._MANY:
            self._rested = {chat: at for chat, at in self._rested.items() if at > now}
        self._rested[chat_id] = max(now, self._rests(chat_id, now)) + self._interval

    def _rests(self, chat_id: int, now: float) -> float:
        until = self._rested.get(chat_id, 0.0)
        return until if until <= now + self._longest else 0.0
