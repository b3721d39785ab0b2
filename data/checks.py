"""What a book must keep to beyond its shape.  Each slip is one line naming file and key."""

from collections.abc import Container, Iterator
from pathlib import Path

from data import asked_for
from data.asked_for import gaps
from data.errors import BadContent
from flows import shown
from flows.book import (
    AGE,
    CRISIS,
    GERMS,
    HARD,
    SEVERE,
    SOFT,
    STUCK,
    TWICE,
    Book,
    Removal,
    Technique,
)
from flows.chat import Disposition, Side, State
from flows.layout import LAYOUT, PAGES
from flows.past.history import CHANGES, LONGEST
from flows.phrases import plain
from flows.plan import REFERS, Change
from flows.texts import GAPS

HOLD = (20, 30)  # seconds; source: founding text
STILL_HOLD = (30, 60)  # seconds, piriformis; source: founding text
WORST = 10  # the most pain there is
LONGEST_ANSWER = 24  # hours; "now", said the day before, is not now
STEP_GAPS = {"side", "other", "tool"}
LONGEST_LABEL = 100  # characters on a button
LONGEST_ABOUT = 512  # characters of a bot's description; source: Telegram


def check(book: Book, folder: Path) -> None:
    """Raises BadContent for the first thing in *book* that is wrong."""
    for slip in slips(book):
        raise BadContent(f"{folder}/{slip}")


def slips(book: Book) -> Iterator[str]:
    yield from number_slips(book)
    yield from screening_slips(book)
    yield from condition_slips(book)
    yield from technique_slips(book)
    yield from spot_slips(book)
    yield from plan_slips(book)
    yield from word_slips(book)
    yield from asked_for.slips(book)
    yield from typed_slips(book)
    for question in book.lexicon.asks:
        if question not in book.questions:
            yield f"lexicon.toml: {question}: is not a question of screening.toml"


def number_slips(book: Book) -> Iterator[str]:
    """What the rest of the program takes for granted of the limits."""
    if not 0 < book.numbers.gate_hours * 3_600 <= LONGEST:
        yield f"rules.toml: numbers.gate_hours: must be from 1 to {LONGEST // 3_600}"
    if not 0 < book.numbers.answer_hours <= LONGEST_ANSWER:
        yield f"rules.toml: numbers.answer_hours: must be from 1 to {LONGEST_ANSWER}"
    if not 0 < book.numbers.ease_at <= book.numbers.stop_at <= WORST:
        yield f"rules.toml: numbers.ease_at, stop_at: must be from 1 to {WORST}, in this order"


def screening_slips(book: Book) -> Iterator[str]:
    file = "screening.toml"
    for id in (AGE, CRISIS, GERMS, SEVERE, TWICE, STUCK):
        if id not in book.questions:
            yield f"{file}: question.{id}: is missing"
    if not book.questions[CRISIS].follow_ups:
        yield f"{file}: question.{CRISIS}.follow_ups: must say what makes it an emergency"
    if not book.questions[SEVERE].severe:
        yield f"{file}: question.{SEVERE}.severe: must be a number from 1 to 10"
    for question in book.questions.values():
        if question.may_be_known and question.disposition is not Disposition.EMERGENCY:
            yield f"{file}: question.{question.id}.may_be_known: is for emergencies only"
    for key, id, known in named(book):
        if id not in known:
            yield f"{file}: {key}: {id} is not there"
    asked = [id for id in book.screening if id in book.questions]
    emergencies = [id for id in asked if id.startswith("E")]
    if asked[: len(emergencies)] != emergencies:
        yield f"{file}: screening: what may be an emergency (E) must be asked first"


def named(book: Book) -> Iterator[tuple[str, str, set[str]]]:
    """Every id that something in the screening names: where, which, and out of which."""
    questions, lists = set(book.questions), set(book.checklists)
    yield from (("screening", id, questions | lists) for id in book.screening)
    yield from (("gate", id, questions) for id in book.gate)
    yield from (("worries", id, questions) for id in book.worries)
    for checklist in book.checklists.values():
        items = questions | set(book.conditions)
        yield from ((f"checklist.{checklist.id}.items", id, items) for id in checklist.items)
    for question in book.questions.values():
        ids = (*question.follow_ups, *question.stands_for)
        yield from ((f"question.{question.id}", id, questions) for id in ids)


def condition_slips(book: Book) -> Iterator[str]:
    for condition in book.conditions.values():
        if bool(condition.agree) != (condition.until_agreed != Removal()):
            yield f"conditions.toml: {condition.id}: agree and until_agreed belong together"
        if condition.agree and condition.where:
            yield f"conditions.toml: {condition.id}: agree and where do not go together"
        for removal in (condition.removes, condition.until_agreed):
            for what, id in removed_slips(removal, book):
                yield f"conditions.toml: {condition.id}: {id} is not {what}"
    for place in book.places.values():
        for area in place.areas:
            if area not in book.areas:
                yield f"conditions.toml: place.{place.id}: {area} is not an area of rules.toml"


def removed_slips(removal: Removal, book: Book) -> Iterator[tuple[str, str]]:
    """What *removal* takes away that nothing has: what it should be, and its id.

    A slip there takes nothing away, and nobody would see it.
    """
    techniques = book.techniques.values()
    positions = {position for technique in techniques for position in technique.positions}
    moves = {step.move for technique in techniques for step in technique.steps}
    for what, known, ids in (
        ("a tool of rules.toml", set(book.tools), (*removal.tools, *removal.only_tools)),
        ("an area of rules.toml", set(book.areas), removal.areas),
        ("a position of any technique", positions, (*removal.positions, *removal.only_positions)),
        ("a move of any technique", moves, removal.moves),
    ):
        yield from ((what, id) for id in ids if id not in known)


def technique_slips(book: Book) -> Iterator[str]:
    for tool in (SOFT, HARD):
        if tool not in book.tools:
            yield f"rules.toml: tools.{tool}: is missing"
    for technique in book.techniques.values():
        file = f"techniques/{technique.id}.toml"
        if technique.area not in book.areas:
            yield f"{file}: area: {technique.area} is not an area of rules.toml"
        if technique.position not in book.positions:
            yield f"{file}: position: {technique.position} is not a position of rules.toml"
        for tool in set(technique.tools) - set(book.tools):
            yield f"{file}: tools: {tool} is not a tool of rules.toml"
        if not 0 < technique.minutes <= book.numbers.session_minutes:
            yield f"{file}: minutes: must be from 1 to {book.numbers.session_minutes}"
        yield from (f"{file}: {slip}" for slip in step_slips(technique))


def step_slips(technique: Technique) -> Iterator[str]:
    if not technique.steps or technique.steps[0].hold or technique.steps[0].move:
        yield "steps: the first one sets up: it is not held, and no condition takes it away"
    low, high = STILL_HOLD if technique.area == "piriformis" else HOLD
    for step in technique.steps:
        if step.hold and not low <= step.hold <= high:
            yield f"steps.{step.id}.hold: must be from {low} to {high} seconds"
        for key, words in (("say", step.say), ("alt", step.alt)):
            for gap in gaps(words) - STEP_GAPS:
                yield f"steps.{step.id}.{key}: nothing fills {{{gap}}}"
            if not words:
                yield f"steps.{step.id}.{key}: is empty"


def media_slips(book: Book, media: Container[str]) -> Iterator[str]:
    """What is to be shown or heard, and is not in *media*."""
    for technique in book.techniques.values():
        for key, id in shown_of(technique, book):
            if id not in media:
                yield f"techniques/{technique.id}.toml: {key}: {id} is not made yet: make media"
    for topic in book.topics.values():
        if topic.picture and (topic.picture not in media or not topic.alt):
            yield f"learn.toml: topic.{topic.id}.picture: must be a picture, and have an alt"
    if shown.SPOTS not in media:
        yield f"texts.toml: texts.spot.alt: {shown.SPOTS} is not made yet: make media"


def shown_of(technique: Technique, book: Book) -> Iterator[tuple[str, str]]:
    """Every picture, film and sound of *technique*, and the key that asks for it."""
    yield "alt", shown.setup(technique)
    for step in technique.steps:
        for side in Side:
            yield f"steps.{step.id}.picture", shown.still(technique, step, side)
            if step.hold:
                yield f"steps.{step.id}.hold", shown.held(technique, step, side)
        for other in (True, False) if step.hold else ():
            yield f"steps.{step.id}.hold", shown.sound(book, step.hold, other_side=other)


def spot_slips(book: Book) -> Iterator[str]:
    """A spot is the button of its area: two of one area would be the same button."""
    areas = [spot.area for spot in book.spots.values()]
    for spot in book.spots.values():
        key = f"learn.toml: spot.{spot.id}.area"
        if spot.area not in book.areas:
            yield f"{key}: {spot.area} is not an area of rules.toml"
        if areas.count(spot.area) > 1:
            yield f"{key}: {spot.area} is the area of another spot, too"


def plan_slips(book: Book) -> Iterator[str]:
    for tool in (tool for stage in book.dose.tools for tool in stage):
        if tool not in book.tools:
            yield f"plan.toml: dose.tools: {tool} is not there"


def word_slips(book: Book) -> Iterator[str]:
    file = "texts.toml"
    for event in {
        e for rows in (*LAYOUT.values(), *PAGES.values()) for r in rows for e in r.split()
    }:
        spread = event in SPREAD or any(label.endswith(f".{event}") for label in book.labels)
        if event not in book.labels and not spread:
            yield f"{file}: labels.{event}: is missing"
    for name, label in book.labels.items():
        if not 0 < len(label) <= LONGEST_LABEL:
            yield f"{file}: labels.{name}: must have 1 to {LONGEST_LABEL} characters"
    if not 0 < len(book.texts.get("about", "")) <= LONGEST_ABOUT:
        yield f"{file}: texts.about: must have 1 to {LONGEST_ABOUT} characters"
    for name in sorted(text_keys() - set(book.texts)):
        yield f"{file}: texts.{name}: is missing"
    for name in sorted(text_keys()):
        for gap in gaps(book.texts[name]) - set(GAPS):
            yield f"{file}: texts.{name}: nothing fills {{{gap}}}"


SPREAD = {
    "rate", "toggle", "area", "tool", "technique", "topic", "region", "live", "speak", "feel",
    "pictures", "sounds",
    "at", "every", "quiet", "zone", "city", "pause_for", "span", "drop_note",
}  # fmt: skip
VARIED = {
    "screening": ("", ".locked", ".afresh"),
    "gate": ("", ".locked"),
    "misread": ("", ".crisis"),
    "referred": (".emergency", ".emergency.crisis", ".urgent", ".urgent.crisis", ".clinician"),
    "spot": ("", ".alt"),
    "home": ("", ".unscreened", ".unfinished"),
    "step": ("", ".hold"),
    "finished": (".better", ".same", ".worse"),
}
VARIED_PAGES = ("seen.crisis", "suspicion.again", "suspicion.again.crisis")


def text_keys() -> set[str]:
    """Every text that a screen may ask for."""
    states = {f"{s.value}{v}" for s in State for v in VARIED.get(s.value, ("",))}
    reasons = {f"plan.{change.value}" for change in Change if change not in (*REFERS, Change.NONE)}
    changes = {f"progress.{change}" for change in CHANGES}
    pages = {f"page.{page}" for page in (*PAGES, *VARIED_PAGES)}
    return states | pages | reasons | changes


# Words for one question.
ANSWERED = (
    "no", "good", "fine", "unclear", "yes", "apart", "about", "is", "well", "plainly", "one_of",
    "before_one", "for_now", "half", "wavering",
)  # fmt: skip
# What is asked for by name: in `flows/typed.py`, `unmet.py`, `naming.py`, `answers.py`,
# `unclear.py`, `corrections.py`, `cries.py`, `signs.py` and `wishes.py`.
LISTENED_FOR = (
    "yes", "no", "unsure", "begins.yes", "begins.unsure", "unclear",
    "none_of", "of_that", "no_more", "turned",
    "filler", "choosing", "living", "around", "scale", "years", "not", "harmless", "cry.sharp",
    "cry.stop", "greeting", "thanks", "afraid", "angry", "human",
    "alarming", "pain_gone", "pain_over", "pain_over.asks", "left", "right",
    "taken_back", "as_ever", "asking_back", "cry.emergency", "denies", "joins", "at_ease",
    "corrects", "undoes", "instead", "slips", "sorry_yes", "got_worse", "of_today",
    "moved", "since", "cared_for", "been", "explains", "of_late",
    "about_apart", "around_told", "means_it", "gravely", "gravely.walking", "once", "counted",
    "hedges", "times_of_day", "whose", "they", "they_are", "all_of_it", "is", "wholly", "well",
    "there", "bare_no", "nope", "nots", "said_with_no", "for_now",
    "wavering", "smiles", "contrary",
    "pain_now", "about_now", "done", "tens", "other_wish", "no_waiting", "go_now", "can_be_grave",
    "going", "minor", "minor.begins", "minor.age", "minor.ends", "minor.of", "not_yet",
    "not_today", "later", "of_reminders",
)  # fmt: skip


def typed_slips(book: Book) -> Iterator[str]:
    """What is wrong with the words that people type."""
    file = "texts.toml"
    for name in LISTENED_FOR:
        if not book.words.get(name):
            yield f"{file}: words.{name}: is missing"
    for name, phrases in book.words.items():
        about, _, id = name.partition(".")
        if about in ANSWERED and id and id not in book.questions:
            yield f"{file}: words.{name}: {id} is not a question of screening.toml"
        for phrase in phrases:
            drawn = name == "smiles" and not plain(phrase)
            if not drawn and (not phrase or phrase != plain(phrase)):
                yield f"{file}: words.{name}: {phrase!r} must be written as {plain(phrase)!r}"
