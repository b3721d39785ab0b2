"""`python -m training.score FILE`: how much of a file of messages is heard, in figures alone.

The file has the columns of the corpus.  Nothing of what it says is shown, so that a blind set
stays blind.
"""

import sys
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

from data.corpus import CAUDA_EQUINA, FLAGGED, Message, read_messages
from data.learned import read_guard
from data.library import CONTENT, DEFAULT
from flows.guard import Lexicon, Tier, read

GROUPS: dict[str, Callable[[Message], bool]] = {
    "all flags": lambda m: bool(m.flags),
    "cauda equina": lambda m: not CAUDA_EQUINA.isdisjoint(m.flags),
    "said directly": lambda m: m.kind in FLAGGED and m.kind != "indirect",
    "said indirectly": lambda m: m.kind == "indirect",
    "ordinary chat": lambda m: m.kind == "chat",
    "no flag, other": lambda m: not m.flags and m.kind != "chat",
}


def table(messages: list[Message], lexicon: Lexicon) -> Iterator[str]:
    """A line for each group: how many, and the share of each tier."""
    tiers = [(message, read(message.text, lexicon).tier) for message in messages]
    yield f"{'':16}{'n':>6}{'alert':>8}{'ask':>8}{'check':>8}{'a+a':>8}{'any':>8}"
    names = GROUPS | {f: (lambda m, f=f: f in m.flags) for m in messages for f in m.flags}
    for name, belongs in names.items():
        found = Counter(tier for message, tier in tiers if belongs(message))
        size = sum(found.values()) or 1
        alert, ask, check = (found[t] / size for t in (Tier.ALERT, Tier.ASK, Tier.CHECK))
        shares = (alert, ask, check, alert + ask, alert + ask + check)
        yield f"{name:16}{sum(found.values()):6}" + "".join(f"{x:8.3f}" for x in shares)


if __name__ == "__main__":
    for line in table(read_messages(Path(sys.argv[1])), read_guard(CONTENT / DEFAULT)):
        sys.stdout.write(f"{line}\n")
