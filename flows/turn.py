"""A chat while it is changing: the model that `transitions` works on, for one call."""

from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple

from flows import agreement, course, offer
from flows import plan as plans
from flows.book import Book, Step, Technique
from flows.chat import Chat, State
from flows.events import Event, Record
from flows.plan import Change, Plan
from flows.reminders.words import Wish
from flows.states import ASKING


class Outcome(NamedTuple):
    """What a turn came to."""

    chat: Chat
    records: tuple[Record, ...] = ()
    heard: bool = True  # whether the event meant anything; if not, nothing changed
    notice: str = ""  # said above the screen, once
    silent: bool = False  # the screen need not be spoken
    said: str = ""  # what the event was taken for, in the words of the table


@dataclass
class Turn:
    """One turn being taken.  `questions` look at it, `commands` change it."""

    chat: Chat
    event: Event
    book: Book
    shown: int  # the turn whose buttons are now on the screen
    words: str = ""  # what was typed, whatever it means
    records: list[Record] = field(default_factory=list)
    notice: str = ""
    silent: bool = False

    def __post_init__(self) -> None:
        self.state = self.chat.state

    @cached_property
    def said(self) -> str:
        """The event in the words of the table: what answers the question asked is an answer."""
        return "answer" if self._is_asked() else self.event.name

    @property
    def technique(self) -> Technique:
        return self.book.techniques[self.chat.technique]

    @property
    def steps(self) -> tuple[Step, ...]:
        return offer.steps(self.technique, self.chat, self.book)

    def _is_asked(self) -> bool:
        """Whether the event is an answer to what is being asked, and of the right kind."""
        in_time = self.event.turn in (None, self.shown) and self.state in ASKING
        if not in_time or self.chat.pages or course.over(self.chat, self.book):
            return False
        return course.fits(self.event, self.chat, self.book)

    @cached_property
    def answered(self) -> Chat:
        """The chat as it will be when the event has answered what is being asked."""
        return course.answered(self.chat, self.event, self.book)

    @cached_property
    def flagged(self) -> Chat:
        """The chat as it will be when what the event names has been counted as a red flag."""
        return course.flagged(self.chat, self.event.value, self.event.at, self.book)

    @cached_property
    def wish(self) -> Wish | None:
        """What the event asks for, if it is about when to be reminded."""
        return agreement.wished(self.chat, self.event, self.book)

    @cached_property
    def next_day(self) -> tuple[Plan, Change] | None:
        """The plan after the event has said how the day after is, and what has changed.

        Where nobody has said it, the number that the gate has heard stands for it.
        """
        plan, at, dose, said = self.chat.plan, self.event.at, self.book.dose, self.event.value
        if plan and self.state is State.CHECK_IN and said in course.SCALE:
            return plans.next_day(plan, at, int(said), dose)
        if plan and plan.owed and self.state is State.GATE and self.said == "answer":
            in_time = self._would_be_asked(plan)
            return plans.at_gate(plan, at, self.answered.pain, dose, in_time=in_time)
        return None

    def _would_be_asked(self, plan: Plan) -> bool:
        """Whether it is neither too soon nor too late to ask about the day after."""
        asks = self.book.reminding
        late = self.event.at - plan.done_at - asks.check_hours * 3_600
        return 0 <= late <= asks.check_late_hours * 3_600

    def record(self, what: str, about: str = "", rating: int | None = None) -> None:
        lock = self.chat.lock
        self.records.append(
            Record(what, about, lock.disposition.name if lock else "", self.book.edition, rating)
        )
