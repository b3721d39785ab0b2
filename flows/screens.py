"""What a person sees: one screen for every state, and one for every page over it."""

from collections.abc import Callable, Iterator
from functools import partial

from flows import between_screens, course, offer
from flows.book import AGE, CRISIS, Book
from flows.chat import Chat, State
from flows.course import SCALE, YES_OR_NO
from flows.events import Event
from flows.layout import ABREAST, LAYOUT, PAGES
from flows.machine import GUARDS
from flows.questions import FEELINGS
from flows.screen import Button, Screen
from flows.shown import beside, is_hushed
from flows.states import ASKING
from flows.texts import text
from flows.turn import Turn

# What `answers` gives fits what is asked, and is always heard: asking the guards again would be
# half the work of a screen.  `every_button_is_heard` proves it.
FITTING = {*YES_OR_NO, "decline", "rate", "none", "done", "toggle"}
RATED = (State.RATING, State.CHECK_IN)  # where a number is asked for that is no question


def show(chat: Chat, book: Book, notice: str = "") -> Screen:
    """What *chat* shows now, with *notice* above it.  Showing it twice does no harm."""
    above = f"{book.notices[notice]}\n\n" if notice in book.notices else ""
    return Screen(
        above + text(chat, book),
        tuple(rows(chat, book)),
        *beside(chat, book),
        hushed=is_hushed(chat),
    )


def buttons(chat: Chat, book: Book) -> tuple[Button, ...]:
    """The buttons of the screen, for who needs no more of it."""
    return tuple(button for row in rows(chat, book) for button in row)


def rows(chat: Chat, book: Book) -> Iterator[tuple[Button, ...]]:
    """The buttons in their rows, without those that would not be heard."""
    fitting = {} if chat.page else answers(chat, book)
    for line in PAGES[chat.page] if chat.page else LAYOUT[chat.state]:
        abreast = []
        for event in line.split():
            if event in FITTING:
                heard = [button(event, v, chat, book) for v in fitting.get(event, ())]
            else:
                given = (button(event, v, chat, book) for v in values(event, chat, book))
                heard = [b for b in given if hears(chat, b, book)]
            if len(heard) > 1:
                width = ABREAST.get(event, 1)
                yield from (tuple(heard[i : i + width]) for i in range(0, len(heard), width))
            else:
                abreast += heard
        if abreast:
            yield tuple(abreast)


def hears(chat: Chat, button: Button, book: Book) -> bool:
    """Whether pressing *button* now would move *chat*: a row is there and its guards hold."""
    ways = GUARDS.get((chat.state, button.event), ())
    if () in ways:
        return True
    event = Event(button.event, button.value, chat.turn, chat.now)
    turn = Turn(chat, event, book, chat.turn)
    return any(all(guard(turn) is wanted for guard, wanted in way) for way in ways)


def button(event: str, value: str, chat: Chat, book: Book) -> Button:
    return Button(label(event, value, chat, book), event, value)


def answers(chat: Chat, book: Book) -> dict[str, tuple[str, ...]]:
    """The answers to what is asked, by their event: the values that each may have."""
    if chat.state in RATED:
        return {"rate": SCALE}
    id = asked(chat, book)
    if chat.state in (State.AGE, State.WEEKLY):
        return dict.fromkeys(YES_OR_NO, (id,))
    if not id:
        return {}
    found = {"toggle": ticks(id, chat, book)}
    for kind in course.kinds(id, chat, book):
        found[kind] = SCALE if kind == "rate" else ("",) if kind in ("none", "done") else (id,)
    return found


def values(event: str, chat: Chat, book: Book) -> tuple[str, ...]:
    """The values that *event* may have here."""
    if event in VALUES:
        return VALUES[event](chat, book)
    match event:
        case "area" if chat.state is State.SPOT:
            return tuple(spot.area for spot in book.spots.values())
        case "flag":
            return flags(chat, book)
        case "technique":
            fitting = offer.techniques_for(chat.area, chat.tool, chat, book)
            return tuple(technique.id for technique in fitting)
        case "live":
            return tuple(c.code for c in book.countries.values() if c.region == chat.topic)
        case "area" | "tool" | "topic" | "region" | "speak":
            return tuple(LISTS[event](book))
    return ("",)


def flags(chat: Chat, book: Book) -> tuple[str, ...]:
    """The red flags that can be raised on the page that lies open."""
    match chat.page:
        case "worries":
            return book.worries
        case "suspicion" | "info":
            return (chat.suspected,)
    return (CRISIS,)


LISTS = {
    "area": lambda book: book.areas,
    "tool": lambda book: book.tools,
    "topic": lambda book: book.topics,
    "region": lambda book: book.regions,
    "speak": lambda book: book.languages,
}


def asked(chat: Chat, book: Book) -> str:
    """The id that an answer here is about."""
    if chat.state is State.AGE:
        return AGE
    if chat.state is State.WEEKLY:
        return CRISIS
    asking = chat.state in ASKING and not course.over(chat, book)
    return course.current(chat, book) if asking else ""


def asked_in_words(chat: Chat, book: Book) -> str:
    """The id that typed words would answer: none while a page lies over it."""
    return "" if chat.pages else asked(chat, book)


def ticks(id: str, chat: Chat, book: Book) -> tuple[str, ...]:
    """The boxes of what is asked, if it is a list."""
    is_list = id in book.checklists or (id in book.conditions and book.conditions[id].where)
    return course.items(id, chat, book) if is_list else ()


VALUES = between_screens.VALUES | {
    "feel": lambda _, __: FEELINGS,
    "agreed": offer.unagreed,
}


def label(event: str, value: str, chat: Chat, book: Book) -> str:
    """What stands on the button."""
    if event in LABELS:
        return LABELS[event](value, chat, book)
    where = chat.page or chat.state.value
    return book.labels.get(f"{where}.{event}") or book.labels[event]


def toggle_label(id: str, chat: Chat, book: Book) -> str:
    tick = book.labels["ticked" if id in chat.toggled else "unticked"]
    return f"{tick} {named(id, book)}"


def area_label(id: str, chat: Chat, book: Book) -> str:
    if chat.state is State.SPOT:
        return next(spot.label for spot in book.spots.values() if spot.area == id)
    return named(id, book)


def sounds_label(_: str, chat: Chat, book: Book) -> str:
    wanted = "hushed" if chat.hushed else "off" if chat.silent else "on"
    return book.labels[f"sounds.{wanted}"]


def flag_label(id: str, chat: Chat, book: Book) -> str:
    """What stands on a button that raises a red flag: its name in a list, else an answer."""
    if chat.page == "worries":
        return named(id, book)
    asks_since_when = chat.page == "suspicion" and book.questions[id].may_be_known
    key = "suspicion.flag.known" if asks_since_when else f"{chat.page}.flag"
    return book.labels.get(key) or book.labels["flag"]


def named(id: str, book: Book) -> str:
    """The name of anything that a person can pick from a list."""
    for names in (book.areas, book.tools, book.regions, book.languages):
        if id in names:
            return names[id]
    for things in (book.questions, book.conditions, book.places, book.topics):
        if id in things:
            return things[id].label
    return book.countries[id].name


# What stands on a button that has a value, or more than one thing to say; all others have a label.
LABELS: dict[str, Callable[[str, Chat, Book], str]] = {
    **{event: partial(between_screens.label, event) for event in between_screens.VALUES},
    **dict.fromkeys(
        ("tool", "topic", "region", "speak", "live"), lambda id, _, book: named(id, book)
    ),
    "area": area_label,
    "rate": lambda number, _, __: number,
    "toggle": toggle_label,
    "flag": flag_label,
    "agreed": lambda id, _, book: book.labels["agreed"].format(condition=book.conditions[id].label),
    "technique": lambda id, _, book: book.positions[book.techniques[id].position],
    "feel": lambda id, _, book: book.labels[f"feel.{id}"],
    "pictures": lambda _, chat, book: book.labels[f"pictures.{'off' if chat.text_only else 'on'}"],
    "sounds": sounds_label,
}
