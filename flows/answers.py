"""Which answer typed words are: yes, no or not sure; an age; a number.

A "no" to a warning sign counts only when it is said plainly.  Plain is what is made of a no and of
nothing else; what names the good state of just this ("my bladder is fine"); and a whole sentence of
which every word says so (all of these in `denials`).
"""

from collections.abc import Iterable
from functools import lru_cache

from flows.book import AGE, Book
from flows.chat import Chat
from flows.denials import fine, good_state, is_plain_no, says_no, takes_back
from flows.guard.pieces import concepts, recalled
from flows.phrases import (
    Phrases,
    anywhere,
    begins,
    first_part,
    following,
    holds,
    made_of,
    plain,
    sentences,
    within,
    worst_number,
)
from flows.screen import Button
from flows.screens import asked_in_words

OLDEST = 120

# What a plain answer comes to, where no button says so itself.
STANDS_FOR = {
    "new": {"yes": "begin"},
    "consent": {"yes": "agree", "no": "refuse close"},  # where it is asked anew, the page closes
    "declined": {"yes": "agree", "no": "home"},
    "country": {"no": "close", "unsure": "close"},
    "screening": {"no": "none"},
    "known": {"no": "back", "unsure": "back"},  # what opens a lock is said in full:
    "vouching": {"no": "back", "unsure": "back"},  # a mere "yes" may be for something else
    "doubt": {"yes": "look", "unsure": "look", "no": "carry_on"},
    "puzzle": {"yes": "look", "unsure": "look", "no": "carry_on"},
    "worries": {"no": "carry_on"},
    "info": {"yes": "flag", "unsure": "flag", "no": "carry_on"},
    "card": {"yes": "close", "no": "close", "unsure": "close"},  # it tells, and asks nothing
    "condition": {"yes": "screen", "unsure": "screen", "no": "not_so"},
    "misread": {"no": "back", "unsure": "back"},
    "suspicion": {"yes": "flag", "unsure": "flag", "no": "not_so"},
    "emergency": {"yes": "happening", "unsure": "happening", "no": "close"},
    "passed": {"yes": "session"},
    "harder": {"yes": "fine", "no": "back", "unsure": "back"},
    "switching": {"yes": "other_side", "no": "enough"},
    "finished": {"no": "home"},
    "reminder": {"yes": "session", "no": "not_today"},
    "nudge": {"yes": "session", "no": "not_today"},
    "missed": {"yes": "session", "no": "not_today"},
    "ask_pause": {"yes": "turn_on", "no": "turn_off"},
    "reopened": {"yes": "turn_on", "no": "close"},
    "keep": {"yes": "close", "no": "erase"},  # which is asked once more
    "seen": {"yes": "been", "no": "not_yet"},
    "erasing": {"yes": "confirm", "no": "back", "unsure": "back"},
}
# A yes closes the guide on these pages, or leads to all questions, and needs not be plain.
WARNING = ("suspicion", "info", "condition", "emergency")


def answering(said: str, here: list[Button], chat: Chat, book: Book) -> Button | None:
    """The button among *here* that a yes, no or not sure comes to."""
    meant = answer(said, chat, book)
    instead = STANDS_FOR.get(chat.page or chat.state.value, {}).get(meant, "")
    found = {button.event: button for button in here}
    return next((found[event] for event in (meant, *instead.split()) if event in found), None)


def answer(said: str, chat: Chat, book: Book) -> str:
    """Whether *said* comes to "yes", "no" or "unsure"; else nothing."""
    words, phrases, filler = plain(said), book.words, book.words["filler"]
    id = asked_in_words(chat, book)
    if id == AGE and (grown_up := adult(said, book)):
        return grown_up
    if is_to_be_asked_again(said, id, chat, book):
        return ""
    if is_plain_no(said, id, book) or is_denied(said, chat, book):
        return "" if is_half_a_no(said, chat, book) or takes_back(said, id, book) else "no"
    if chat.page == "suspicion":
        id = chat.suspected  # what says yes to it when it is asked in its turn does so here, too
    closes = chat.page in WARNING or (id in book.questions and id != AGE)
    for name in ("unsure", "yes") if closes or "?" not in said else ("unsure",):
        if made_of(words, phrases[name] + phrases.get(f"{name}.{id}", ()), filler):
            return name
    if begins(words, phrases["unclear"], filler):
        return ""
    if begins(words, phrases["begins.unsure"], filler):
        return "unsure"
    if begins(words, phrases["hedges"], filler):
        denied = holds(following(words, phrases["hedges"], filler), phrases["denies"])
        return "" if denied else "unsure"
    if not (closes and begins(words, phrases["begins.yes"], filler)):
        return ""
    told = following(words, phrases["begins.yes"], filler)
    good, more = good_state(id, book), fine(id, book)
    well = made_of(told, good, filler, more) or is_well(told, book)
    return "" if well else "yes"  # "yes, I can feel everything" is neither


def is_to_be_asked_again(said: str, id: str, chat: Chat, book: Book) -> bool:
    """Whether *said* is half an answer, or about another place, or an answer both ways."""
    words, filler, sign = book.words, book.words["filler"], sign_asked(chat, book)
    unclear = words["unclear"] + words.get(f"unclear.{sign}", ())
    if made_of(plain(said), unclear, filler) or is_both_ways(said, id, book):
        return True
    half, no = words.get(f"half.{sign}", ()), words["bare_no"] + words["nope"]
    if made_of(plain(said), half, filler + no):  # whatever no it is said with
        return True
    return is_elsewhere(said, chat, book) and not was_elsewhere(chat, book)


def is_half_a_no(said: str, chat: Chat, book: Book) -> bool:
    """Whether a no to a sign is one for the moment, or doubts itself: "no, so so"."""
    id = sign_asked(chat, book)
    if id not in book.questions or id == AGE:
        return False
    for_now = book.words.get(f"for_now.{id}", book.words["for_now"])
    wavering = book.words["wavering"] + book.words.get(f"wavering.{id}", ())
    return holds(plain(said), for_now + wavering)


def is_elsewhere(said: str, chat: Chat, book: Book) -> bool:
    """Whether *said* names no place but one that is not asked about: "a bit, in my calf"."""
    places = book.words.get(elsewhere(chat, book), ())
    return bool(made_of(plain(said), places, around_places(book)))


@lru_cache(maxsize=4)  # a book each
def around_places(book: Book) -> Phrases:
    """What may stand about the name of a place: "a bit", "yes", "only in"."""
    names = ("filler", "yes", "unsure", "hedges", "begins.yes", "about_elsewhere")
    return tuple(phrase for name in names for phrase in book.words[name])


def was_elsewhere(chat: Chat, book: Book) -> bool:
    """Whether it has been asked once more already; then it counts as what it says."""
    lately = recalled(chat.checked, book.numbers.told_since(chat.now))
    return elsewhere(chat, book) in concepts(lately)


def elsewhere(chat: Chat, book: Book) -> str:
    """What names the places that the sign which is asked about is not in."""
    return f"elsewhere.{sign_asked(chat, book)}"


def is_denied(said: str, chat: Chat, book: Book) -> bool:
    """Whether *said* is a whole sentence that says no to the warning sign asked about."""
    return says_no(said, sign_asked(chat, book), book)


def sign_asked(chat: Chat, book: Book) -> str:
    """The question that words would answer; a sign that was told, where that is asked about."""
    return chat.suspected if chat.page == "suspicion" else asked_in_words(chat, book)


def is_both_ways(said: str, id: str, book: Book) -> bool:
    """Whether a no is followed by the very thing that is asked about: "no, all at once"."""
    opening, rest = first_part(said)
    filler, denied = book.words["filler"], book.words.get(f"no.{id}", ())
    return bool(made_of(opening, book.words["no"], filler) and made_of(rest, denied, filler))


def is_minor(said: str, book: Book) -> bool:
    """Whether somebody says, where nobody asks, that they are under age: "i lied im 16"."""
    whole = plain(said)
    if holds(whole, book.words["minor.of"]):
        return False
    last = anywhere(book.words["joins"]).split(whole)[-1].strip()
    *_, end = [sentence for sentence in sentences(said) if sentence] or [""]
    return any(tells_of_minor(part, book) for part in (whole, last, end))


def tells_of_minor(words: str, book: Book) -> bool:
    phrases = book.words
    around = phrases["filler"] + phrases["slips"]
    rest = following(words, phrases["minor.begins"], around)
    age, _, end = rest.partition(" ")
    told = age in phrases["minor.age"] and (not end or end in phrases["minor.ends"])
    return told or bool(made_of(words, phrases["minor"], around))


def numbers_of(values: Iterable[str], book: Book) -> dict[str, int]:
    """What says each of the numbers *values*: itself, or words for it."""
    numbers = {value: int(value) for value in values}
    for value in (*numbers,):
        numbers |= dict.fromkeys(book.words.get(f"rate:{value}", ()), int(value))
    return numbers


def is_well(words: str, book: Book) -> bool:
    """Whether *words* say of something that it is as ever: "normal", and not "not normal"."""
    calm, fine = within(book.words["as_ever"], book.words["not"], ())
    return bool(fine.search(calm.sub("", words)))


def adult(said: str, book: Book) -> str:
    """Whether somebody who says their age is old enough: "yes", "no", or nothing."""
    if is_minor(said, book):
        return "no"
    years = {str(age): age for age in range(1, OLDEST)} | years_in_words(book)
    for name in ("yes", "no"):
        around = book.words["filler"] + book.words["years"] + book.words[name]
        age = worst_number(said, years, around, ())
        if age is not None and (name == "yes" or age < book.numbers.adult_years):
            return "yes" if age >= book.numbers.adult_years else "no"
    return ""


def years_in_words(book: Book) -> dict[str, int]:
    """The ages from twenty on in words: "sixty", "sixty six"."""
    tens = {ten: 20 + 10 * place for place, ten in enumerate(book.words["tens"])}
    units = {one: unit for unit in range(1, 10) for one in book.words.get(f"rate:{unit}", ())}
    return tens | {
        f"{ten} {one}": years + unit for ten, years in tens.items() for one, unit in units.items()
    }
