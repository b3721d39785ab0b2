"""The signs that are asked about by name, one after the other while each is denied.

All that were told of are, the gravest first.  Some lead on to another one about the same symptom:
"a bit numb" names no place, so a no to the question about the seat leads on to the leg; a fall that
was no big knock may be small.
"""

from collections.abc import Iterable

from flows import course
from flows.book import Book
from flows.chat import Chat, Disposition
from flows.events import Event
from flows.guard.lexicon import Chain


def waiting(chat: Chat) -> tuple[str, ...]:
    """The signs that lie open: the one that is asked about, and those after it or left."""
    return (chat.suspected, *chat.suspects) if "suspicion" in chat.pages else chat.suspects


def led_on(chat: Chat, event: Event, book: Book) -> tuple[str, ...]:
    """What is asked about after the sign that is.

    What is about somebody else is not asked about to its end.
    """
    chain = chain_of(chat.suspected, book)
    if event.name == "not_so" or chain is None:
        return chat.suspects
    return tuple(id for id in chat.suspects if id not in chain.asks)


def led_back(chat: Chat, book: Book) -> str:
    """What was denied before the sign that is asked about now; empty if nothing was."""
    chain = chain_of(chat.suspected, book)
    if chain is None or chat.suspected == chain.asks[0]:
        return ""
    return chain.asks[chain.asks.index(chat.suspected) - 1]


def to_the_end(ids: Iterable[str], told: tuple[str, ...], book: Book) -> tuple[str, ...]:
    """*ids*, each with what a no to it leads on to, where all this was *told*."""
    return tuple(one for id in ids for one in (id, *after(id, told, book)))


def after(id: str, told: tuple[str, ...], book: Book) -> tuple[str, ...]:
    """What a no to *id* leads on to."""
    chain = chain_of(id, book)
    if chain is None or (chain.told and not is_open(chain, told)):
        return ()
    return chain.asks[chain.asks.index(id) + 1 :]


def is_open(chain: Chain, told: tuple[str, ...]) -> bool:
    """Whether what *chain* is about was *told*, and the same words did not name the first of it."""
    at = when(chain.told, told)
    return at > 0 and when(chain.settled_by, told) != at


def in_order(ids: Iterable[str], book: Book) -> tuple[str, ...]:
    """*ids*, the gravest first; what one of them leads on to stays behind it."""
    given = tuple(ids)

    def gravity(id: str) -> tuple[Disposition, Disposition]:
        chain = chain_of(id, book)
        first = chain.asks[0] if chain else id
        return course.gravity(first if first in given else id, book)

    return tuple(sorted(given, key=gravity, reverse=True))


def chain_of(id: str, book: Book) -> Chain | None:
    return next((chain for chain in book.lexicon.chains if id in chain.asks), None)


def when(concept: str, kept: tuple[str, ...]) -> int:
    """When *concept* was told, of what is *kept* as "NUMB:1800000000"; 0: never."""
    times = (int(at) for name, _, at in (piece.partition(":") for piece in kept) if name == concept)
    return max(times, default=0)
