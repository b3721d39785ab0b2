"""Questions about one symptom, asked one after the other while each is denied.

"A bit numb" names no place: a no to the question about the seat leads on to the leg, and so does a
no to another sign that was told in the same words.  A fall that was no big knock may be small.
"""

from flows.book import Book
from flows.chat import Chat
from flows.guard.lexicon import Chain
from flows.guard.pieces import stamped


def led_on(chat: Chat, book: Book) -> str:
    """What a no to the sign that is asked about leads on to; empty if to nothing.

    What is asked about is asked to its end before what was told beside it.
    """
    chains = [chain for chain in book.lexicon.chains if is_open(chain, chat)]
    for chain in chains:
        if chat.suspected in chain.asks[:-1] and not is_settled(chain, chat):
            return chain.asks[chain.asks.index(chat.suspected) + 1]
    beside = (chain for chain in chains if chain.told and chat.suspected not in chain.asks)
    with_it = (chain for chain in beside if when(chain.told, chat.told) == newest(chat.told))
    return next((chain.asks[0] for chain in with_it), "")


def is_open(chain: Chain, chat: Chat) -> bool:
    """Whether what *chain* is about was told and not denied since, if it is about what was told."""
    return not chain.told or when(chain.told, chat.told) > when(chain.told, chat.checked)


def is_settled(chain: Chain, chat: Chat) -> bool:
    """Whether the same words said that the first question was about all of it."""
    settled_by, told = chain.settled_by, chain.told
    return bool(settled_by) and when(settled_by, chat.told) == when(told, chat.told)


def led_back(chat: Chat, book: Book) -> str:
    """What was denied before the sign that is asked about now; empty if nothing was."""
    for chain in book.lexicon.chains:
        if chat.suspected in chain.asks[1:]:
            return chain.asks[chain.asks.index(chat.suspected) - 1]
    return ""


def settled(chat: Chat, now: int, book: Book) -> tuple[str, ...]:
    """What was checked of late, as a chat has it, and all that was told of and is denied now."""
    chains = book.lexicon.chains
    done = [chain.told for chain in chains if chain.told and chat.suspected in chain.asks]
    return stamped(chat.checked, done, now)


def newest(kept: tuple[str, ...]) -> int:
    """When the last was told of what is *kept*."""
    return max((int(piece.partition(":")[2]) for piece in kept), default=0)


def when(concept: str, kept: tuple[str, ...]) -> int:
    """When *concept* was told, or checked, of what is *kept* as "NUMB:1800000000"; 0: never."""
    times = (int(at) for name, _, at in (piece.partition(":") for piece in kept) if name == concept)
    return max(times, default=0)
