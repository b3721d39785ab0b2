"""What holds in every conversation: a rule looks at one thing that can happen, and asserts.

safety     the promises of the design, with their numbers
consent    what begins only with consent, and what long silence comes to
ways       where each thing that is said leads
reminders  what the clock says, and what a lock cancels
past       what has been: who may see it, and which words are kept
screens    what holds of a chat by itself, and of the screen that it shows

`test_safety.py` puts them to every reachable chat, and `mutants.py` puts them to tables
that lack a row or a guard.
"""

from collections.abc import Callable
from types import ModuleType

from flows import Chat, Screen
from flows.book import Book
from flows.explore import Arc
from tests.rules import consent, past, reminders, safety, screens, ways

Rule = Callable[[Arc, Book], None]
ChatRule = Callable[[Chat, Screen, Book], None]


def of(room: ModuleType) -> list[Callable[..., None]]:
    """The rules in *room*: all of its own functions whose names say something to the reader."""
    return [
        rule
        for name, rule in vars(room).items()
        if callable(rule) and getattr(rule, "__module__", "") == room.__name__ and name[0] != "_"
    ]


RULES: tuple[Rule, ...] = (*of(safety), *of(consent), *of(reminders), *of(ways), *of(past))
CHAT_RULES: tuple[ChatRule, ...] = tuple(of(screens))
