"""Each text is read once: what it says never changes, and tests say the same things often."""

from functools import cache

from flows import typed
from flows.faq import found
from flows.guard import Lexicon, Reading, read

Told = tuple[str, ...]  # pieces of what was said before


def remember() -> None:
    """From here on, in this process."""
    readings: dict[tuple[int, str, Told], tuple[Lexicon, Reading]] = {}

    def remembered(text: str, lexicon: Lexicon, before: Told = ()) -> Reading:
        key = (id(lexicon), text, before)
        if key not in readings:  # the lexicon is kept with it, so that its id is not used again
            readings[key] = lexicon, read(text, lexicon, before)
        return readings[key][1]

    vars(typed)["read"] = remembered
    vars(typed)["found"] = cache(found)
