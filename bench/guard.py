"""`make bench-guard`: how long the guard takes to read a message, held against its bars.

The messages are those of the corpus, each read once, by the rules and by what has been learned; and
one of 4,000 characters, made of them.  What counts is the time on the processor, so that whatever
else the machine does weighs little.  Exit code 1: a bar is missed.
"""

import sys
from statistics import median, quantiles
from time import process_time

from data.corpus import read_corpus
from data.learned import read_guard
from data.library import CONTENT, DEFAULT
from flows.guard import Lexicon, read

MEDIAN, P95, LONG = 3.0, 15.0, 200.0  # milliseconds; source: the aims of the guard
LENGTH = 4_000  # characters
EVERY = 4  # of the corpus one message in so many
ROUNDS = 5  # of the long one


def milliseconds(text: str, lexicon: Lexicon) -> float:
    began = process_time()
    read(text, lexicon)
    return 1000 * (process_time() - began)


def main() -> int:
    lexicon = read_guard(CONTENT / DEFAULT)
    texts = [m.text for m in read_corpus(CONTENT / DEFAULT / "corpus").messages][::EVERY]
    milliseconds(texts[0], lexicon)  # what is compiled once is no part of it
    times = [milliseconds(text, lexicon) for text in texts]
    long = ". ".join(texts)[:LENGTH]
    rows = (
        ("median", median(times), MEDIAN),
        ("p95", quantiles(times, n=20)[-1], P95),
        (f"{LENGTH} characters, median of {ROUNDS}", _long(long, lexicon), LONG),
    )
    for name, found, bar in rows:
        missed = "" if found < bar else "  MISSED"
        sys.stdout.write(f"{name:34} {found:8.2f} ms   bar {bar:6.1f} ms{missed}\n")
    sys.stdout.write(f"{len(times)} messages, the slowest {max(times):.1f} ms\n")
    return int(any(found >= bar for _, found, bar in rows))


def _long(text: str, lexicon: Lexicon) -> float:
    return median(milliseconds(text, lexicon) for _ in range(ROUNDS))


if __name__ == "__main__":
    sys.exit(main())
