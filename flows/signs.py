"""Which warning sign typed words tell of, and what comes of it: a flag, an answer, a question."""

from dataclasses import replace

from flows import course
from flows.answers import answer, is_well, numbers_of
from flows.book import CRISIS, SEVERE, Book
from flows.chains import in_order
from flows.chat import Chat, Disposition, State
from flows.denials import good_state
from flows.events import Event
from flows.guard import Hit, Tier, read
from flows.guard.reading import ANOTHER, STRANGER
from flows.phrases import (
    begins,
    first_part,
    following,
    has,
    holds,
    made_of,
    plain,
    sentences,
    worst_number,
)
from flows.states import ASKING, AT_REST, UNCONSENTED
from flows.worries import is_locking


def matters(hit: Hit, chat: Chat, book: Book) -> bool:
    """Whether *hit* is to be acted on.  Before consent what can wait is asked in its turn."""
    if hit.tier < Tier.ASK or not is_locking(hit, book):
        return False
    can_wait = hit.weak or course.potential(hit.question, book) < Disposition.URGENT
    return not (hit.tier is Tier.ASK and can_wait and chat.state in UNCONSENTED)


def alarms(said: str, hits: list[Hit], book: Book) -> list[Hit]:
    """Of *hits*, the alarms in *said*, a whole sentence that says no: they are heard in any.

    None of these is made with the no that it opens with: "no, feeling is normal" holds a "no
    feeling", and tells of none.
    """
    found = [hit for hit in hits if hit.tier > Tier.ASK]
    opening, rest = first_part(said)
    if not found or not made_of(opening, book.words["no"], book.words["filler"]):
        return found
    without = {hit.rule for hit in read(rest, book.lexicon).hits if hit.tier > Tier.ASK}
    return [hit for hit in found if hit.rule in without]


def flagged(chat: Chat, hits: list[Hit], event: Event, book: Book) -> tuple[Event, str]:
    """The red flag among *hits*, unless the same words answer a question both ways."""
    said_yes = answered_yes(chat, event, book)
    flag = red_flag(chat, hits, event, said_yes, book)
    if flag.name == "yes" and flag is not said_yes and contradicts(event.value, hits[0], book):
        return Event("unknown", at=event.at), "tap_answer"
    return flag, ""


def red_flag(
    chat: Chat, hits: list[Hit], event: Event, said_yes: Event | None, book: Book
) -> Event:
    """The worst of *hits* as an event: a flag, an answer to what is asked, or a suspicion.

    What *said_yes* stands for, with which the words begin, comes first, unless they tell of worse.
    """
    tier = max(hit.tier for hit in hits)
    found = [hit for hit in hits if hit.tier is tier]
    asked_about = chat.suspected if chat.page == "suspicion" else ""
    new = [hit for hit in found if hit.question != asked_about]
    what_counts = (new or found) if tier is Tier.ASK else found  # an alarm is never passed over
    heard = max(what_counts, key=lambda hit: course.gravity(hit.question, book))
    worst = heard.question
    others = others_of(heard, hits, book)
    if said_yes and (heard.weak or is_as_bad(said_yes.value, worst, book)):
        return replace(said_yes, suspects=(worst, *others))
    of_me = not heard.cue.startswith((ANOTHER, STRANGER))
    if event.name == "text" and of_me and worst == asked(chat, book):
        return Event("yes", worst, chat.turn, event.at)
    if tier is Tier.ASK:
        if worst == SEVERE and tells_severe(chat, event, book):
            return Event("flag", worst, at=event.at, because=heard.evidence)
        if chat.state is State.SCREENING and course.is_followed_up(worst, chat, book):
            # It is known; what follows is asked, and each other sign.
            return Event("flag", worst, at=event.at, suspects=others)
        if is_beside(worst, chat, book):
            return Event("suspect", chat.suspected, at=event.at, suspects=(worst, *others))
        return Event("suspect", worst, at=event.at, suspects=others)
    if is_outright(heard, book):
        worst = book.questions[worst].follow_ups[-1]
    return Event("flag", worst, at=event.at, because=heard.evidence, suspects=others)


def others_of(heard: Hit, hits: list[Hit], book: Book) -> tuple[str, ...]:
    """The gravest question of each other item that *hits* tell of.

    Mere hints are left out, but one at a thought of ending it.
    """
    told = [hit.question for hit in hits if not hit.weak or course.is_crisis(hit.question, book)]
    gravest = {book.questions[id].item: id for id in reversed(in_order(told, book))}
    gravest.pop(book.questions[heard.question].item, None)
    return in_order(gravest.values(), book)


def is_outright(hit: Hit, book: Book) -> bool:
    """Whether *hit* leaves nothing to ask: "I want to kill myself", and not "suicidal thoughts"."""
    return any(rule.outright for rule in book.lexicon.rules if rule.id == hit.rule)


def tells_severe(chat: Chat, event: Event, book: Book) -> bool:
    """Whether it is said at rest, and nothing else is, that the pain is very bad now: "pain is 8".

    To ask whether it is would be to ask for what was just said.
    """
    if chat.state not in AT_REST or chat.is_unsettled or event.name != "text":
        return False
    words = book.words
    around = words["pain_now"] + words["about_now"]
    number = worst_number(event.value, numbers_of(course.SCALE, book), around, words["scale"])
    is_severe = number is not None and number >= book.questions[SEVERE].severe
    return is_severe and holds(plain(event.value), words["pain_now"])


def answered_yes(chat: Chat, event: Event, book: Book) -> Event | None:
    """What a yes stands for, with which words begin that say more."""
    if event.name != "text" or answer(event.value, chat, book) != "yes":
        return None
    if chat.page == "suspicion":
        return Event("flag", chat.suspected, chat.turn, event.at)
    id = asked(chat, book)
    return Event("yes", id, chat.turn, event.at) if id else None


def is_beside(id: str, chat: Chat, book: Book) -> bool:
    """Whether another question lies open that *id* would take the place of, and is no worse."""
    asked_already = chat.page == "suspicion" and id != chat.suspected
    return asked_already and is_as_bad(chat.suspected, id, book)


def is_as_bad(one: str, other: str, book: Book) -> bool:
    return course.gravity(one, book) >= course.gravity(other, book)


def contradicts(said: str, hit: Hit, book: Book) -> bool:
    """Whether *said* also tells the contrary of *hit*: "no both, only one", "it feels normal".

    So does a question, as "do you think it is cancer?", and what is made of all that is well; and
    a hint alone is no yes.
    """
    if hit.tier is not Tier.ASK or hit.weak:
        return hit.tier is Tier.ASK
    words, filler = plain(said), book.words["filler"]
    opening = words.partition(" ")[0]
    denied = opening in book.words["no"] and opening not in " ".join(hit.evidence).split()
    told = following(words, book.words["begins.yes"], filler) or words  # "yes, peeing works"
    well = made_of(told, good_state(hit.question, book), filler)
    return denied or only_asks(said, hit, book) or bool(well) or is_well(words, book)


def only_asks(said: str, hit: Hit, book: Book) -> bool:
    """Whether what was heard stands in nothing but questions."""
    about = [s for s in sentences(said) if set(" ".join(hit.evidence).split()) & set(s.split())]
    asking, filler = book.words["asking_back"], book.words["filler"]
    return bool(about) and all(begins(sentence, asking, filler) for sentence in about)


def means_it(chat: Chat, said: str, book: Book) -> bool:
    """Whether *said* may be a plan, where thoughts of ending it were told, or are asked of."""
    told = chat.lock.rules if chat.lock else ()
    if book.questions[CRISIS].follow_ups[-1] in told:
        return False
    about = (*told, chat.suspected if chat.page == "suspicion" else "", asked(chat, book))
    is_crisis = chat.state is State.WEEKLY or any(id.startswith(CRISIS) for id in about)
    return is_crisis and has(said, book.words["means_it"], book.words["not"], ())


def asked(chat: Chat, book: Book) -> str:
    """The question that is being asked, if one is that takes yes or no."""
    asking = chat.state in ASKING and not chat.pages
    if not asking or course.over(chat, book):
        return ""
    id = course.current(chat, book)
    return id if id in book.questions and not book.questions[id].severe else ""
