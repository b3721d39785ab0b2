"""What typed words mean where the chat stands.

Red flags are listened for first, whatever was asked; then for pain in a walkthrough.  Then
the words are taken as the button they name.  What is left over is answered, and changes
nothing.
"""

from dataclasses import replace
from typing import NamedTuple

from flows import agreement
from flows.answers import (
    answer,
    elsewhere,
    is_denied,
    is_elsewhere,
    is_minor,
    is_to_be_asked_again,
    was_elsewhere,
)
from flows.beside import is_nothing_else, with_its_cry, with_its_number, with_the_rest
from flows.book import CRISIS, SEVERE, Book
from flows.chains import to_the_end
from flows.chat import LOCATING, Chat, Disposition, State
from flows.corrections import corrected, how_severe
from flows.course import is_crisis
from flows.cries import CRIES, call_for_help, cried, is_alarming, is_at_ease
from flows.denials import may_be_a_no
from flows.events import CONDITION, Event
from flows.guard import Hit, Reading, Tier, read
from flows.guard.pieces import concepts, recalled, stamped
from flows.naming import (
    Buttons,
    button,
    labelled,
    names_of,
    number,
    ticked,
    told_boxes,
    told_condition,
)
from flows.phrases import first_part, has, holds, made_of, plain
from flows.screen import Button
from flows.screens import asked_in_words, buttons
from flows.signs import alarms, asked, flagged, matters, means_it
from flows.states import CONSENTED, WALKING
from flows.unclear import is_over, met, unclear
from flows.unmet import EXPECTING, is_awaited, is_short, unmet
from flows.wishes import SETTING, is_a_wish, is_first_wish, nothing_to_stop, with_an_answer
from flows.worries import CHECKED, is_afraid, is_grave, is_just_asked, worry

GROWN_UP = (*CONSENTED, State.CONSENT, State.DECLINED)  # where the age has been asked
# Whatever they are said with.
PLAINLY = (*CRIES, "emergency", "live", "zone", "pause", "been", "not_yet")
QUESTIONS = ("suspect", "doubt", "fear", "inform", "puzzle")  # that are asked back


class Meant(NamedTuple):
    """What words stand for, and what is kept of them for a while."""

    event: Event
    notice: str = ""  # said above the screen, if they stand for nothing
    pieces: tuple[str, ...] = ()  # concepts, to be put together with what is said next


def understood(chat: Chat, event: Event, book: Book) -> Meant:
    """The event that the words of *event* stand for."""
    shown = buttons(chat, book) if event.name == "text" else ()
    same = labelled(event.value, shown, chat, book)
    if same:  # a button's own words, typed, are that button
        return Meant(Event(same.event, same.value, chat.turn, event.at))
    before = recalled(chat.told, book.numbers.told_since(event.at))
    reading = read(event.value, book.lexicon, concepts(before))
    meant, notice = taken(chat, event, reading, shown, book)
    if event.name == "text":
        told = stamped(before, reading.pieces, event.at)
        meant = with_what_follows(meant, told, book)
        if meant.name == "suspect":
            meant = with_its_cry(chat, meant, event.value, book)
        meant = with_the_rest(chat, meant, event.value, shown, book)
        if meant.name in QUESTIONS:
            meant = with_its_number(chat, meant, event.value, shown, book)
    if meant.name in QUESTIONS and is_told_to_go(chat, meant, book):
        writes = event.name == "text" and chat.page == "add_note"
        if meant.name == "fear" and not chat.pages and chat.state is State.REFERRED:
            return Meant(Event("unknown", at=event.at), unclear(chat, event.value, book))
        return Meant(Event("note" if writes else "start", at=event.at), pieces=reading.pieces)
    if meant.name == "unknown" and reading.pieces and chat.state in CONSENTED:
        meant = Event("told", at=event.at)  # it stands for nothing yet
    return Meant(meant, notice, reading.pieces)


def with_what_follows(meant: Event, told: tuple[str, ...], book: Book) -> Event:
    """*meant*, with what a no to each sign that is to be asked about leads on to."""
    first = (meant.value,) if meant.name == "suspect" else ()
    signs = to_the_end((*first, *meant.suspects), told, book)
    return replace(meant, suspects=signs[len(first) :])


def is_told_to_go(chat: Chat, meant: Event, book: Book) -> bool:
    """Whether they are told to get care now: nothing covers that but a thought of ending it."""
    if is_crisis(meant.value, book):
        return False
    return chat.lock is not None and chat.lock.disposition is Disposition.EMERGENCY


def located(chat: Chat, event: Event) -> Meant:
    """What a location that somebody sends stands for: its clock, where one asks for that."""
    if event.value and chat.page in LOCATING:
        return Meant(Event("zone", event.value, chat.turn, event.at))
    return Meant(Event("unknown", at=event.at), "location")


def taken(
    chat: Chat, event: Event, reading: Reading, shown: Buttons, book: Book
) -> tuple[Event, str]:
    """What *event*, read as *reading*, stands for; and the notice if it stands for nothing."""
    said, is_text = event.value, event.name == "text"
    hits = [hit for hit in reading.hits if matters(hit, chat, book)]
    if is_text and hits and is_denied(said, chat, book):
        hits = alarms(said, hits, book)
    if first := at_once(chat, event, hits, book):
        return first
    asked_for = ticked(said, shown, chat, book) or number(said, shown, chat, book)
    meant = asked_for or called(event, shown, chat, book)
    plainly = meant is not None and is_answer(chat, meant, said, book)
    asked_of = asked_about(chat, asked_for, book)
    if any(not yields(hit, asked_of, plainly=plainly) for hit in hits):
        return flagged(chat, hits, event, book)
    if not plainly and is_afraid(chat, reading):
        return Event("fear", at=event.at), ""
    topic = worry(chat, reading, event.at, book)
    if is_text and not (meant or hits) and is_nothing_else(chat, said, book):
        return Event(CONDITION, at=event.at), ""
    hurts = meant is not None and meant.event == "sharp" and chat.state in WALKING
    if hurts and topic and is_grave(reading, book):
        return Event("doubt_sharp", topic, at=event.at), ""
    if meant and (plainly or not topic):
        return pressed(chat, meant, event)
    if is_text and not hits and (fits := fitting(chat, event, topic, shown, book)):
        return fits
    if topic and is_text and is_asked_once_more(chat, said, reading, book):
        return Event("unknown", at=event.at), unclear(chat, said, book)
    if topic and not (is_text and is_awaited(chat, said, reading, book)):
        is_second = chat.page in CHECKED  # then all signs are shown
        return Event("look" if is_second else "doubt", topic, at=event.at), ""
    if not is_text:
        return Event("unknown", at=event.at), event.name
    return unmet(chat, reading, event, book)


def pressed(chat: Chat, meant: Button, event: Event) -> tuple[Event, str]:
    """What the button *meant* does, unless it is done already."""
    if meant.value in chat.toggled:
        return Event("unknown", at=event.at), "ticked_already"
    if meant.event == "turn_off" and (notice := nothing_to_stop(chat)):
        return Event("unknown", at=event.at), notice
    return Event(meant.event, meant.value, chat.turn, event.at), ""


def at_once(chat: Chat, event: Event, hits: list[Hit], book: Book) -> tuple[Event, str] | None:
    """What gives way to nothing else: an alarm, what a question sets apart, an age under 18."""
    if event.name == "text" and means_it(chat, event.value, book):
        return Event("flag", book.questions[CRISIS].follow_ups[-1], at=event.at), ""
    if any(hit.tier > Tier.ASK for hit in hits):
        return flagged(chat, hits, event, book)
    if event.name != "text":
        return None
    if notice := set_apart(chat, event.value, hits, book):
        return Event("unknown", at=event.at), notice
    if place := told_elsewhere(chat, event.value, hits, book):
        return Event("elsewhere", place, at=event.at), ""
    if chat.state in GROWN_UP and is_minor(event.value, book):
        return Event("under_age", at=event.at), ""
    return None


def set_apart(chat: Chat, said: str, hits: list[Hit], book: Book) -> str:
    """What is answered to what the question sets apart: sore muscles are no signs in both legs.

    A yes counts as one if it says anything else, or that it is of late.
    """
    id, words = asked_in_words(chat, book), plain(said)
    phrases = book.words.get(f"apart.{id}", ())
    about_else = any(hit.question != id and not hit.weak for hit in hits)
    if not phrases or about_else or not holds(words, phrases):
        return ""
    is_plain = bool(made_of(words, phrases, book.words["yes"] + book.words["about_apart"]))
    more = book.words["of_late"] + book.words.get(f"yes.{id}", ())
    says_more = has(said, more, book.words["not"], ())  # "but not one calf" says no more
    answers = {answer(said, chat, book), answer(first_part(said)[0], chat, book)} - {""}
    return "" if (answers or says_more) and not is_plain else f"apart.{id}"


def told_elsewhere(chat: Chat, said: str, hits: list[Hit], book: Book) -> str:
    """The notice for what names only a place that is not asked about, and tells of nothing else."""
    notice = elsewhere(chat, book)
    about_else = any(notice != f"elsewhere.{hit.question}" and not hit.weak for hit in hits)
    if about_else or was_elsewhere(chat, book) or not is_elsewhere(said, chat, book):
        return ""
    return notice


def fitting(
    chat: Chat, event: Event, topic: str, shown: Buttons, book: Book
) -> tuple[Event, str] | None:
    """What words stand for that name no button, but fit what goes on here."""
    if is_at_ease(chat, event.value, shown, book):
        return Event("unknown", at=event.at), "at_ease"
    if is_over(chat, event.value, book):
        return Event("unknown", at=event.at), "pain_over"
    if is_alarming(chat, event.value, book):
        return Event("fear", at=event.at), ""
    if not topic and chat.page == "add_note":
        return Event("note", at=event.at), ""
    if notice := met(chat, event.value, book):
        return Event("unknown", at=event.at), notice
    for wish in (with_an_answer(chat, event, book), event):
        if is_a_wish(chat, wish, book):  # every word of it is about when
            return Event("wish", wish.value, chat.turn, event.at), ""
    if is_first_wish(chat, event.value, book):
        return Event("first_wish", event.value, chat.turn, event.at), ""
    return None


def asked_about(chat: Chat, asked_for: Button | None, book: Book) -> tuple[str, ...] | None:
    """The questions that an answer which is asked for settles: a tick all, a number its own."""
    if asked_for is None:
        return ()
    id = asked_in_words(chat, book)
    return (id, SEVERE) if asked_for.event == "rate" else None


def yields(hit: Hit, settled: tuple[str, ...] | None, *, plainly: bool) -> bool:
    """Whether *hit* gives way to what is *settled* (None: all), or, a mere hint, to an answer."""
    about_it = settled is None or hit.question in settled
    return hit.tier is Tier.ASK and (about_it or (plainly and hit.weak))


def is_answer(chat: Chat, meant: Button, said: str, book: Book) -> bool:
    """Whether *said* is an answer to what is asked, a cry, or surely nothing else."""
    asked_now = chat.state in EXPECTING and not chat.pages
    word_for_word = any(plain(said) in names for names in names_of(meant, chat, book))
    return asked_now or meant.event in PLAINLY or is_short(said) or word_for_word


def called(event: Event, shown: Buttons, chat: Chat, book: Book) -> Button | None:
    """What typed words cry, or the button that they name."""
    if event.name != "text":
        return None
    said = event.value
    if chat.page == CONDITION and told_condition(said, chat, book):  # once more: it is so
        return next((button for button in shown if button.event == "screen"), None)
    if severity := how_severe(chat, said, shown, book):
        return severity
    if taken_back := corrected(chat, event, book):
        return taken_back
    named = cried(chat, said, book) or button(said, shown, chat, book)
    if named:
        return named
    told = told_boxes(said, shown, chat, book)
    return told[0] if told else call_for_help(said, book)


def is_asked_once_more(chat: Chat, said: str, reading: Reading, book: Book) -> bool:
    """Whether *said* is about what is asked here: no plain answer to it, or a word about when."""
    id = asked(chat, book)
    if id and (is_to_be_asked_again(said, id, chat, book) or may_be_a_no(said, book)):
        return True
    about_when = chat.page in SETTING and agreement.tells_when(said, book)
    return about_when or is_just_asked(chat, reading, book)
