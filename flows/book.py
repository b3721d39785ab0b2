"""What content must look like.  `data/library.py` fills these in; nothing here knows from where.

Every class here is one kind of table in a content file, field by field, so that a
clinician's file and this one can be read side by side.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from flows.chat import Disposition, Side
from flows.faq import Faq
from flows.guard import Lexicon
from flows.plan import Dose
from flows.reminders.cities import Clock
from flows.reminders.tokens import Meaning

# Ids that the conversation itself knows.  The library refuses a book without them.
AGE = "A0"  # asked before anything is kept
CRISIS = "E12"  # thoughts of ending one's life: under the emergency button
SEVERE = "U03a"  # the pain as a number: severe closes the guide, whenever it is said
GERMS = "C03a"  # diabetes and the like: told later, it is heard as a condition is
EMERGENCY_BUTTON = "emergency_button"  # "this is happening", with no question named
HARD = "lacrosse_ball"  # offered once SOFT has gone well
SOFT = "tennis_ball"
TWICE = "P01"  # more pain on the day after, twice running: the plan refers
STUCK = "P02"  # no better for weeks: the plan refers


@dataclass(frozen=True, slots=True)
class Question:
    """Something that is screened for.  "Not sure" counts as yes."""

    id: str  # "E09"; the parts of one item and what follows it add a letter: "E09b"
    label: str  # a few words, for a list or a reason
    ask: str
    why: str  # why we ask
    disposition: Disposition  # what a yes comes to, at least
    source: str  # where the rule is from
    reviewed_on: str  # when it was last checked against its source, as 2026-11-22
    reviewed_by: str = ""  # the clinician; empty until one has
    severe: int = 0  # asked as a number from 0 to 10; this or more is a yes.  0: yes or no
    follow_ups: tuple[str, ...] = ()  # asked next after a yes
    may_decline: bool = False  # "rather not say" goes on, with a warning card
    may_be_known: bool = False  # may be old, unchanged and examined (E04-E08)
    stands_for: tuple[str, ...] = ()  # the questions that this one sums up
    rescreens: bool = False  # a yes asks for the full screening again, and locks nothing

    @property
    def item(self) -> str:
        """The item of the evidence that this question belongs to: E09 for E09b."""
        return self.id[:3]


@dataclass(frozen=True, slots=True)
class Checklist:
    """Items asked on one screen, ticked one by one."""

    id: str
    ask: str
    items: tuple[str, ...]  # ids of questions, or of conditions


@dataclass(frozen=True, slots=True)
class Removal:
    """Techniques that a condition takes away: each that has any of these."""

    everything: bool = False
    tools: tuple[str, ...] = ()
    positions: tuple[str, ...] = ()
    areas: tuple[str, ...] = ()
    moves: tuple[str, ...] = ()  # takes away single steps
    only_tools: tuple[str, ...] = ()  # takes away what needs any other
    only_positions: tuple[str, ...] = ()  # takes away what has none of these


@dataclass(frozen=True, slots=True)
class Condition:
    """A contraindication: something that rules techniques out, but refers nobody."""

    id: str
    label: str
    ask: str
    why: str
    reason: str  # why techniques are missing, said to the person
    source: str
    reviewed_on: str
    reviewed_by: str = ""
    removes: Removal = field(default_factory=Removal)  # always
    until_agreed: Removal = field(default_factory=Removal)  # until a clinician has agreed
    agree: str = ""  # the question whether a clinician has
    reason_agreed: str = ""  # why techniques are missing all the same; empty if none is
    where: bool = False  # removes the area it is in, so that is asked


@dataclass(frozen=True, slots=True)
class Place:
    """A part of the body that a condition can be in."""

    id: str
    label: str
    areas: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Spot:
    """Where it is tight, for somebody who cannot name the muscle."""

    id: str
    label: str
    area: str


@dataclass(frozen=True, slots=True)
class Step:
    """One instruction, and how long to hold it, if it is held at all."""

    id: str
    say: str
    picture: str  # of the technique's file in content/pictures
    alt: str  # what the picture shows, for who does not see it
    hold: int = 0  # seconds; 0 is not held
    move: str = ""  # a movement that a condition may rule out


@dataclass(frozen=True, slots=True)
class Technique:
    """One way to work one area, with one of its tools, in one position."""

    id: str
    name: str
    area: str
    tools: tuple[str, ...]
    position: str  # the one that is offered by name
    positions: tuple[str, ...]  # all that it needs, for conditions to rule out
    minutes: int  # both sides, rests counted
    purpose: str
    avoid: str  # where not to press
    stop_when: str
    alt: str  # what the picture of the set-up shows
    steps: tuple[Step, ...]
    source: str
    reviewed_on: str
    reviewed_by: str = ""


@dataclass(frozen=True, slots=True)
class Topic:
    """A page of "Learn"."""

    id: str
    label: str
    say: str
    source: str
    picture: str = ""  # the id of a map of the body
    alt: str = ""  # what it shows


@dataclass(frozen=True, slots=True)
class Country:
    """Whom to call there."""

    code: str  # as ISO 3166 has it
    name: str
    region: str
    emergency: str  # the number for an ambulance
    also: str = ""  # another that works, if there is one
    aliases: tuple[str, ...] = ()  # other names that people type
    crisis: str = ""  # a crisis line's number; empty where none could be checked
    crisis_name: str = ""
    crisis_hours: str = ""  # empty when it is there day and night
    source: str = ""
    checked_on: str = ""


@dataclass(frozen=True, slots=True)
class Consent:
    """What is agreed to, as its text says it."""

    version: int  # counts up when what is kept, why, how long, or who sees it changes


@dataclass(frozen=True, slots=True)
class Numbers:
    """Limits that a clinician may change.  Each has its source beside it in `rules.toml`."""

    adult_years: int  # younger people are shown no technique, and nothing is kept of them
    valid_days: int  # how long a full screening counts
    lock_hours: int  # how long EMERGENCY and URGENT stay locked at least
    gate_minutes: int  # how long a passed gate or screening waits for its session to begin
    gate_hours: int  # the longest that a session may go on after it, breaks counted
    session_minutes: int  # the longest session
    check_minutes: int  # how long a worry that was checked is not checked again
    answer_hours: int  # how long an answer counts in a course that is not over
    told_minutes: int  # how long what was typed is put together with what is typed next
    ease_at: int  # of 10: pain in a walkthrough from which they are asked to press less
    stop_at: int  # of 10: and from which it stops at once
    hold_grace: int  # seconds; a hold that ends later than this was interrupted

    def told_since(self, now: int) -> int:
        """Since when what was told still counts, in what is told at *now*."""
        return now - self.told_minutes * 60


@dataclass(frozen=True, slots=True)
class Reminding:
    """When reminders and check-ins come.  Minutes of a day count from midnight."""

    times: tuple[int, ...]  # offered, in minutes of a day
    rhythms: tuple[str, ...]  # offered: "2" for every two days, "w04" for Monday and Friday
    quiets: tuple[tuple[int, int], ...]  # offered as quiet hours: from, until; at first the first
    pauses: tuple[int, ...]  # offered, in days
    snooze_minutes: int
    tonight: int  # a minute of the day
    nudge_minutes: int  # from a reminder that nobody has answered to the one nudge
    late_minutes: int  # later than this, a reminder says that it was missed
    unanswered: int  # reminders in a row, before it is asked whether to pause
    check_hours: int  # from the begin of a session to the question about the day after
    check_late_hours: int  # later than this, it is not asked any more
    week_days: int  # from one question of the week to the next
    ask_hours: int  # from a question about a sign that was left to the same question again
    seen_hours: int  # from a lock for what can not wait to "have you been seen?"
    keep_days: int  # without a word, before it is asked whether to keep what is kept
    answer_days: int  # without an answer to that, before all of it is erased


@dataclass(frozen=True, slots=True)
class Past:
    """How much of what has been is shown."""

    spans: tuple[int, ...]  # offered, in days, the first one shown unasked; 0 is all there is
    sheet_days: int  # that the sheet for an appointment looks back on
    most_notes: int  # lines that a person can type for it
    longest_note: int  # characters of one
    letter: tuple[str, ...]  # countries that print on Letter; all others on A4


@dataclass(frozen=True, slots=True, eq=False)
class Book:
    """Everything the bot knows how to say, in one language."""

    language: str
    languages: Mapping[str, str]  # every language there is a book in: code and name
    edition: str  # the hash of the rules
    consent: int  # the version of what is agreed to, counted from 1
    numbers: Numbers
    dose: Dose
    reminding: Reminding
    past: Past
    questions: Mapping[str, Question]
    checklists: Mapping[str, Checklist]
    screening: tuple[str, ...]  # ids of questions and checklists, in the order asked
    gate: tuple[str, ...]  # ids of questions
    conditions: Mapping[str, Condition]
    places: Mapping[str, Place]
    areas: Mapping[str, str]  # id: name
    tools: Mapping[str, str]
    positions: Mapping[str, str]
    spots: Mapping[str, Spot]
    techniques: Mapping[str, Technique]
    topics: Mapping[str, Topic]
    countries: Mapping[str, Country]
    regions: Mapping[str, str]
    texts: Mapping[str, str]  # by state, page or disposition: what its screen says
    labels: Mapping[str, str]  # by event: what its button says
    notices: Mapping[str, str]  # said above a screen, once
    words: Mapping[str, tuple[str, ...]]  # by event: what people type for it
    commands: Mapping[str, str]  # the menu: command and what it does
    speech: Mapping[str, str]  # what is said aloud in a hold; empty: tones alone
    lexicon: Lexicon
    whens: Meaning  # what people type to say when, word by word
    clocks: tuple[Clock, ...]
    worries: tuple[str, ...] = ()  # ids of the questions that are listed when something is new
    faq: Faq = field(default_factory=Faq)

    def side(self, side: Side) -> str:
        return self.labels[side.value]
