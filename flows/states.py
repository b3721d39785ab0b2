"""Groups of states, as rows of the table and others speak of them."""

from flows.chat import State as S

UNCONSENTED = [S.NEW, S.AGE, S.UNDER_AGE, S.CONSENT, S.DECLINED, S.WARNED, S.ERASED]
ASKING = [S.SCREENING, S.GATE]
CHOOSING = [S.AREA, S.SPOT, S.TOOL, S.HARDER, S.POSITION, S.BRIEFING]
WALKING = [
    S.STEP, S.HOLDING, S.CHECKING, S.EASED, S.HURT, S.PAUSED, S.INTERRUPTED, S.SWITCHING,
]  # fmt: skip
AFTER = [S.ENDED, S.STOPPED, S.RATING, S.FEELING, S.FINISHED]
SESSION = [*CHOOSING, *WALKING, *AFTER]
GUIDED = [*CHOOSING, *WALKING]  # what is shown here is about a technique
DAY_AFTER = [S.CHECK_IN, S.WEEKLY]
RESTING = [
    S.HOME, S.PASSED, S.NOTHING_FITS, S.REFERRED, S.KNOWN, S.VOUCHING, S.MISREAD, S.ERASING,
    *DAY_AFTER,
]  # fmt: skip
CONSENTED = [*ASKING, *RESTING, *SESSION]
EVERYWHERE = [*UNCONSENTED, *CONSENTED]
AT_REST = [S.HOME, S.PASSED, S.NOTHING_FITS, S.STOPPED, S.ENDED, S.FINISHED]  # nothing is asked
# Nothing is going on here; and in ASKING neither, once they have been away for long.
IDLE = [*AT_REST, *DAY_AFTER]
OPEN = [*IDLE, *ASKING]  # where a reminder can be spoken of
TELLING = [*IDLE, *SESSION, S.GATE]  # where a condition can be told that the list has
