"""What is remembered about one person between two messages."""

from dataclasses import dataclass, field
from enum import Enum, IntEnum
from typing import Any, Self

from flows.plan import Plan
from flows.reminders.reminder import Reminder

UNSETTLED = ("suspicion", "condition")  # pages that ask what counts before anything else does
LOCATING = ("set_zone", "set_city")  # pages that ask where somebody lives
WONDERING = ("doubt", "puzzle", "worries", "info")  # pages that ask whether something is new


class State(Enum):
    """Where a chat stands.  Every state has exactly one screen."""

    # Before consent: nothing about the person's health is kept.
    NEW = "new"  # never spoken to
    AGE = "age"  # asked whether they are an adult
    UNDER_AGE = "under_age"  # told to see a doctor with a parent; leaves no trace
    CONSENT = "consent"  # being told what is kept, and what this is not
    DECLINED = "declined"  # said no to that
    WARNED = "warned"  # told to get care now, with nothing kept about why

    # Screening and what it comes to.
    SCREENING = "screening"  # answering the questions of the full screening
    GATE = "gate"  # answering the few questions just before a session
    REFERRED = "referred"  # locked: told where to get care
    KNOWN = "known"  # says it is old, unchanged and examined: is all of that true?
    VOUCHING = "vouching"  # says a clinician allows self-massage: is that so?
    MISREAD = "misread"  # says that what they typed was not meant so: was it misread?
    PASSED = "passed"  # nothing was said that closes the guide

    # Between sessions.
    HOME = "home"  # nothing is going on
    NOTHING_FITS = "nothing_fits"  # every technique is ruled out by a condition

    # A session.
    AREA = "area"  # where to work
    SPOT = "spot"  # helped to find out where to work
    TOOL = "tool"  # with what
    HARDER = "harder"  # chose the lacrosse ball: was the tennis ball fine?
    POSITION = "position"  # on a chair, on the floor, against a wall
    BRIEFING = "briefing"  # what the technique is for, where not to press, when to stop
    STEP = "step"  # reading a step, getting into place
    HOLDING = "holding"  # a hold is being timed
    CHECKING = "checking"  # just after a hold: how was it?
    EASED = "eased"  # asked to press less
    HURT = "hurt"  # sharp pain, the first time in this session
    PAUSED = "paused"  # taking a break
    INTERRUPTED = "interrupted"  # the bot was away when the hold ended
    SWITCHING = "switching"  # one side is done: the other one too?
    ENDED = "ended"  # sharp pain again, or right after the last step: the session is over
    STOPPED = "stopped"  # they ended the session
    RATING = "rating"  # the pain now, from 0 to 10
    FEELING = "feeling"  # how it felt
    FINISHED = "finished"  # the session is over and kept

    # The day after.
    CHECK_IN = "check_in"  # asked how the pain is, a day after a session
    WEEKLY = "weekly"  # asked, once a week, whether they think of ending their life

    ERASING = "erasing"  # asked to erase everything: really?
    ERASED = "erased"  # leaves no trace


class Disposition(IntEnum):
    """What a screening comes to; the highest is the worst."""

    SELF_CARE = 0  # the guide may open
    CAUTION = 1  # the guide may open, with "see a clinician"
    CLINICIAN = 2  # see a clinician soon; locked
    URGENT = 3  # be seen today; locked
    EMERGENCY = 4  # call an ambulance or go now; locked


class Course(Enum):
    """Which questions are being gone through."""

    FULL = "full"  # the whole screening
    REOPEN = "reopen"  # the whole screening, after a clinician allowed self-massage
    AFRESH = "afresh"  # the whole screening, after words were misread: what they said comes first
    GATE = "gate"  # the short one before a session


OPENS = (Course.REOPEN, Course.AFRESH)  # a lock opens at the end of these alone


class Side(Enum):
    LEFT = "left"
    RIGHT = "right"

    @property
    def other(self) -> "Side":
        return Side.RIGHT if self is Side.LEFT else Side.LEFT


@dataclass(frozen=True, slots=True)
class Lock:
    """Why the guide is closed.

    Only a clinician's word and a clean screening open it; or, where it closed for typed words
    alone, that these were misread, and a clean screening.
    """

    disposition: Disposition
    since: int  # when the worst was last heard, in seconds since 1970
    rules: tuple[str, ...]  # ids of the questions and rules that fired
    edition: str  # of the rules that fired
    examined: bool = False  # the person states: long known, unchanged, examined
    words: tuple[str, ...] = ()  # what was read, if it came down for typed words alone
    planned: bool = False  # there was a plan, which begins anew when it opens
    reminded: bool = False  # reminders were on, which are offered again when it opens


@dataclass(frozen=True)  # without slots: `but` copies the whole at once
class Chat:
    """One person's conversation, whole.  Stored as it is and never half-changed.

    Times are seconds since 1970; ids are those of the content.
    """

    state: State = State.NEW
    language: str = ""  # which book is spoken; empty is the default one
    country: str = ""  # two letters, as ISO 3166 has them; empty is unknown
    pages: tuple[str, ...] = ()  # what lies open over the conversation, the top one last
    now: int = 0  # when the last turn was taken

    # What stands beside the text, and what is only written down, changes nothing in the
    # conversation: chats that differ in it alone are the same to whoever compares them.
    text_only: bool = field(default=False, compare=False)  # without pictures
    silent: bool = field(default=False, compare=False)  # without sounds
    hushed: bool = field(default=False, compare=False)  # and without the buzz when a hold ends
    # Answers since the last line about them in the log, as "E01=no".
    answers: tuple[str, ...] = field(default=(), compare=False)

    # Screening
    course: Course = Course.FULL
    at: int = 0  # which question or checklist of the course
    follow_ups: tuple[str, ...] = ()  # asked before the course goes on
    found: Disposition = Disposition.SELF_CARE  # the worst in this course
    toggled: tuple[str, ...] = ()  # ticked on the checklist that is open
    lock: Lock | None = None
    screened_at: int = 0  # when a full screening was last passed; 0 is never
    edition: str = ""  # of the rules under which it was passed
    gated_until: int = 0  # how long a passed gate lets a session begin or go on; 0 is not passed
    cautions: tuple[str, ...] = ()  # questions whose answer says "see a clinician"
    conditions: tuple[str, ...] = ()
    agreed: tuple[str, ...] = ()  # conditions for which a clinician has agreed
    places: tuple[str, ...] = ()  # where conditions are, as "K03:buttock"
    checked: tuple[str, ...] = ()  # asked about of late, "topic:when", and denied, "CONCEPT:when"
    told: tuple[str, ...] = ()  # concepts of what was typed of late, each as "name:when"
    suspected: str = ""  # the question that their own words may have answered, or are about
    topic: str = ""  # the page of "Learn", or the region of countries, that lies open
    span: str = ""  # how many days are looked back on, on the page that does; empty: the fewest

    # A session
    area: str = ""
    tool: str = ""
    technique: str = ""
    side: Side = Side.LEFT  # the one being worked on
    second: bool = False  # whether it is the second side
    place: int = 0  # which step of the technique
    hold_until: int = 0  # when the hold that runs is over; 0 is none
    hold_turn: int = 0  # the turn that began it
    sharps: int = 0  # sharp pains in this session
    minutes: int = 0  # of techniques done since the last rest that the plan has
    rested: str = ""  # technique that rests until the next clean gate
    pain: int = -1  # the pain before the session, 0-10; -1 is unknown
    rating: int = -1  # and after it
    feeling: str = ""  # how it felt: "better", "same" or "worse"
    worked: tuple[str, ...] = ()  # areas that were worked on in this session
    softened: tuple[str, ...] = ()  # areas where a tennis ball has gone well

    consent: int = 0  # the version that was agreed to; 0: none is in force
    # When to ask whether to keep all this, moved on with each word; 0 is not at all.
    fades_at: int = field(default=0, compare=False)

    # Between sessions
    plan: Plan | None = None
    reminder: Reminder | None = None
    check_at: int = 0  # when to ask how the day after is; 0 is not at all
    week_at: int = 0  # when the question of the week was last asked
    ask_at: int = 0  # when to ask once more what is suspected; 0: it was asked again, or not left
    seen_at: int = 0  # when to ask whether they have been seen, while locked; 0 is not at all
    notes: tuple[str, ...] = ()  # lines that the person has typed for the sheet
    # Questions that are asked once the one that is suspected is denied, the gravest first; where
    # that was left, it stands before them.
    suspects: tuple[str, ...] = ()

    # When the first of the answers that count in the course was given; unread while `at` is 0.
    begun_at: int = 0

    # What was said of when to be reminded while it is asked where they live: minute, every so many
    # days, weekdays.
    wished: tuple[int, ...] = ()

    turn: int = field(default=0, compare=False)  # how many turns have been taken

    @property
    def page(self) -> str:
        return self.pages[-1] if self.pages else ""

    @property
    def leaves_no_trace(self) -> bool:
        """Whether the chat is to be forgotten as soon as its screen has been spoken."""
        return self.state in (State.UNDER_AGE, State.ERASED)

    @property
    def is_suspecting(self) -> bool:
        """Whether it is asked if a sign is there, or will be again: they consent, no lock is."""
        asks = "suspicion" in self.pages or (self.ask_at > 0 and bool(self.suspects))
        return asks and self.lock is None and self.consent > 0

    @property
    def is_unsettled(self) -> bool:
        """Whether it is asked if a sign is there, or a condition."""
        return not {*UNSETTLED}.isdisjoint(self.pages)

    def but(self, **changes: Any) -> Self:  # noqa: ANN401 - each of its own field's type
        """The same chat with these fields changed; ten times as fast as `replace`."""
        fields = self.__dict__ | changes
        assert len(fields) == len(self.__dict__), f"no such field: {changes.keys()}"
        changed = object.__new__(type(self))
        object.__setattr__(changed, "__dict__", fields)
        return changed
