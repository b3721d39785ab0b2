"""Commands about what lies over the conversation, and about leaving."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flows import between, notes
from flows.chains import in_order, led_on, waiting
from flows.chat import LOCATING, UNSETTLED, WONDERING, Chat
from flows.commands.change import change
from flows.events import CONDITION
from flows.guard.pieces import stamped

if TYPE_CHECKING:
    from flows.turn import Turn


def open_page(turn: Turn) -> None:
    show_page(turn, turn.event.name)


def open_emergency(turn: Turn) -> None:
    show_page(turn, "emergency")


def open_country(turn: Turn) -> None:
    show_page(turn, "country")


def open_card(turn: Turn) -> None:
    show_page(turn, "card")


def open_suspicion(turn: Turn) -> None:
    """What was asked about before it, or told with it, is asked about after it."""
    first = turn.event.value
    ids = (first, *waiting(turn.chat), *turn.event.suspects)
    ask_about(turn, (first, *in_order(ids, turn.book)))
    ask_condition_next(turn)
    show_page(turn, "suspicion")


def ask_next(turn: Turn) -> None:
    """What a no to the sign that is asked about leads on to."""
    ask_about(turn, led_on(turn.chat, turn.event, turn.book))


def ask_about(turn: Turn, ids: tuple[str, ...]) -> None:
    """The first of the signs *ids* is asked about, the others after it.

    If that is left open, it is asked about once more some hours later.
    """
    first, *others = dict.fromkeys(ids)
    at = turn.event.at + turn.book.reminding.ask_hours * 3_600
    change(turn, suspected=first, suspects=tuple(others), ask_at=at)


def ask_again(turn: Turn) -> None:
    """What is suspected was left without an answer."""
    first, *others = waiting(turn.chat)
    pages = tuple(page for page in turn.chat.pages if page != "info")  # about another sign
    change(turn, ask_at=0, suspected=first, suspects=tuple(others), pages=pages)
    show_page(turn, "suspicion")


def ask_condition_next(turn: Turn) -> None:
    """Behind what is asked first lies whether a condition is theirs, told in the same words."""
    if CONDITION in turn.event.beside:
        show_page(turn, CONDITION)


def open_info(turn: Turn) -> None:
    change(turn, suspected=turn.event.value)
    show_page(turn, "info")


def open_doubt(turn: Turn) -> None:
    ask_condition_next(turn)
    show_page(turn, "doubt")


def note_worry(turn: Turn) -> None:
    """When it was asked about; who is asked too often stops listening."""
    change(turn, checked=stamped(turn.chat.checked, (turn.event.value,), turn.event.at))


def ask_the_place(turn: Turn) -> None:
    turn.notice = turn.event.value


def open_puzzle(turn: Turn) -> None:
    show_page(turn, "puzzle")


def open_condition(turn: Turn) -> None:
    show_page(turn, CONDITION)


def open_worries(turn: Turn) -> None:
    show_page(turn, "worries")


def calm(turn: Turn) -> None:
    turn.notice = "afraid"


def comfort(turn: Turn) -> None:
    turn.notice = "in_pain"


def stop_wondering(turn: Turn) -> None:
    pages = turn.chat.pages
    leave_open(turn, tuple(page for page in pages if page not in WONDERING))


def open_topic(turn: Turn) -> None:
    open_named(turn, "topic", instead="region")


def open_region(turn: Turn) -> None:
    open_named(turn, "region", instead="topic")


def open_named(turn: Turn, page: str, instead: str) -> None:
    """One name is kept for both pages: with another, the one under it would be empty."""
    pages = tuple(one for one in turn.chat.pages if one != instead)
    change(turn, topic=turn.event.value, pages=pages)
    show_page(turn, page)


def open_span(turn: Turn) -> None:
    """How much of what has been is to be shown."""
    change(turn, span=turn.event.value)
    show_page(turn, "progress")


def keep_note(turn: Turn) -> None:
    """What is typed for the sheet stays on it, whatever else it means."""
    if between.writes(turn) and between.has_room(turn):
        change(turn, notes=(*turn.chat.notes, notes.flat(turn.words)))


def say_no_room(turn: Turn) -> None:
    turn.notice = "no_room"


def drop_note(turn: Turn) -> None:
    change(turn, notes=notes.without(turn.chat, turn.event.value))


def say_nothing_kept(turn: Turn) -> None:
    close_pages(turn)
    turn.notice = "nothing_kept"


def show_page(turn: Turn, page: str) -> None:
    """The page lies on top; if it was open already, what lay on it is gone.

    But what is to be settled first is not: it comes again when the page is closed.
    """
    pages = turn.chat.pages
    first = pages.index(page) if page in pages else len(pages)
    unsettled = (above for above in pages[first + 1 :] if above in UNSETTLED)
    change(turn, pages=(*pages[:first], *unsettled, page))


def to_settle(chat: Chat) -> tuple[str, ...]:
    """What lies open that is to be settled first."""
    return tuple(page for page in chat.pages if page in UNSETTLED)


def keep_unsettled(turn: Turn) -> None:
    """What is to be settled first stays open, alone."""
    leave_open(turn, to_settle(turn.chat))


def close_page(turn: Turn) -> None:
    leave_open(turn, turn.chat.pages[:-1])


def leave_open(turn: Turn, pages: tuple[str, ...]) -> None:
    """Only *pages* stay open; what no open page is about is forgotten."""
    is_closed = "suspicion" in turn.chat.pages and "suspicion" not in pages
    change(turn, pages=pages)
    if not {"suspicion", "info"} & set(pages):
        change(turn, suspected="")
    if is_closed:
        change(turn, ask_at=0, suspects=())
    if "progress" not in pages:
        change(turn, span="")
    if not {*LOCATING} & set(pages):
        change(turn, wished=())
    if not {"topic", "region"} & set(pages):
        change(turn, topic="")


def close_pages(turn: Turn) -> None:
    leave_open(turn, ())


def leave_pages(turn: Turn) -> None:
    """All pages are closed; a sign that lies open, and was not asked about again yet, will be."""
    before = turn.chat
    close_pages(turn)
    if before.ask_at:
        change(turn, suspects=waiting(before), ask_at=before.ask_at)


def note_country(turn: Turn) -> None:
    change(turn, country=turn.event.value)
    close_places(turn)


def close_places(turn: Turn) -> None:
    pages = turn.chat.pages
    leave_open(turn, tuple(page for page in pages if page not in ("country", "region")))


def note_language(turn: Turn) -> None:
    change(turn, language=turn.event.value)
    close_page(turn)


def switch_pictures(turn: Turn) -> None:
    change(turn, text_only=not turn.chat.text_only)


def switch_sounds(turn: Turn) -> None:
    """Sounds, then none, then not even the buzz of a message, then sounds again."""
    chat = turn.chat
    change(turn, silent=not chat.hushed, hushed=chat.silent and not chat.hushed)


def forget(turn: Turn) -> None:
    """Nothing is left but the language in which that is said."""
    turn.chat = Chat(language=turn.chat.language, turn=turn.chat.turn)


def be_silent(turn: Turn) -> None:
    turn.silent = True
