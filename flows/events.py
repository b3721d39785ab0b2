"""What can be said to a chat, and what a turn asks the shell to keep."""

from dataclasses import dataclass

CONDITION = "condition"  # one of the list was told of that was not ticked there

REMINDING = {"remind", "again", "nudge", "check_in"}  # what a lock cancels
AWAITED = {"seen", "fade", "ask_again", *REMINDING}  # what the clock says between sessions
CLOCK = {"hold_over", "time_out", *AWAITED}  # said by the clock, never by a person
# Said by `step` itself.
INNER = {
    "expire", "come_back", "suspect", "suspect_sharp", "suspect_stop", "answer", "doubt",
    "doubt_sharp", "fear", "hurts", "inform", "puzzle", "told", "wish", "first_wish", "note",
    "under_age", "condition", "elsewhere",
}  # fmt: skip
WAITED_FOR = {"hold_over"}  # by a person who sits there: never behind anything else
# Heard even from a button on an old message.
ALWAYS_HEARD = {"flag", "happening", "yes", "unsure", "sharp", "stop", "emergency"}


@dataclass(frozen=True, slots=True)
class Event:
    """One thing a person, or the clock, says: a button, a command, words, a hold that ran out."""

    name: str  # the trigger, as the table spells it; or "command", "text", "edited", "caption",
    # "media", "location"
    value: str = ""  # its one argument: which question, technique or rating; which command, with
    # the words behind it; or the words typed
    turn: int | None = None  # the turn it answers; None when it answers none, as a command
    at: int = 0  # when it was said, in seconds since 1970
    because: tuple[str, ...] = ()  # of a flag: the words in which it was read; a button has none
    # What the same words tell, too: boxes of a list, CONDITION, or the number of the day after.
    beside: tuple[str, ...] = ()
    suspects: tuple[str, ...] = ()  # and the questions about other signs that they tell of


@dataclass(frozen=True, slots=True)
class Record:
    """A line for the person's log."""

    what: str  # "answers", "screened", "locked", "statement", "started", "sharp", "finished", ...
    about: str = ""  # ids of rules, with answers, or of the technique; never the person's words
    disposition: str = ""
    edition: str = ""
    rating: int | None = None


@dataclass(frozen=True, slots=True)
class Alarm:
    """A stored future event: at *due* the chat hears *kind*, said to turn *turn*."""

    kind: str
    due: int  # seconds since 1970
    turn: int
    slack: int = 0  # by how many seconds it may come later, when very many are due at once
