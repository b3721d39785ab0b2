"""What the guard says about a text, as plain values."""

from dataclasses import dataclass
from enum import IntEnum


class Tier(IntEnum):
    """How strongly a text speaks for a red flag."""

    NONE = 0  # nothing, or a clear no
    INFO = 1  # about it, but not about the person now: a question, a story, long over
    CHECK = 2  # perhaps: what only sounds so to the learned reader, and fear
    ASK = 3  # one closed question settles it
    ALERT = 4  # said, and decisive


SUPPOSED = "supposed"  # how the cue of a hit begins that is only asked or supposed
ANOTHER, STRANGER = "another", "of whom"  # and of one that is said of somebody or something else


@dataclass(frozen=True, slots=True)
class Hit:
    """A rule that matched."""

    question: str  # the id of the screening question that it stands for
    tier: Tier  # NONE when the text denies it
    rule: str
    evidence: tuple[str, ...]  # the words that matched, concept by concept
    weak: bool = False  # a hint or put together: gives way to a plain answer
    cue: str = ""  # what lowered the tier, as "denied: no"; empty when nothing did


@dataclass(frozen=True, slots=True)
class Reading:
    """All that was read in one text."""

    hits: tuple[Hit, ...] = ()  # the strongest first, at most one for each question
    mends: tuple[tuple[str, str], ...] = ()  # misspelled words, and what they were read as
    pieces: tuple[str, ...] = ()  # concepts said of the person now, to be put together with others

    @property
    def tier(self) -> Tier:
        return max((hit.tier for hit in self.hits), default=Tier.NONE)
