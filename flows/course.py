"""Going through questions: which one is next, what an answer comes to, and when it is over.

Three rules, and everything here keeps them:

1. Only a "no" is a no.  "Not sure" counts as yes; what was not answered was not answered.
2. The worst answer counts, and it counts at once: the lock comes down with the answer,
   not at the end of the course.
3. A course goes on as long as something worse than what was found could still come up.
"""

from collections.abc import Iterator
from functools import lru_cache

from flows import plan as plans
from flows.book import CRISIS, Book, Question
from flows.chat import OPENS, Chat, Course, Disposition, Lock
from flows.events import Event
from flows.lock import locked

SCALE = tuple(str(n) for n in range(11))  # pain, from none to the worst there is
YES_OR_NO = "yes", "no", "unsure"
LOCKING = Disposition.CLINICIAN  # this and anything worse closes the guide


def sequence(chat: Chat, book: Book) -> tuple[str, ...]:
    """The ids of the questions and checklists of the course that *chat* is on."""
    match chat.course:
        case Course.GATE:
            return book.gate
        case Course.REOPEN if chat.lock:
            return reopening(chat.lock, book)
        case Course.AFRESH if chat.lock:
            return afresh(chat.lock, book)
        case _:
            return book.screening


@lru_cache(maxsize=10_000)
def reopening(lock: Lock, book: Book) -> tuple[str, ...]:
    """The full screening, with everything that *lock* was for among it, emergencies first."""
    single = [id for id in book.screening if id in book.questions]
    items = {book.questions[id].item for id in single}
    more = [id for id in fired(lock, book) if book.questions[id].item not in items]
    one_by_one = sorted(
        [*single, *dict.fromkeys(more)],
        key=lambda id: book.questions[id].disposition is not Disposition.EMERGENCY,
    )
    return (*one_by_one, *(id for id in book.screening if id in book.checklists))


@lru_cache(maxsize=10_000)
def afresh(lock: Lock, book: Book) -> tuple[str, ...]:
    """What *lock* was read for, asked outright; then the rest of the full screening."""
    first = read_as(lock, book)
    return (*first, *(id for id in book.screening if id not in first))


@lru_cache(maxsize=10_000)
def read_as(lock: Lock, book: Book) -> tuple[str, ...]:
    """The questions that *lock* came down for; for a follow-up, the one that leads to it."""
    leads = {f: q.id for q in book.questions.values() for f in q.follow_ups}
    return tuple(dict.fromkeys(leads.get(id, id) for id in fired(lock, book)))


def fired(lock: Lock, book: Book) -> Iterator[str]:
    """The questions that *lock* came down for; what sums up several stands for them."""
    for rule in lock.rules:
        if rule in book.questions:
            yield from book.questions[rule].stands_for or (rule,)


def examined(id: str, chat: Chat, book: Book) -> bool:
    """Whether the clinician's word is about this question: then "new or worse?" is asked."""
    if chat.course is not Course.REOPEN or not chat.lock or id not in book.questions:
        return False
    return book.questions[id].item in looked_at(chat.lock, book)


@lru_cache(maxsize=10_000)
def looked_at(lock: Lock, book: Book) -> frozenset[str]:
    """The items that a clinician's word about *lock* is about."""
    return frozenset(book.questions[id].item for id in fired(lock, book))


def position(chat: Chat, book: Book) -> int:
    """Where in its course *chat* is: what could not make it worse any more is passed over."""
    course = sequence(chat, book)
    if chat.found < LOCKING:
        return min(chat.at, len(course))
    wanted_from = (n for n in range(chat.at, len(course)) if wanted(course[n], chat.found, book))
    return next(wanted_from, len(course))


def pending(chat: Chat, book: Book) -> tuple[str, ...]:
    """What is asked before the course goes on."""
    if not chat.follow_ups:
        return ()
    return tuple(id for id in chat.follow_ups if wanted(id, chat.found, book))


def is_followed_up(id: str, chat: Chat, book: Book) -> bool:
    """Whether something that follows from a yes to *id* is being asked."""
    asked = pending(chat, book)[:1]
    return id in book.questions and bool(asked) and asked[0] in book.questions[id].follow_ups


def over(chat: Chat, book: Book) -> bool:
    """Whether nothing is left to ask."""
    return not pending(chat, book) and position(chat, book) == len(sequence(chat, book))


def current(chat: Chat, book: Book) -> str:
    """The id of what is being asked: a question, a checklist, or a condition."""
    first = pending(chat, book)[:1]
    return first[0] if first else sequence(chat, book)[position(chat, book)]


def items(id: str, chat: Chat, book: Book) -> tuple[str, ...]:
    """What can be ticked on the checklist, or the places of the condition, *id*."""
    if id in book.conditions:
        return tuple(book.places)
    return tuple(i for i in book.checklists[id].items if not examined(i, chat, book))


@lru_cache(maxsize=10_000)
def potential(id: str, book: Book) -> Disposition:
    """The worst that asking *id* could come to."""
    if id in book.checklists:
        return max(potential(item, book) for item in book.checklists[id].items)
    if id in book.conditions:
        return Disposition.SELF_CARE
    question = book.questions[id]
    return max([question.disposition, *(potential(f, book) for f in question.follow_ups)])


def gravity(id: str, book: Book) -> tuple[Disposition, Disposition]:
    """How grave *id* may come to be, and of two that may be the same: how grave a yes alone is."""
    return potential(id, book), book.questions[id].disposition


def wanted(id: str, found: Disposition, book: Book) -> bool:
    """Whether *id* is still asked when *found* is the worst so far."""
    return found < LOCKING or potential(id, book) > found


def flagged(chat: Chat, id: str, now: int, book: Book) -> Chat:
    """*chat* after a yes to *id* that was not being asked: a flag in words, or a late yes."""
    if chat.course is not Course.FULL or not unfinished(chat):  # nothing else is left to ask
        chat = chat.but(
            course=Course.FULL, at=len(book.screening), follow_ups=(), begun_at=now
        )  # fmt: skip
    if chat.lock:
        chat = chat.but(found=max(chat.found, chat.lock.disposition))
    question = book.questions[id]
    chat = counted(chat.but(toggled=()), (question,), now, book)
    follow_ups = dict.fromkeys((*question.follow_ups, *chat.follow_ups))
    return ready(chat.but(follow_ups=tuple(follow_ups)), book)


def begun(chat: Chat, course: Course, book: Book) -> Chat:
    """*chat* at the head of *course*, with nothing found yet."""
    found = Disposition.SELF_CARE
    chat = chat.but(
        course=course, at=0, follow_ups=(), found=found, toggled=(), pages=(), wished=()
    )
    if course is Course.GATE:
        return chat
    told = tuple(id for id in (chat.suspected, *chat.suspects) if is_crisis(id, book))
    # What else was left is among all that is asked.
    chat = chat.but(suspected="", suspects=told, ask_at=chat.ask_at if told else 0)
    return chat.but(screened_at=0, edition=book.edition, cautions=(), agreed=(), places=())


def is_crisis(id: str, book: Book) -> bool:
    """Whether *id* asks about a thought of ending it, which no screening asks by itself."""
    return id in book.questions and book.questions[id].item == CRISIS


def unfinished(chat: Chat) -> bool:
    """Whether a screening was left in the middle."""
    return chat.course is not Course.GATE and (chat.at > 0 or bool(chat.follow_ups))


def outdated(chat: Chat, now: int, book: Book) -> bool:
    """Whether answers would count that were given too long ago.

    What follows from a yes is asked on, however long it has waited: that yes still holds.
    """
    if not chat.at or now - chat.begun_at < book.numbers.answer_hours * 3_600:
        return False
    return not follows(chat, book)


def follows(chat: Chat, book: Book) -> bool:
    """Whether what is being asked follows from a yes that has closed the guide."""
    asked = pending(chat, book)
    return chat.found >= LOCKING and any(id in book.questions for id in asked)


def answered(chat: Chat, event: Event, book: Book) -> Chat:
    """*chat* after *event* has answered what was being asked."""
    id = current(chat, book)
    if not chat.at:
        chat = chat.but(begun_at=event.at)
    after = counted_in(past(chat, book), id, event, book)
    if chat.course in OPENS and after.lock != chat.lock:  # not clean: nothing opens
        in_order = chat.course is Course.REOPEN and id in book.screening
        at = book.screening.index(id) + 1 if in_order else 0
        after = after.but(course=Course.FULL, at=at)
    return ready(after, book)


def past(chat: Chat, book: Book) -> Chat:
    """*chat* with what is being asked behind it."""
    before = pending(chat, book)
    if before:
        return chat.but(follow_ups=before[1:])
    return chat.but(at=position(chat, book) + 1, follow_ups=())


def counted_in(chat: Chat, id: str, event: Event, book: Book) -> Chat:
    """*chat* with the answer *event* to *id* counted."""
    if id in book.conditions:
        return settled(chat, id, event)
    if id in book.checklists:
        return ticked(chat, id, event, book)
    return replied(chat, book.questions[id], event, book)


def kinds(id: str, chat: Chat, book: Book) -> tuple[str, ...]:
    """The kinds of answer that *id*, which is being asked, takes now."""
    if id in book.checklists:  # with a box ticked, "none of these" would pass over it
        return ("done",) if chat.toggled else ("none",)
    if id in book.conditions:
        ticked = ("done",) if chat.toggled else ()
        return (*YES_OR_NO, *ticked) if book.conditions[id].agree else ticked
    question = book.questions[id]
    if question.severe:
        return ("rate",)
    return (*YES_OR_NO, "decline") if question.may_decline else YES_OR_NO


def fits(event: Event, chat: Chat, book: Book) -> bool:
    """Whether *event* is the kind of answer that what is being asked takes."""
    id = current(chat, book)
    if event.name not in kinds(id, chat, book):
        return False
    if event.name == "rate":
        return event.value in SCALE
    return event.name in ("none", "done") or event.value == id


def replied(chat: Chat, question: Question, event: Event, book: Book) -> Chat:
    """*chat* after a question of its own: yes, no, not sure, rather not say, or a number."""
    if event.name == "rate":
        chat = chat.but(pain=int(event.value))
    if not is_yes(event, question):
        return chat
    chat = counted(chat, (question,), event.at, book)
    return chat.but(follow_ups=(*question.follow_ups, *chat.follow_ups))


def is_yes(event: Event, question: Question) -> bool:
    """Whether *event* counts as yes to *question*."""
    if event.name == "rate":
        return bool(question.severe) and int(event.value) >= question.severe
    return event.name in ("yes", "unsure")


def ticked(chat: Chat, id: str, event: Event, book: Book) -> Chat:
    """*chat* after a whole checklist."""
    chosen = () if event.name == "none" else chat.toggled
    chat = chat.but(toggled=())
    if all(item in book.conditions for item in book.checklists[id].items):
        to_settle = tuple(c for c in chosen if book.conditions[c].agree or book.conditions[c].where)
        return chat.but(conditions=chosen, agreed=(), places=(), follow_ups=to_settle)
    return counted(chat, tuple(book.questions[q] for q in chosen), event.at, book)


def settled(chat: Chat, id: str, event: Event) -> Chat:
    """*chat* after more has been said about a condition: a clinician agreed, or where it is."""
    if event.name == "yes":
        return chat.but(agreed=(*chat.agreed, id))
    if event.name == "done":
        places = tuple(f"{id}:{place}" for place in chat.toggled)
        return chat.but(places=(*chat.places, *places), toggled=())
    return chat


def counted(chat: Chat, yes: tuple[Question, ...], now: int, book: Book) -> Chat:
    """*chat* after a yes to each of these; the lock comes down if one of them says so."""
    worst = max((q.disposition for q in yes), default=Disposition.SELF_CARE)
    chat = chat.but(found=max(chat.found, worst))
    cautions = tuple(q.id for q in yes if q.disposition is Disposition.CAUTION)
    locking = tuple(q.id for q in yes if q.disposition >= LOCKING)
    if cautions:
        chat = chat.but(cautions=tuple(sorted({*chat.cautions, *cautions})))
    return locked(chat, worst, locking, now, book) if locking else chat


def before(chat: Chat, book: Book) -> int:
    """Where the question before the current one is in the course; -1 if there is none."""
    course = sequence(chat, book)
    asked = (n for n in range(chat.at - 1, -1, -1) if wanted(course[n], chat.found, book))
    return next(asked, -1)


def back(chat: Chat, book: Book) -> Chat:
    """*chat* with the question before the current one asked again.  No answer is taken back."""
    return ready(chat.but(at=before(chat, book), follow_ups=()), book)


def passed(chat: Chat, now: int, book: Book) -> bool:
    """Whether a full screening under these very rules opens the guide."""
    age = now - chat.screened_at
    in_time = chat.screened_at > 0 and age <= book.numbers.valid_days * 86_400
    return chat.lock is None and in_time and chat.edition == book.edition


def at_end(chat: Chat, now: int, book: Book) -> Chat:
    """*chat* after a course in which nothing was found that closes the guide."""
    chat = chat.but(gated_until=now + book.numbers.gate_minutes * 60, rested="")
    if chat.course is not Course.GATE:
        chat = chat.but(screened_at=now, edition=book.edition)
        chat = opened(chat, now, book) if chat.course in OPENS else chat
    return chat.but(course=Course.FULL, at=0, follow_ups=(), found=Disposition.SELF_CARE)


def opened(chat: Chat, now: int, book: Book) -> Chat:
    """*chat* with the lock up again; a plan that it has put away begins anew.

    Source: docs/decisions/0052, "right after a lock that a clinician's word has opened".
    """
    is_planned = chat.lock is not None and chat.lock.planned
    plan = plans.begun(now, chat.pain, book.dose) if is_planned else None
    return chat.but(lock=None, seen_at=0, plan=plan)


def ready(chat: Chat, book: Book) -> Chat:
    """*chat* with what comes next laid out: boxes are ticked as they were the last time, and who
    only goes away from a list finds it as it was.
    """
    chat = chat.but(follow_ups=pending(chat, book))
    id = "" if over(chat, book) else current(chat, book)
    listed = book.checklists[id].items if id in book.checklists else ()
    known = {*chat.conditions, *chat.toggled}
    return chat.but(toggled=tuple(item for item in sorted(known) if item in listed))
