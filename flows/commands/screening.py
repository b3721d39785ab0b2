"""Commands about going through questions."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from flows import course
from flows.chat import OPENS, Course, Disposition, State
from flows.commands.change import change
from flows.events import CONDITION
from flows.lock import left

if TYPE_CHECKING:
    from flows.book import Question
    from flows.turn import Turn


def begin_screening(turn: Turn) -> None:
    record_answers(turn)
    turn.chat = course.begun(left(turn.chat), Course.FULL, turn.book)


def say_all_again(turn: Turn) -> None:
    """Who has had a session does not expect all questions; it is said why they come."""
    if turn.chat.plan:
        turn.notice = "all_again"


def begin_gate(turn: Turn) -> None:
    record_answers(turn)
    turn.chat = course.begun(left(turn.chat), Course.GATE, turn.book)


def ask_all_again(turn: Turn) -> None:
    """From the head, the next time; what was answered is not counted."""
    change(turn, at=0, follow_ups=(), toggled=())


def ask_afresh(turn: Turn) -> None:
    """What was answered counts no more: all is asked from the head, what was found is kept.

    So is what was ticked and not sent: a condition, which can only take techniques away, and is
    asked again; and what asks for care without closing the guide.
    """
    before, questions = turn.chat, turn.book.questions
    ticked = {id for id in before.toggled if id in turn.book.conditions}
    told = {id for id in before.toggled if id in questions and is_caution(questions[id])}
    goes_on = before.course in OPENS or turn.state is State.GATE
    again = course.begun(before, before.course if goes_on else Course.FULL, turn.book)
    conditions = tuple(sorted({*before.conditions, *ticked}))
    cautions = tuple(sorted({*before.cautions, *told}))
    again = again.but(cautions=cautions, conditions=conditions)
    if before.lock and before.course not in OPENS:
        again = again.but(found=before.lock.disposition)
    turn.chat = course.ready(again, turn.book)


def is_caution(question: Question) -> bool:
    return question.disposition is Disposition.CAUTION


def say_been_a_while(turn: Turn) -> None:
    turn.notice = "been_a_while"


def take_answer(turn: Turn) -> None:
    before = turn.chat.lock
    note_answer(turn)
    turn.chat = turn.answered.but(answers=turn.chat.answers)
    is_down = turn.chat.lock and turn.chat.lock != before
    if is_down or course.over(turn.chat, turn.book):
        record_answers(turn)
    if turn.chat.lock and is_down:
        turn.record("locked", " ".join(turn.chat.lock.rules))


def note_answer(turn: Turn) -> None:
    """What was answered, as it was given."""
    id, said = course.current(turn.chat, turn.book), turn.event
    given = {"rate": said.value, "done": ",".join(turn.chat.toggled)}.get(said.name, said.name)
    change(turn, answers=(*turn.chat.answers, f"{id}={given}"))


def record_answers(turn: Turn) -> None:
    """One line for many answers."""
    if turn.chat.answers:
        turn.record("answers", " ".join(turn.chat.answers))
        change(turn, answers=())


def record_screening(turn: Turn) -> None:
    cautions = turn.chat.cautions
    turn.chat = course.at_end(turn.chat, turn.event.at, turn.book)
    worst = Disposition.CAUTION if cautions else Disposition.SELF_CARE
    pain = turn.chat.pain if turn.chat.pain >= 0 else None
    turn.record("screened", " ".join((*cautions, *turn.chat.conditions)), rating=pain)
    turn.records[-1] = replace(turn.records[-1], disposition=worst.name)


def toggle(turn: Turn) -> None:
    ticked, item = turn.chat.toggled, turn.event.value
    without = tuple(t for t in ticked if t != item)
    change(turn, toggled=without if item in ticked else tuple(sorted((*ticked, item))))


def tick_told(turn: Turn) -> None:
    """Tick what the same words tell of; they untick nothing."""
    boxes = set(turn.event.beside) - {CONDITION}
    if boxes:
        change(turn, toggled=tuple(sorted({*turn.chat.toggled, *boxes})))


def say_ticked_first(turn: Turn) -> None:
    turn.notice = "ticked_first"


def ask_before(turn: Turn) -> None:
    turn.chat = course.back(turn.chat, turn.book)


def note_agreement(turn: Turn) -> None:
    change(turn, agreed=(*turn.chat.agreed, turn.event.value))
    turn.record("agreed", turn.event.value)


def say_it_fits(turn: Turn) -> None:
    turn.notice = "fits_now"


def say_none_fits_yet(turn: Turn) -> None:
    turn.notice = "none_fits_yet"
