"""Questions about one symptom, asked one after the other while each is denied.

"A bit numb" names no place: a no to the question about the seat leads on to the leg, and so does a
no to another sign that was told in the same words.
"""

from flows.book import Book
from flows.chat import Chat
from flows.guard.pieces import stamped


def led_on(chat: Chat, book: Book) -> str:
    """What a no to the sign that is asked about leads on to; empty if to nothing."""
    for chain in book.lexicon.chains:
        told = when(chain.told, chat.told)
        if not told or told <= when(chain.told, chat.checked):
            continue
        if chat.suspected not in chain.asks:
            if told == newest(chat.told):  # with the sign that is asked about
                return chain.asks[0]
        elif when(chain.settled_by, chat.told) != told and chat.suspected != chain.asks[-1]:
            return chain.asks[chain.asks.index(chat.suspected) + 1]
    return ""


def led_back(chat: Chat, book: Book) -> str:
    """What was denied before the sign that is asked about now; empty if nothing was."""
    for chain in book.lexicon.chains:
        if chat.suspected in chain.asks[1:]:
            return chain.asks[chain.asks.index(chat.suspected) - 1]
    return ""


def settled(chat: Chat, now: int, book: Book) -> tuple[str, ...]:
    """What was checked of late, as a chat has it, and all that was told of and is denied now."""
    done = [chain.told for chain in book.lexicon.chains if chat.suspected in chain.asks]
    return stamped(chat.checked, done, now)


def newest(kept: tuple[str, ...]) -> int:
    """When the last was told of what is *kept*."""
    return max((int(piece.partition(":")[2]) for piece in kept), default=0)


def when(concept: str, kept: tuple[str, ...]) -> int:
    """When *concept* was told, or checked, of what is *kept* as "NUMB:1800000000"; 0: never."""
    times = (int(at) for name, _, at in (piece.partition(":") for piece in kept) if name == concept)
    return max(times, default=0)
