"""The process itself: asked on its standard input, it answers on its standard output.

A question is a pickle of its number, the maker, as "printing.chart:draw", and the value to make it
of.  The answer is one of the number, the bytes, and why there are none.  Only the bot that started
it can ask.
"""

import os
import pickle
import pkgutil
import signal
import sys
import traceback
from typing import BinaryIO

NICE = 12  # whoever waits for an answer goes first: beside a busy bot this has a fifteenth

Answer = tuple[bytes, str]


def main() -> None:
    """Answer until nobody asks any more."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the bot, which closes our input
    os.nice(NICE)
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what a library prints is no answer
    serve(sys.stdin.buffer, answers)


def serve(questions: BinaryIO, answers: BinaryIO) -> None:
    while True:
        try:
            number, maker, value = pickle.load(questions)  # noqa: S301 - of the bot that started us
        except EOFError:
            return
        pickle.dump((number, *answer(maker, value)), answers)
        answers.flush()


def answer(maker: str, value: object) -> Answer:
    """What *maker* makes of *value*.  An error's own words may hold what a person said."""
    try:
        return pkgutil.resolve_name(maker)(value), ""
    except Exception as error:  # noqa: BLE001 - whatever it is, the next one is made
        last = traceback.extract_tb(error.__traceback__)[-1]
        return b"", f"{type(error).__name__} at {last.filename}:{last.lineno}"


if __name__ == "__main__":
    main()
