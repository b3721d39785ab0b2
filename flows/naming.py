"""Which button typed words name on the screen that is shown.

What opens something, a "no" to a warning sign or a "yes" to a doctor's leave, counts only
when it is said plainly, and nothing else with it.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

from flows.agreement import REMINDED
from flows.answers import answering, numbers_of
from flows.book import GERMS, Book
from flows.chat import LOCATING, Chat, State
from flows.course import YES_OR_NO
from flows.guard.spelling import mended
from flows.phrases import (
    LONGEST,
    Phrases,
    anywhere,
    begins,
    first_part,
    following,
    holds,
    is_drawn,
    made_of,
    plain,
    plain_label,
    sentences,
    worst_number,
)
from flows.reminders.cities import Clock, clocks_of, parted, zones_told
from flows.screen import Button
from flows.states import AT_REST, DAY_AFTER, WALKING

COMMANDS = (
    "emergency", "stop", "help", "home", "start", "learn", "settings", "privacy", "session",
    "reminders", "turn_off", "turn_on", "skip_next", "set_pause", "plan",
    "progress", "summary", "export", "wrong_side", "hurts",
)  # fmt: skip
CHOICES = ("area", "tool", "technique", "left", "right")  # of which one alone may be meant
# What may open something, or close what warns, is named in full: no "I think" about it.
PLAIN = (
    "none", "agree", "confirm", "fine", "known", "long_known", "vouch", "misread", "agreed",
    "not_so", "not_about_me", "back",
)  # fmt: skip
NOES = ("no", "none", "not_so", "carry_on")  # what says of a warning sign that it is not there
ONWARD = ("resume", "hold", "other_side")  # "can I go on?" is no wish to
Buttons = Sequence[Button]  # those on the screen of the chat
CALLING = (State.REFERRED, State.WARNED)  # where a number to call may stand
MOVING = ("", "reminders", *REMINDED)  # and where they may tell that they move
# No page, and those that only tell, or remind.
TOLD = (
    "", "help", "privacy", "learn", "topic", "settings", "plan", "progress", "reminders", *REMINDED,
)  # fmt: skip


def pressable(said: str, shown: Buttons, chat: Chat, book: Book) -> list[Button]:
    """The buttons among those *shown* that *said* may press.

    Words untick nothing, and say no "none" beside a tick; what is asked back opens nothing.  A
    picture that goes with no no makes it none: "no 🤷".
    """
    shut = {"none"} if chat.toggled else set()
    if "?" in said:
        shut |= {*PLAIN, *ONWARD, "no"}
    if chat.state is not State.AGE and is_drawn(said, book.words["smiles"]):
        shut |= {*NOES}
    if begins(plain(said), book.words["explains"], ()):  # "what is the piriformis"
        shut |= {*CHOICES}
    if chat.state is State.HURT and not says_it_is_gone(said, book):
        shut.add("resume")
    return [
        button for button in shown
        if button.event not in shut
        and not (button.event == "toggle" and button.value in chat.toggled)
    ]  # fmt: skip


def says_it_is_gone(said: str, book: Book) -> bool:
    """Whether *said* is that sharp pain has gone, or a wish to go on; an "ok" is neither."""
    return bool(made_of(plain(said), book.words["pain_gone"], book.words["filler"]))


def labelled(said: str, shown: Buttons, chat: Chat, book: Book) -> Button | None:
    """The button among those *shown* whose label *said* is, word for word."""
    words = plain(said)
    if not words or "?" in said:
        return None
    same = (
        b
        for b in pressable(said, shown, chat, book)
        if b.event != "rate" and plain_label(b.label) == words
    )
    return next(same, None)


def ticked(said: str, shown: Buttons, chat: Chat, book: Book) -> Button | None:
    """The box of a checklist that *said* names, ticked already or not."""
    boxes = [button for button in shown if button.event == "toggle"]
    return named(plain(said), boxes, chat, book) if boxes else None


def told_boxes(said: str, shown: Buttons, chat: Chat, book: Book) -> list[Button]:
    """The boxes of a checklist that *said* speaks of, whatever else it says: "on warfarin now".

    Not those that are ticked, nor what is denied in the same breath: "no blood thinners, but
    steroids".
    """
    boxes = [button for button in shown if button.event == "toggle"]
    if not boxes or chat.pages or "?" in said:
        return []
    told, words, filler = affirmed(said, book), plain(said), book.words["filler"]
    return [
        box for box in boxes
        if box.value not in chat.toggled
        and any(names and (made_of(words, names, filler)
                           or any(tells_of(one, names, box.value, book) for one in told))
                for names in names_of(box, chat, book))
    ]  # fmt: skip


def told_condition(said: str, chat: Chat, book: Book, asked: str = "") -> bool:
    """Whether *said* tells of a condition that was not ticked: of the list, or GERMS.

    GERMS is no sign of today, which the guard would ask about, but a yes to it closes the guide, so
    all questions are asked again.  Not of one that has the very words of the question that is
    *asked* about it.
    """
    asking, filler = book.words["asking_back"], book.words["filler"]
    pieces = [sentence for sentence in sentences(said) if sentence]
    if "?" in said:
        pieces = pieces[:-1]  # "I take warfarin, is that ok?"
    told = [one for piece in pieces for one in affirmed(piece, book)
            if not begins(one, asking, filler)]  # fmt: skip
    told += [mended(one, book.lexicon.spelling) for one in told]
    return any(
        names and tells_of(one, names, id, book)
        for id, names in names_of_conditions(book).items()
        if id not in chat.conditions and asks_of(id, book) != asked
        for one in told
    )


@lru_cache(maxsize=4)  # a book each
def names_of_conditions(book: Book) -> dict[str, Phrases]:
    """What people call each condition of the list, and GERMS, but for what is only so today."""
    of_today = book.words["of_today"]
    return {
        id: tuple(name for name in book.words.get(f"toggle:{id}", ()) if name not in of_today)
        for id in (*book.conditions, GERMS)
    }


def asks_of(id: str, book: Book) -> str:
    """The question about the condition *id*, or GERMS."""
    return book.questions[id].ask if id == GERMS else book.conditions[id].ask


def tells_of(words: str, names: Phrases, id: str, book: Book) -> bool:
    """Whether *words* hold one of *names* of the box *id*: no baby is in "a baby aspirin"."""
    others = book.words.get(f"harmless.{id}", ())
    return holds(anywhere(others).sub("", words) if others else words, names)


def affirmed(said: str, book: Book) -> list[str]:
    """*said* in pieces that each say one thing, without those that deny it."""
    joins = anywhere(book.words["joins"])
    parts = (part for sentence in sentences(said) for part in joins.split(sentence))
    return [part for part in parts if not holds(part, book.words["denies"])]


def number(said: str, shown: Buttons, chat: Chat, book: Book) -> Button | None:
    """The number from 0 to 10 that *said* is, where one is asked for."""
    here = pressable(said, shown, chat, book)
    rates = {button.value: button for button in here if button.event == "rate"}
    if not rates:
        return None
    if len(re.findall(r"\d+", said)) > 1 and holds(plain(said), book.words["once"]):
        return None  # one of them may be of before: "it was 8, now 2"
    around = book.words["around"] + book.words["slips"] + book.words["filler"]
    worst = worst_number(said, numbers_of(rates, book), around, book.words["scale"])
    return None if worst is None else rates[str(worst)]


def button(said: str, shown: Buttons, chat: Chat, book: Book) -> Button | None:
    """The button among those *shown* that *said* names, or a command, or nothing."""
    words, screen = plain(said), chat.page or chat.state.value
    here = pressable(said, shown, chat, book)
    if ends_list(words, shown, book):  # "no more" is no wish to stop there
        return named(words, here, chat, book)
    return (
        place(chat, said, book)
        or command(words, f"{screen}.", chat, book)
        or named(words, here, chat, book)
        or answering(said, here, chat, book)
        or mentioned(words, here, chat, book)
        or command(words, "", chat, book)
    )


def ends_list(words: str, shown: Buttons, book: Book) -> bool:
    """Whether *words* say that nothing more is to be ticked, where a list is."""
    is_list = any(button.event == "toggle" for button in shown)
    return is_list and bool(made_of(words, book.words["done"], book.words["filler"]))


def place(chat: Chat, said: str, book: Book) -> Button | None:
    """The country or the city that *said* names, where one is asked for, or whoever moves tells."""
    ways = dict.fromkeys((plain(said), first_part(said)[0]))  # "Peru, near Lima"
    if chat.page in LOCATING:
        return clock_of((*moved_to(said, book), *ways), said, chat, book)
    if chat.page in ("country", "region"):
        *_, last = ["", *filter(None, sentences(said))]
        return country_of((*ways, last), book)  # "I live in Leeds, UK"
    if chat.page == "emergency" or chat.state in CALLING:
        return country_of(moved_to(said, book), book)
    goes_by_one = chat.reminder is not None and chat.reminder.rule.on
    if chat.state in AT_REST and chat.page in MOVING and goes_by_one:
        return clock_of(moved_to(said, book), said, chat, book)
    return None


def clock_of(ways: Iterable[str], said: str, chat: Chat, book: Book) -> Button | None:
    """The clock of the city that *ways* to read what was said name.

    Who tells a region or a country, too, means no city of that name elsewhere: "Portland, Maine".
    """
    there = tuple(clock.zone for clock in clocks_behind(said, book))
    for words in ways:
        found = in_country(words, book) or zones_told(words, book.clocks, chat.country)
        found = tuple(zone for zone in found if zone in there) if there else found
        if found:
            return Button(said, "zone", found[0])
        if parted(words, book.clocks)[1]:
            return None
    is_known = chat.page in LOCATING and len(there) == 1
    return Button(said, "zone", there[0]) if is_known else None


def clocks_behind(said: str, book: Book) -> tuple[Clock, ...]:
    """The clocks of the country that *said* ends with, apart: "Perth, UK"; a region is none."""
    pieces = [piece for piece in sentences(said) if piece]
    country = country_of(pieces[-1:], book) if len(pieces) > 1 else None
    is_region = bool(parted(said, book.clocks)[1])  # "Atlanta, Georgia"
    return clocks_of(country.value, book.clocks) if country and not is_region else ()


def in_country(words: str, book: Book) -> tuple[str, ...]:
    """The clocks of a city that is told with its country, or the one that a country has."""
    split = words.split()
    for at in range(len(split)):
        named = country_of((" ".join(split[at:]),), book)
        clocks = clocks_of(named.value, book.clocks) if named else ()
        told = zones_told(" ".join(split[:at]), clocks, named.value) if named else ()
        if found := tuple(clock.zone for clock in clocks if clock.zone in told):
            return found
        if not at and len(clocks) == 1:
            return (clocks[0].zone,)
    return ()


def moved_to(said: str, book: Book) -> Iterator[str]:
    """What may be the place that somebody says they are at now: "I moved to Leeds last week"."""
    words = following(plain(said), book.words["moved"], book.words["filler"]).split()
    after = book.words["living"] + book.words["since"]
    for end in range(len(words), 0, -1):
        if end == len(words) or made_of(" ".join(words[end:]), after, book.words["filler"]):
            yield " ".join(words[:end])


def country_of(ways: Iterable[str], book: Book) -> Button | None:
    around = book.words["filler"] + book.words["living"]
    for words in ways:
        for country in book.countries.values():
            if made_of(words, (plain_label(country.name), *country.aliases), around):
                return Button(country.name, "live", country.code)
    return None


def named(words: str, here: list[Button], chat: Chat, book: Book) -> Button | None:
    """The button among *here* that *words* name: by these alone, or with others, or with slips."""
    without_slips = mended(words, book.lexicon.spelling)
    filler = book.words["filler"]
    choosing = filler + book.words["choosing"]
    ways: list[tuple[str, Phrases, Phrases]] = [(words, (), ()), (words, choosing, filler)]
    if without_slips != words:
        ways.append((without_slips, choosing, ()))
    for said, about, about_plain in ways:
        for button in here:
            around = about_plain if button.event in PLAIN else about
            if any(made_of(said, names, around) for names in names_of(button, chat, book)):
                return button
    return None


def mentioned(words: str, here: list[Button], chat: Chat, book: Book) -> Button | None:
    """The one choice among *here* that *words* speak of, whatever else they say.

    "My bum, it is tight."  Of two, or with a "not" before it, it is none.
    """
    if chat.pages or len(words.split()) > LONGEST or holds(words, book.words["taken_back"]):
        return None
    spoken_of = [
        button for button in here
        if button.event in CHOICES
        and any(names and holds(words, names) for names in names_of(button, chat, book))
    ]  # fmt: skip
    return spoken_of[0] if len(spoken_of) == 1 else None


def names_of(button: Button, chat: Chat, book: Book) -> Iterator[Phrases]:
    """What people type for *button* on the screen of *chat*."""
    if button.event in YES_OR_NO:
        return
    screen = chat.page or chat.state.value
    for name in (button.event, f"{button.event}:{button.value}", f"{screen}.{button.event}"):
        yield book.words.get(name, ())
    if button.event == "other_side":
        yield book.words[chat.side.other.value]


def command(words: str, where: str, chat: Chat, book: Book) -> Button | None:
    """The command that *words* name, by what it is called *where*: `referred.`, or anywhere."""
    around = book.words["filler"] + book.words["slips"]
    meant = (
        name
        for name in COMMANDS
        if made_of(words, book.words.get(where + name, ()), around)
        and is_said_in(name, words, chat, book)
    )
    return next((Button("", name) for name in meant), None)


def is_said_in(command: str, words: str, chat: Chat, book: Book) -> bool:
    """Whether *command* can be meant where *chat* stands: a side in a walkthrough, and there only;
    and that it hurts where nothing is going on, and nothing else is asked.

    "Don't bother me" in a hold, or where one is asked how one is, is about something else; "stop
    reminding me" is not, but a hold is not left for it.
    """
    if command == "hurts":
        return chat.state in (*AT_REST, State.AREA) and chat.page in TOLD
    if command == "wrong_side":
        return chat.state in WALKING and chat.state is not State.SWITCHING and not chat.pages
    if command == "turn_off" and chat.state in DAY_AFTER:
        return holds(words, book.words["of_reminders"])
    return command != "turn_off" or chat.state not in WALKING
