"""Commands about a session, from choosing to the rating."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flows import course, offer
from flows import plan as plans
from flows.book import HARD, SOFT
from flows.chat import Course, Side, State
from flows.commands.change import change
from flows.commands.pages import close_pages, keep_unsettled, leave_pages
from flows.commands.plan import note_sting, practise
from flows.lock import left

if TYPE_CHECKING:
    from flows.turn import Turn


def begin_session(turn: Turn) -> None:
    if turn.state is State.GATE:
        turn.chat = course.at_end(turn.chat, turn.event.at, turn.book)
        turn.record("gated", rating=turn.chat.pain)
    change(turn, gated_until=turn.event.at + turn.book.numbers.gate_hours * 3_600)
    plan = turn.chat.plan
    if not plan or turn.event.at >= plans.rest_until(plan):
        change(turn, minutes=0)
    if not plan or not plans.goes_on(plan, turn.event.at):
        change(turn, worked=())
    close_pages(turn)


def say_enough(turn: Turn) -> None:
    plan = turn.chat.plan
    turn.notice = "one_out" if plan and plans.leaves_one_out(plan) else "enough"


def leave_session(turn: Turn) -> None:
    leave_pages(turn)
    end_session(turn)


def end_session(turn: Turn) -> None:
    """A full screening stays where it is, afresh too; a gate or a reopening is begun again."""
    turn.chat = left(turn.chat)
    if turn.chat.course in (Course.GATE, Course.REOPEN):
        at = len(turn.book.screening) if turn.chat.lock else 0
        change(turn, course=Course.FULL, at=at, follow_ups=(), begun_at=turn.event.at)
    turn.chat = course.ready(turn.chat, turn.book)


def choose_area(turn: Turn) -> None:
    change(turn, area=turn.event.value)


def choose_tool(turn: Turn) -> None:
    take_tool(turn, turn.event.value)


def take_tool(turn: Turn, tool: str) -> None:
    """With the tool chosen, the technique is, if only one is left."""
    left_over = offer.techniques_for(turn.chat.area, tool, turn.chat, turn.book)
    change(turn, tool=tool, technique=left_over[0].id if len(left_over) == 1 else "")


def choose_hard_tool(turn: Turn) -> None:
    take_tool(turn, HARD)


def choose_technique(turn: Turn) -> None:
    change(turn, technique=turn.event.value)


def drop_technique(turn: Turn) -> None:
    change(turn, tool="", technique="", place=0, second=False)


def begin_walk(turn: Turn) -> None:
    change(turn, side=Side(turn.event.name), second=False, place=0)
    practise(turn)
    turn.record("started", turn.chat.technique)


def begin_hold(turn: Turn) -> None:
    seconds = turn.steps[turn.chat.place].hold
    change(turn, hold_until=turn.event.at + seconds, hold_turn=turn.shown + 1)


def cancel_hold(turn: Turn) -> None:
    change(turn, hold_until=0, hold_turn=0)


def say_weight_off(turn: Turn) -> None:
    turn.notice = "wrong_side"


def next_step(turn: Turn) -> None:
    change(turn, place=turn.chat.place + 1)


def step_before(turn: Turn) -> None:
    change(turn, place=turn.chat.place - 1)


def switch_sides(turn: Turn) -> None:
    change(turn, side=turn.chat.side.other, second=True, place=0)


def record_sharp(turn: Turn) -> None:
    cancel_hold(turn)
    keep_unsettled(turn)  # they are told to take the weight off above it, too
    note_sting(turn)
    change(turn, sharps=min(turn.chat.sharps + 1, 2))  # more than twice makes no difference
    turn.record("sharp", turn.chat.technique)


def rest_technique(turn: Turn) -> None:
    record_sharp(turn)
    change(turn, rested=turn.chat.technique)
    get_up(turn)


def record_stop(turn: Turn) -> None:
    cancel_hold(turn)
    leave_pages(turn)
    get_up(turn)
    turn.record("stopped", turn.chat.technique)


def complete(turn: Turn) -> None:
    """One side, or both, that the session has done; no more than what it may have is counted."""
    both = turn.technique.minutes
    minutes = turn.chat.minutes + (both if turn.chat.second else plans.one_side(both))
    change(turn, minutes=minutes, worked=tuple(sorted({*turn.chat.worked, turn.technique.area})))
    get_up(turn)


def use_up(turn: Turn) -> None:
    """What made it worse is not gone on with, not in another session either, before a rest.

    What hurt sharply twice has a rest of its own, until a clean gate.
    """
    change(turn, minutes=turn.book.numbers.session_minutes)


def get_up(turn: Turn) -> None:
    """The walkthrough is over; where it was does not matter any more."""
    change(turn, place=0, second=False, side=Side.LEFT)


def record_rating(turn: Turn) -> None:
    change(turn, rating=int(turn.event.value))
    turn.record("rated", turn.chat.technique, rating=turn.chat.rating)


def record_finish(turn: Turn) -> None:
    chat = turn.chat.but(feeling=turn.event.value)
    if chat.minutes > 0 and chat.tool == SOFT:
        others = {*chat.softened} - {chat.area}  # that it went well may be taken back
        well = {chat.area} if offer.went_well(chat, turn.book) else set[str]()
        chat = chat.but(softened=tuple(sorted(others | well)))
    turn.chat = chat
    if offer.went(chat, turn.book) == "worse" and not chat.rested:
        use_up(turn)
    turn.record("finished", f"{chat.technique} {chat.feeling}", rating=chat.rating)


def begin_again(turn: Turn) -> None:
    change(turn, area="", tool="", technique="", place=0, second=False, rating=-1, feeling="")
