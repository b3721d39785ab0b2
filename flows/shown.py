"""What is shown and heard beside a text: ids of pictures, films and sounds.

`data/media.py` knows the file behind an id.  A picture belongs to a technique, a step and a
side, and to no language; a sound belongs to a language and a length.
"""

from dataclasses import replace
from typing import NamedTuple

from flows import offer
from flows.between_screens import span_shown
from flows.book import Book, Step, Technique
from flows.chat import Chat, Side, State
from flows.screen import Made

SPOTS = "map.spots"  # where it can be tight, numbered as the buttons are
WALK = (
    State.STEP, State.HOLDING, State.CHECKING, State.EASED, State.PAUSED, State.INTERRUPTED,
)  # fmt: skip

# What is made for a page out of what is kept about the person.
MADE = {"export": Made("export"), "summary": Made("sheet"), "summary_text": Made("sheet.words"),
        "summary_data": Made("sheet.data")}  # fmt: skip
IN_WORDS = {"progress": "progress.words"}  # of what is but a picture


class Beside(NamedTuple):
    """What stands beside a text, in the words of `Screen`."""

    picture: str = ""
    alt: str = ""
    sound: str = ""
    soon: tuple[str, ...] = ()
    made: Made | None = None


def beside(chat: Chat, book: Book) -> Beside:
    """What *chat* shows now beside its text, as far as the person wants it."""
    shown = page(chat, book) if chat.page else state(chat, book)
    if chat.silent:
        shown = shown._replace(sound="")
    if not chat.text_only:
        return shown
    made = shown.made and replace(shown.made, kind=IN_WORDS.get(shown.made.kind, shown.made.kind))
    return Beside(sound=shown.sound, made=made)


def is_hushed(chat: Chat) -> bool:
    """Whether the phone is to stay still: on the way through a walkthrough, and nowhere else."""
    return chat.hushed and chat.state in WALK and not chat.pages


def page(chat: Chat, book: Book) -> Beside:
    if chat.page == "progress":
        return Beside(made=Made("progress", span_shown(chat, book)))
    if chat.page in MADE:
        return Beside(made=MADE[chat.page])
    topic = book.topics.get(chat.topic) if chat.page == "topic" else None
    return Beside(topic.picture, topic.alt) if topic else Beside()


def state(chat: Chat, book: Book) -> Beside:
    match chat.state:
        case State.SPOT:
            return Beside(SPOTS, book.texts["spot.alt"])
        case State.BRIEFING:
            technique = book.techniques[chat.technique]
            return Beside(setup(technique), technique.alt)
        case now if now in WALK:
            return walk(chat, book)
    return Beside()


def walk(chat: Chat, book: Book) -> Beside:
    """A step: how to do it, how to hold it, or how to let go."""
    technique = book.techniques[chat.technique]
    step = offer.steps(technique, chat, book)[chat.place]
    letting_go = technique.steps[-1]
    release = still(technique, letting_go, chat.side)
    if chat.state is State.CHECKING:
        return Beside(release, alt(letting_go, chat, book))
    if chat.state is not State.HOLDING:
        soon = (held(technique, step, chat.side),) if step.hold else ()
        return Beside(still(technique, step, chat.side), alt(step, chat, book), "", soon)
    begins = chat.hold_turn == chat.turn  # a sound that starts later would run on past the end
    heard = sound(book, step.hold, other_side=is_last_of_first(chat, book)) if begins else ""
    return Beside(held(technique, step, chat.side), alt(step, chat, book), heard, (release,))


def is_last_of_first(chat: Chat, book: Book) -> bool:
    """Whether this is the last hold before the other side."""
    steps = offer.steps(book.techniques[chat.technique], chat, book)
    return not chat.second and not any(step.hold for step in steps[chat.place + 1 :])


def alt(step: Step, chat: Chat, book: Book) -> str:
    side, other = book.side(chat.side).lower(), book.side(chat.side.other).lower()
    return step.alt.format(side=side, other=other, tool=book.tools[chat.tool].lower())


def setup(technique: Technique) -> str:
    """What shows the whole of *technique*, and where to press and where never."""
    return f"{technique.id}.setup"


def still(technique: Technique, step: Step, side: Side) -> str:
    """What shows how to do *step*."""
    return f"{technique.id}.{step.picture}.{side.value}"


def held(technique: Technique, step: Step, side: Side) -> str:
    """What runs while *step* is held: as long as the hold."""
    return f"{technique.id}.{step.picture}.{step.hold}.{side.value}"


def sound(book: Book, seconds: int, *, other_side: bool) -> str:
    """What is heard in a hold; *other_side* says that the other side comes next.

    Tones are the same in every language; a book that has nothing to say aloud has them alone.
    """
    if not book.speech:
        return f"hold.{seconds}.tones"
    return f"hold.{seconds}.{'other' if other_side else 'this'}.{book.language}"
