"""What is counted, for Prometheus.  Numbers alone: no label says anything about a person.

docs/operating/README.md says what each is for; an alert and a panel stand on most of them.
"""

from collections.abc import Iterable, Iterator
from functools import cache
from typing import TYPE_CHECKING, TypeVar

from prometheus_client import (
    CollectorRegistry,
    Counter,
    Gauge,
    Histogram,
    PlatformCollector,
    ProcessCollector,
)

if TYPE_CHECKING:
    from bot.turns import Turns

Labelled = TypeVar("Labelled", Counter, Histogram)

REGISTRY = CollectorRegistry()
ProcessCollector(registry=REGISTRY)
PlatformCollector(registry=REGISTRY)

KINDS = ("message", "edited_message", "callback_query", "my_chat_member")
LANES = (
    "emergency",
    "hold",
    "answer",
    "other",
    "line",
)  # as in bot/lanes.py, and a line to no conversation
_QUICK = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60)
_LATE = (0.5, 1, 2, 5, 10, 30, 60, 300, 900, 3600)

UPDATES = Counter("bot_updates", "Updates that came in.", ["kind"], registry=REGISTRY)
TURNS = Counter("bot_turns", "What was kept, by what came of it.", ["outcome"], registry=REGISTRY)
BATCH = Histogram(
    "bot_batch_size",
    "How many were kept in one transaction.",
    buckets=(1, 2, 4, 8, 16, 32, 64, 128, 256),
    registry=REGISTRY,
)
TURN_SECONDS = Histogram(
    "bot_turn_seconds", "From coming in to being kept.", buckets=_QUICK, registry=REGISTRY
)
SENDS = Counter("bot_sends", "Sends, by lane and outcome.", ["lane", "outcome"], registry=REGISTRY)
ANSWER_SECONDS = Histogram(
    "bot_answer_seconds",
    "From being owed to being spoken.",
    ["lane"],
    buckets=_QUICK,
    registry=REGISTRY,
)
LATE_SECONDS = Histogram(
    "bot_alarm_late_seconds",
    "How late what was due came to the turn loop.",
    ["lane"],
    buckets=_LATE,
    registry=REGISTRY,
)
DISPOSITIONS = Counter(
    "bot_dispositions", "What screenings and red flags came to.", ["tier"], registry=REGISTRY
)
GUARD = Counter("bot_guard", "What was read in typed words.", ["tier"], registry=REGISTRY)
AWAY = Counter("bot_store_away", "Transactions that the database did not take.", registry=REGISTRY)
FLOODED = Counter("bot_flooded", "What was not heard, since one person said too much.",
                  registry=REGISTRY)  # fmt: skip
UNREADABLE = Gauge("bot_unreadable_chats", "Chats that were met and can not be read.",
                   registry=REGISTRY)  # fmt: skip
BACKLOG = Gauge("bot_backlog", "What waits in this process.", ["of"], registry=REGISTRY)
OLDEST = Gauge(
    "bot_oldest_screen_seconds", "How long the oldest screen waits here.", registry=REGISTRY
)
OWED = Gauge("bot_screens_owed", "Screens without an answer, of all processes.", registry=REGISTRY)
FETCHES = Gauge("bot_fetches", "1 if this process fetches the updates, and Telegram answered.",
                registry=REGISTRY)  # fmt: skip

# What typed words were taken for, as the table calls it, and how strongly that speaks.
GUARD_TIERS = {
    "flag": "alert", "suspect": "ask", "suspect_sharp": "ask", "suspect_stop": "ask",
    "doubt": "check", "fear": "check", "inform": "info",
}  # fmt: skip
_WORDS = ("text", "edited", "caption")
_TOLD = ("locked", "screened")  # the records that say what a screening came to


@cache
def child(metric: Labelled, *labels: str) -> Labelled:
    """What counts for these *labels*: finding it anew would cost more than counting."""
    return metric.labels(*labels)


def count_update(update: object) -> None:
    kind = next((kind for kind in KINDS if isinstance(update, dict) and kind in update), "other")
    child(UPDATES, kind).inc()


def count_turns(turns: "Turns", seconds: Iterable[float]) -> None:
    """What a transaction came to, and how long each of its items had waited to be kept."""
    BATCH.observe(len(turns.toasts))
    for waited in seconds:
        TURN_SECONDS.observe(waited)
    for outcome in turns.outcomes:
        child(TURNS, outcome).inc()
    for tier in turns.tiers:
        child(DISPOSITIONS, tier).inc()
    for tier in turns.read:
        child(GUARD, tier).inc()


def guard_tier(event: str, said: str, notice: str) -> str:
    """What was read in the words of *event*, which were taken for *said*; "" if it has none."""
    if event not in _WORDS:
        return ""
    return GUARD_TIERS.get(said, "info" if notice == "info" else "none")


def told(records: Iterable[tuple[str, str]]) -> Iterator[str]:
    """The dispositions among records, which are given as what they are and their disposition."""
    return (tier for what, tier in records if what in _TOLD)


class Sending:
    """Counts a send that has been owed for *owed* seconds, and what comes of it."""

    def __init__(self, lane: str, owed: float) -> None:
        self._lane = lane
        self._owed = owed

    def __enter__(self) -> None: ...

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        if kind is None:
            child(ANSWER_SECONDS, self._lane).observe(self._owed)
        child(SENDS, self._lane, kind.__name__.lower() if kind else "spoken").inc()
