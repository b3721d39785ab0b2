"""THE GUARD: what a person types is read for red flags, before anything else.

words     a text as plain words            cues      what is denied, supposed, past, of others
spelling  unknown words mended             verdict   how far that lowers a match
terms     where terms occur                subject  of whom a match speaks
rules     which rules match                case     a match among its cues
pieces    what is told over some messages  read     all of it, in order
denial    what only denies, and needs no check
reading   what comes out
"""

from flows.guard.lexicon import Lexicon, compile_lexicon
from flows.guard.read import LEARNED, read
from flows.guard.reading import Hit, Reading, Tier

__all__ = ["LEARNED", "Hit", "Lexicon", "Reading", "Tier", "compile_lexicon", "read"]
