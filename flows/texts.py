"""The words of a screen: a template of the book, with its gaps filled from the chat."""

from flows import between_screens, course, flag_texts, offer, reminder_texts
from flows.book import CRISIS, Book, Country
from flows.chat import OPENS, Chat, Course, Disposition, Lock, State
from flows.flag_texts import bullets
from flows.plan import one_side
from flows.reminders.zones import wall
from flows.states import WALKING

AT_IT = (*WALKING, State.STOPPED, State.ENDED)  # where a part of the body may be pressed


def text(chat: Chat, book: Book) -> str:
    """What the screen of *chat* says."""
    template = book.texts[key(chat, book)]
    return tidy(template.format_map(Gaps(chat, book)))


def tidy(said: str) -> str:
    """*said* without the empty paragraphs that empty gaps leave behind."""
    return "\n\n".join(part.strip() for part in said.split("\n\n") if part.strip())


def key(chat: Chat, book: Book) -> str:
    """Which text of the book is said: that of the page on top, or of the state."""
    if chat.page:
        return f"page.{chat.page}{variant(chat)}"
    state = chat.state.value
    match chat.state:
        case State.SCREENING | State.GATE:
            if chat.course is Course.AFRESH:
                return f"{state}.afresh"
            if not chat.lock or chat.course in OPENS:
                return state
            return f"{state}.locked{in_what(chat, book)}"
        case State.MISREAD if in_crisis(chat):
            return "misread.crisis"
        case State.REFERRED if chat.lock:
            return referred(chat.lock, chat, book)
        case State.HOME if course.unfinished(chat):
            return "home.unfinished"
        case State.HOME if not course.passed(chat, chat.now, book):
            return "home.unscreened"
        case State.STEP if offer.steps(book.techniques[chat.technique], chat, book)[
            chat.place
        ].hold:
            return "step.hold"
        case State.FINISHED:
            return f"finished.{offer.went(chat, book)}"
    return state


def referred(lock: Lock, chat: Chat, book: Book) -> str:
    """Where to get care; one reason alone may have words of its own."""
    said = f"referred.{lock.disposition.name.lower()}"
    own = f"{said}.{' '.join(lock.rules)}"
    return own if own in book.texts else f"{said}{about(chat, book)}"


def in_what(chat: Chat, book: Book) -> str:
    """How what follows from a red flag is asked: kindly, or without alarm where there is time."""
    if asks_of_crisis(chat, book):
        return ".crisis"
    has_time = chat.lock is not None and chat.lock.disposition is Disposition.CLINICIAN
    return ".clinician" if has_time and chat.state is State.SCREENING else ""


def variant(chat: Chat) -> str:
    """What is added to the name of the page: it asks once more, or of thoughts of ending it."""
    if chat.page == "seen" and in_crisis(chat):
        return ".crisis"
    if chat.page == "suspicion" and chat.lock:
        return ".locked"
    if chat.page == "suspicion" and not chat.ask_at:
        return ".again.crisis" if chat.suspected.startswith(CRISIS) else ".again"
    return ""


def in_crisis(chat: Chat) -> bool:
    """Whether the lock is, among other things, for thoughts of ending their life."""
    return chat.lock is not None and any(rule.startswith(CRISIS) for rule in chat.lock.rules)


def about(chat: Chat, book: Book) -> str:
    """What else the text says: kind words in a crisis; where a hospital is needed, too, both."""
    if not in_crisis(chat):
        return ""
    fired = course.fired(chat.lock, book) if chat.lock else ()
    others = (book.questions[id] for id in fired if not id.startswith(CRISIS))
    is_grave = chat.lock is not None and chat.lock.disposition is Disposition.EMERGENCY
    both = is_grave and any(other.disposition is Disposition.EMERGENCY for other in others)
    return ".both" if both else ".crisis"


def asks_of_crisis(chat: Chat, book: Book) -> bool:
    """Whether it is asked, kindly and alone, if they might act on such thoughts."""
    return not course.over(chat, book) and course.is_crisis(course.current(chat, book), book)


class Gaps(dict[str, str]):
    """What the gaps of a template are filled with, looked up only when a template has them."""

    def __init__(self, chat: Chat, book: Book) -> None:
        super().__init__()
        self.chat = chat
        self.book = book

    def __missing__(self, gap: str) -> str:
        return GAPS[gap](self.chat, self.book)


# Screening


def progress(chat: Chat, book: Book) -> str:
    """As "4 of 26"; what follows from an answer does not count, so the end does not move away."""
    total = len(course.sequence(chat, book))
    number = chat.at if chat.follow_ups else chat.at + 1
    return book.texts["progress"].format(number=min(number, total), total=total)


def ask(chat: Chat, book: Book) -> str:
    if course.over(chat, book):
        return ""
    id = course.current(chat, book)
    if id in book.checklists:
        asks = [listed(item, book) for item in course.items(id, chat, book)]
        return f"{book.checklists[id].ask}\n\n{bullets(asks)}"
    if id in book.conditions:
        condition = book.conditions[id]
        return condition.agree or book.texts["where"].format(condition=condition.label)
    question = book.questions[id].ask.format_map(Gaps(chat, book))
    if course.examined(id, chat, book):
        own = book.texts.get(f"examined.{id}")  # what is no sign, and so never new or worse
        return own or book.texts["examined"].format(ask=question)
    return question


def listed(id: str, book: Book) -> str:
    """The full question behind a box of a checklist."""
    return book.conditions[id].ask if id in book.conditions else book.questions[id].ask


def why(chat: Chat, book: Book) -> str:
    id = course.current(chat, book)
    return book.conditions[id].why if id in book.conditions else book.questions[id].why


def cautions(chat: Chat, book: Book) -> str:
    said = [book.questions[id].label for id in chat.cautions if id in book.questions]
    return book.texts["caution"].format(list=bullets(said)) if said else ""


def suspicion(chat: Chat, book: Book) -> str:
    question = book.questions[chat.suspected]
    return book.lexicon.asks.get(chat.suspected) or question.ask.format_map(Gaps(chat, book))


def referral(chat: Chat, book: Book) -> str:
    """Where to get care, above what is still asked; how the guide opens is said after that."""
    warned = book.texts["warned"] if chat.state is State.WARNED else ""
    template = book.texts[referred(chat.lock, chat, book)] if chat.lock else warned
    gaps = Gaps(chat, book)
    gaps["opening"] = ""
    return template.format_map(gaps)


# Whom to call


def call(chat: Chat, book: Book) -> str:
    country = here(chat, book)
    if not country:
        return book.texts["call.unknown"]
    said = book.texts["call"].format(country=country.name, number=country.emergency)
    if country.also:
        said += " " + book.texts["call.also"].format(number=country.also)
    return said


def crisis(chat: Chat, book: Book) -> str:
    country = here(chat, book)
    if not country or not country.crisis:
        return book.texts["crisis.unknown"]
    hours = f" ({country.crisis_hours})" if country.crisis_hours else ""
    return book.texts["crisis"].format(name=country.crisis_name, number=country.crisis, hours=hours)


def here(chat: Chat, book: Book) -> Country | None:
    return book.countries.get(chat.country)


# A session


def weight_off(chat: Chat, book: Book) -> str:
    """What is done before anything else is read."""
    return book.texts["weight_off"] if chat.state in AT_IT else ""


def left_out(chat: Chat, book: Book) -> str:
    """Why techniques are missing, as far as conditions are the reason."""
    mine = [book.conditions[id] for id in chat.conditions if id in book.conditions]
    reasons = (c.reason_agreed if c.id in chat.agreed else c.reason for c in mine)
    why_not = [reason for reason in reasons if reason]
    return book.texts["left_out"].format(list=bullets(why_not)) if why_not else ""


def rested(chat: Chat, book: Book) -> str:
    if chat.rested not in book.techniques:
        return ""
    return book.texts["rested"].format(technique=book.techniques[chat.rested].name)


def technique(chat: Chat, book: Book) -> str:
    return book.techniques[chat.technique].name


def takes(chat: Chat, book: Book) -> str:
    """How long the technique takes, and for how many sides there is time."""
    both = book.techniques[chat.technique].minutes
    if offer.fits(chat, both, book):
        return book.texts["takes.both"].format(minutes=both)
    return book.texts["takes.one"].format(minutes=one_side(both))


def purpose(chat: Chat, book: Book) -> str:
    return book.techniques[chat.technique].purpose


def avoid(chat: Chat, book: Book) -> str:
    return book.techniques[chat.technique].avoid


def stop_when(chat: Chat, book: Book) -> str:
    return book.techniques[chat.technique].stop_when


def say(chat: Chat, book: Book) -> str:
    chosen = book.techniques[chat.technique]
    step = offer.steps(chosen, chat, book)[chat.place]
    tool_name = book.tools[chat.tool].lower()
    return step.say.format(
        side=book.side(chat.side).lower(), other=book.side(chat.side.other).lower(), tool=tool_name
    )


def seconds(chat: Chat, book: Book) -> str:
    return str(offer.steps(book.techniques[chat.technique], chat, book)[chat.place].hold)


def step(chat: Chat, book: Book) -> str:
    total = len(offer.steps(book.techniques[chat.technique], chat, book))
    side = book.side(chat.side)
    return book.texts["step_of"].format(number=chat.place + 1, total=total, side=side)


def other_side(chat: Chat, book: Book) -> str:
    return book.side(chat.side.other).lower()


def change(chat: Chat, book: Book) -> str:
    """The pain before and after, in numbers and nothing else."""
    if chat.pain < 0 or chat.rating < 0:
        return ""
    return book.texts["change"].format(before=chat.pain, after=chat.rating)


# Everywhere


def net(_: Chat, book: Book) -> str:
    return book.texts["net"]


def topic(chat: Chat, book: Book) -> str:
    return book.topics[chat.topic].say if chat.topic in book.topics else ""


def region(chat: Chat, book: Book) -> str:
    return book.regions.get(chat.topic, "")


def language(_: Chat, book: Book) -> str:
    return book.languages[book.language]


def country(chat: Chat, book: Book) -> str:
    found = here(chat, book)
    return found.name if found else book.texts["country.unknown"]


def keep_days(_: Chat, book: Book) -> str:
    return str(book.reminding.keep_days)


def answer_days(_: Chat, book: Book) -> str:
    return str(book.reminding.answer_days)


def erased_on(chat: Chat, book: Book) -> str:
    """When it was erased, by the clock that all share; the person's own is forgotten."""
    shown = wall(chat.now, "UTC")
    clock = reminder_texts.clock(shown.hour * 60 + shown.minute, book)
    return book.texts["receipt"].format(day=shown.date().isoformat(), clock=clock)


GAPS = between_screens.GAPS | flag_texts.GAPS | {
    gap.__name__: gap
    for gap in (
        progress, ask, why, cautions, suspicion, call, crisis, weight_off, left_out, rested,
        technique, takes, purpose, avoid, stop_when, say, seconds, step, other_side, change, net,
        topic, region, language, country, erased_on, keep_days,
        answer_days, referral,
    )
}  # fmt: skip
