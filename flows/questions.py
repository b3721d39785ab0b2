"""The questions that rows of the table ask before they are taken.

Each looks at the chat as it was when the event came, and changes nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from flows import course, lock, offer
from flows.book import AGE, HARD, SEVERE, Technique
from flows.chains import led_on, waiting
from flows.chat import OPENS, WONDERING, Disposition, State
from flows.course import SCALE
from flows.events import CONDITION
from flows.states import ASKING

if TYPE_CHECKING:
    from flows.turn import Turn

FEELINGS = ("better", "same", "worse")


# Red flags


def locks(turn: Turn) -> bool:
    question = turn.book.questions.get(turn.event.value)
    return question is not None and question.disposition >= course.LOCKING


def is_new(turn: Turn) -> bool:
    down = turn.chat.lock
    return locks(turn) and not (down and turn.event.value in down.rules)


def asks_more(turn: Turn) -> bool:
    """Whether what follows from this flag could make it worse."""
    follow_ups = turn.book.questions[turn.event.value].follow_ups
    return bool(set(follow_ups) & set(course.pending(turn.flagged, turn.book)))


def is_followed_up(turn: Turn) -> bool:
    """Whether this flag is up, and what follows from it is being asked: that is not settled yet."""
    return not is_new(turn) and course.is_followed_up(turn.event.value, turn.chat, turn.book)


def suspects(turn: Turn) -> bool:
    return turn.chat.page == "suspicion"


def suspects_emergency(turn: Turn) -> bool:
    """Whether a yes may come to an emergency, which can not wait for the morning."""
    potentials = (course.potential(id, turn.book) for id in waiting(turn.chat))
    return Disposition.EMERGENCY in potentials


def leads_on(turn: Turn) -> bool:
    """Whether another sign is asked about after this one."""
    return suspects(turn) and bool(led_on(turn.chat, turn.event, turn.book))


def leaves_open(turn: Turn) -> bool:
    return turn.chat.is_unsettled


def asks_condition(turn: Turn) -> bool:
    return turn.chat.page == CONDITION


def wonders(turn: Turn) -> bool:
    return turn.chat.page in WONDERING


def suspects_old(turn: Turn) -> bool:
    """Whether what is asked about may be old, and all else that closes the guide, too."""
    question, down = turn.book.questions.get(turn.chat.suspected), turn.chat.lock
    is_grave = down is not None and down.disposition is Disposition.EMERGENCY
    may_be = question is not None and question.may_be_known and (not is_grave or may_be_old(turn))
    return suspects(turn) and may_be


def hurt_before(turn: Turn) -> bool:
    return turn.chat.sharps > 0


# Screening


def about_age(turn: Turn) -> bool:
    return turn.event.value == AGE


def rescreens(turn: Turn) -> bool:
    """Whether this is a yes that asks for the full screening again."""
    question = turn.book.questions.get(course.current(turn.chat, turn.book))
    return bool(question and question.rescreens and course.is_yes(turn.event, question))


def is_declined(turn: Turn) -> bool:
    return turn.event.name == "decline"


def goes_on(turn: Turn) -> bool:
    return not course.over(turn.answered, turn.book)


def passes(turn: Turn) -> bool:
    """Whether the course is over and nothing was found; a lock opens at the end of few courses."""
    may_open = turn.chat.lock is None or turn.chat.course in OPENS
    return not goes_on(turn) and turn.answered.found < course.LOCKING and may_open


def is_on_the_list(turn: Turn) -> bool:
    if turn.chat.pages or course.over(turn.chat, turn.book):
        return False
    id = course.current(turn.chat, turn.book)
    is_list = id in turn.book.checklists or id in turn.book.conditions
    return is_list and turn.event.value in course.items(id, turn.chat, turn.book)


def has_one_before(turn: Turn) -> bool:
    return not turn.chat.pages and course.before(turn.chat, turn.book) >= 0


def has_ticked_a_sign(turn: Turn) -> bool:
    """Whether a red flag is ticked and not sent: to leave the list would take it away."""
    return not turn.chat.pages and any(id in turn.book.questions for id in turn.chat.toggled)


def is_alone(turn: Turn) -> bool:
    return course.current(turn.chat, turn.book) not in turn.book.checklists


# The lock


def is_locked(turn: Turn) -> bool:
    return turn.chat.lock is not None


def may_be_old(turn: Turn) -> bool:
    return lock.may_be_old(turn.chat, turn.book)


def may_reopen(turn: Turn) -> bool:
    return lock.may_reopen(turn.chat, turn.event.at, turn.book)


def was_read(turn: Turn) -> bool:
    """Whether the guide is closed for typed words alone: nothing was pressed or answered."""
    down = turn.chat.lock
    return down is not None and bool(down.words) and bool(course.read_as(down, turn.book))


def has_more_to_ask(turn: Turn) -> bool:
    return turn.chat.lock is not None and not course.over(turn.chat, turn.book)


# Coming and going


def was_interrupted(turn: Turn) -> bool:
    return course.unfinished(turn.chat)


def is_screened(turn: Turn) -> bool:
    return course.passed(turn.chat, turn.event.at, turn.book)


def is_gated(turn: Turn) -> bool:
    return turn.chat.screened_at > 0 and turn.event.at <= turn.chat.gated_until


def nothing_fits(turn: Turn) -> bool:
    chat = turn.answered.but(rested="") if turn.state in ASKING else turn.chat
    return not offer.at_best(chat, turn.book)


def could_agree(turn: Turn) -> bool:
    return turn.event.value in offer.unagreed(turn.chat, turn.book)


def fits_then(turn: Turn) -> bool:
    """Whether a clinician can agree to this, and a technique fits once they have."""
    agreed = (*turn.chat.agreed, turn.event.value)
    return could_agree(turn) and bool(offer.at_best(turn.chat.but(agreed=agreed), turn.book))


# A session


def is_an_area(turn: Turn) -> bool:
    return bool(offer.tools_for(turn.event.value, turn.chat, turn.book))


def is_a_tool(turn: Turn) -> bool:
    return turn.event.value in offer.tools_for(turn.chat.area, turn.chat, turn.book)


def is_hard(turn: Turn) -> bool:
    return turn.event.value == HARD and turn.chat.area not in turn.chat.softened


def has_positions(turn: Turn) -> bool:
    return len(fitting(turn, turn.event.value)) > 1


def hard_has_positions(turn: Turn) -> bool:
    return len(fitting(turn, HARD)) > 1


def fitting(turn: Turn, tool: str) -> tuple[Technique, ...]:
    return offer.techniques_for(turn.chat.area, tool, turn.chat, turn.book)


def is_a_technique(turn: Turn) -> bool:
    return turn.event.value in {t.id for t in fitting(turn, turn.chat.tool)}


def is_held(turn: Turn) -> bool:
    return turn.steps[turn.chat.place].hold > 0


def has_next(turn: Turn) -> bool:
    return turn.chat.place + 1 < len(turn.steps)


def has_step_before(turn: Turn) -> bool:
    return turn.chat.place > 0


def has_other_side(turn: Turn) -> bool:
    """Whether the other side is still to be done, and there is time for it."""
    return not turn.chat.second and offer.fits(turn.chat, turn.technique.minutes, turn.book)


def is_switching(turn: Turn) -> bool:
    return turn.state is State.SWITCHING


def this_hold(turn: Turn) -> bool:
    return turn.event.turn == turn.chat.hold_turn


def is_late_hold(turn: Turn) -> bool:
    """Whether the clock says that it strikes late: the bot was away when the hold ended."""
    late = turn.event.value
    return late.isdecimal() and int(late) > turn.book.numbers.hold_grace


def this_session(turn: Turn) -> bool:
    return turn.event.turn == turn.chat.gated_until


def is_on_the_scale(turn: Turn) -> bool:
    return turn.event.value in SCALE


def is_severe(turn: Turn) -> bool:
    return is_on_the_scale(turn) and int(turn.event.value) >= turn.book.questions[SEVERE].severe


def is_a_feeling(turn: Turn) -> bool:
    return turn.event.value in FEELINGS


def is_enough(turn: Turn) -> bool:
    return offer.is_enough(turn.chat, turn.event.at, turn.book)


def has_next_part(turn: Turn) -> bool:
    return bool(offer.next_parts(turn.chat, turn.book))


def may_do_more(turn: Turn) -> bool:
    return offer.may_do_more(turn.chat, turn.book)


# Pages


def has_page(turn: Turn) -> bool:
    return bool(turn.chat.pages)


def is_a_topic(turn: Turn) -> bool:
    return turn.event.value in turn.book.topics


def is_a_region(turn: Turn) -> bool:
    return turn.event.value in turn.book.regions


def is_a_country(turn: Turn) -> bool:
    return turn.event.value in turn.book.countries


def is_a_language(turn: Turn) -> bool:
    return turn.event.value in turn.book.languages
