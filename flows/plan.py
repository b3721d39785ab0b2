"""The plan: how long, with what and how often, and when that changes.

1. One thing changes at a time, and not before `change_days` have gone by.
2. It goes up only after good next days, and down at once after a bad one.
3. What goes on badly is not for a plan to solve: a clinician is asked.
4. Every change says why, and can be undone; being referred to a clinician can not.  What is
   undone after a bad next day comes back only after one that is no worse.

A next day is the pain from 0 to 10 a day after a session.  Who never tells it is heard at the next
gate: what goes on badly for weeks does not wait for an answer.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import Enum

from flows.reminders.zones import DAY

UNKNOWN = -1  # a pain that nobody has said


@dataclass(frozen=True, slots=True)
class Dose:
    """The numbers of the plan.  Each has its source beside it in `plan.toml`."""

    minutes: tuple[int, ...]  # of a session: to begin with, and each step up
    fewest: int  # minutes; half a session is never less
    tools: tuple[tuple[str, ...], ...]  # those to begin with, and those that come with each step
    days: tuple[int, ...]  # from one session to the next: to begin with, and each step
    change_days: int  # from one change to the next
    tool_days: int  # before the first new tool
    good_days: int  # good next days in a row before a step up
    worse: int  # points above the baseline that make a bad next day
    bad_days: int  # bad next days in a row before a clinician is asked
    better: int  # points below the pain at the start that count as better
    better_percent: int  # or this much of it
    book_days: int  # no better for so long: book a visit
    hold_days: int  # no better for so long: no step up, and the visit is named again
    stuck_days: int  # no better for so long: a clinician comes first
    hurts: int  # sharp pains with a technique before it is put away


class Change(Enum):
    """What a next day came to; its value is the key of the reason that is said."""

    NONE = ""
    LONGER = "longer"
    TOOL = "tool"
    OFTENER = "oftener"
    DOWN = "down"  # half the time, and the next session is left out
    BACK = "back"  # that time is undone, as was asked
    BOOK = "book"  # no better yet: book a visit
    HOLD = "hold"  # no better for longer: nothing goes up, and the visit is named again
    TWICE = "twice"  # a bad next day for the second time: locked
    STUCK = "stuck"  # no better for weeks: locked


REFERS = (Change.TWICE, Change.STUCK)


@dataclass(frozen=True, slots=True)
class Plan:
    """What is agreed with one person, and how it has gone.  Times are seconds since 1970."""

    since: int
    minutes: int
    stage: int = 0  # how many new tools have come
    days: int = 2
    first: int = UNKNOWN  # the pain when it began
    before: int = UNKNOWN  # the pain before the last session
    done_at: int = 0  # when the last session was begun, from its first technique on
    last: str = ""  # the technique of it
    tool: str = ""  # and what it was done with
    good: int = 0  # good next days in a row
    bad: int = 0  # bad ones in a row
    changed_at: int = 0
    was: tuple[int, int, int] = (0, 0, 0)  # minutes, stage and days before the last change
    why: str = ""  # the reason of what has changed since the last session
    booked: bool = False  # whether a visit has been suggested
    hurt: tuple[str, ...] = ()  # techniques, once for each sharp pain
    away: tuple[str, ...] = ()  # techniques that are put away
    owed: bool = False  # whether the day after the last session has not been told
    told: bool = False  # whether the reason has been shown on its page
    held: bool = False  # whether it has been said that nothing goes up
    back: int = 0  # minutes to go back to after a next day that is no worse; 0 is none


@dataclass(frozen=True, slots=True)
class Part:
    """A technique in today's session."""

    technique: str
    tool: str
    both: bool  # whether both sides fit in
    minutes: int


@dataclass(frozen=True, slots=True)
class Way:
    """A technique that may be offered, and the tools with which it may be done."""

    technique: str
    area: str
    tools: tuple[str, ...]
    minutes: int  # both sides


def begun(at: int, pain: int, dose: Dose) -> Plan:
    """The plan that everybody begins with."""
    return Plan(at, dose.minutes[0], days=dose.days[0], first=pain, changed_at=at)


def practised(plan: Plan, at: int, pain: int, technique: str, tool: str) -> Plan:
    """*plan* after a session that was begun at *at*, with *pain* before it."""
    return replace(plan, done_at=at, before=pain, last=technique, tool=tool, why="", owed=True)


def stung(plan: Plan, technique: str, dose: Dose) -> Plan:
    """*plan* after sharp pain with *technique*: it is put away when that goes on."""
    hurt = (*plan.hurt, technique)
    if hurt.count(technique) < dose.hurts:
        return replace(plan, hurt=hurt)
    rest = tuple(id for id in hurt if id != technique)
    return replace(plan, hurt=rest, away=tuple(sorted({*plan.away, technique})))


def next_day(plan: Plan, at: int, pain: int, dose: Dose) -> tuple[Plan, Change]:
    """*plan* after the answer *pain* at *at*, and what has changed."""
    first = pain if plan.first == UNKNOWN else plan.first
    plan = replace(plan, why="", owed=False, first=first)
    more = above(plan, pain)
    if more >= dose.worse:
        return worse(plan, at, dose)
    plan = replace(plan, bad=0, good=0 if more > 0 else plan.good + 1)
    plan, what = over_weeks(plan, at, pain, dose)
    holds = at - plan.since >= dose.hold_days * DAY and not goes_well(plan, pain, dose)
    return (plan, what) if holds or what is not Change.NONE else up(plan, at, dose)


def at_gate(plan: Plan, at: int, pain: int, dose: Dose, *, in_time: bool) -> tuple[Plan, Change]:
    """*plan* after *pain* before a session, where the day after the last one was never told.

    It counts for what is about weeks, and *in_time* as a bad next day, but never as a good one.
    """
    if in_time:
        plan = replace(plan, owed=False)
        if above(plan, pain) >= dose.worse:
            return worse(plan, at, dose)
    return over_weeks(plan, at, pain, dose)


def above(plan: Plan, pain: int) -> int:
    """How many points *pain* is above the baseline.

    That is the lower of the pain before the session and when the plan began: a pain that creeps
    up is never much above what it was just before.
    """
    known = [number for number in (plan.first, plan.before) if number != UNKNOWN]
    return pain - min(known, default=pain)


def over_weeks(plan: Plan, at: int, pain: int, dose: Dose) -> tuple[Plan, Change]:
    """*plan* after *pain* at *at*, as far as it is no better for weeks."""
    age = at - plan.since
    if goes_well(plan, pain, dose):
        return plan, Change.NONE
    if age >= dose.stuck_days * DAY:
        return plan, Change.STUCK
    if age >= dose.hold_days * DAY and not plan.held:
        return said(replace(plan, held=True), Change.HOLD), Change.HOLD
    if age >= dose.book_days * DAY and not (plan.booked or plan.held):
        return said(replace(plan, booked=True), Change.BOOK), Change.BOOK
    return plan, Change.NONE


def said(plan: Plan, why: Change) -> Plan:
    """*plan* with something to tell, and nothing changed."""
    was = (plan.minutes, plan.stage, plan.days)
    return replace(plan, was=was, why=why.value, told=False)


def is_better(first: int, pain: int, dose: Dose) -> bool:
    """Whether *pain* is less than it was at *first*, by the smallest change that matters."""
    less = first - pain
    return less >= dose.better or less * 100 >= first * dose.better_percent > 0


def goes_well(plan: Plan, pain: int, dose: Dose) -> bool:
    """Whether *pain* is better than when the plan began; with none there is nothing to wait for."""
    return pain == 0 or is_better(plan.first, pain, dose)


def worse(plan: Plan, at: int, dose: Dose) -> tuple[Plan, Change]:
    """*plan* after a bad next day."""
    bad = plan.bad + 1
    if bad >= dose.bad_days:
        return replace(plan, bad=bad, good=0), Change.TWICE
    half = max(dose.fewest, plan.minutes // 2)
    return changed(replace(plan, bad=bad, back=0), at, Change.DOWN, minutes=half), Change.DOWN


def is_half(plan: Plan) -> bool:
    """Whether the last change has halved the time; half a session is never less than it may be."""
    return plan.minutes <= plan.was[0] // 2


def up(plan: Plan, at: int, dose: Dose) -> tuple[Plan, Change]:
    """*plan* one step further, if it is time for one."""
    if plan.back and plan.good:
        minutes = plan.back
        return changed(replace(plan, back=0), at, Change.BACK, minutes=minutes), Change.BACK
    early = at - plan.changed_at < dose.change_days * DAY
    if early or plan.good < dose.good_days:
        return plan, Change.NONE
    longer = [minutes for minutes in dose.minutes if minutes > plan.minutes]
    oftener = [days for days in dose.days if days < plan.days]
    if longer:
        return changed(plan, at, Change.LONGER, minutes=min(longer)), Change.LONGER
    if plan.stage + 1 < len(dose.tools) and at - plan.since >= dose.tool_days * DAY:
        return changed(plan, at, Change.TOOL, stage=plan.stage + 1), Change.TOOL
    if oftener:
        return changed(plan, at, Change.OFTENER, days=max(oftener)), Change.OFTENER
    return plan, Change.NONE


def changed(plan: Plan, at: int, why: Change, **parts: int) -> Plan:
    was = (plan.minutes, plan.stage, plan.days)
    return replace(plan, good=0, changed_at=at, was=was, why=why.value, told=False, **parts)  # type: ignore[arg-type]


def told(plan: Plan) -> Plan:
    """*plan* after the reason of its last change has been shown."""
    return replace(plan, told=True)


def undone(plan: Plan) -> Plan:
    """*plan* as it was before its last change; the next one waits as long as after any other.

    After a bad next day the time comes back only after one that is no worse: until then a session
    is left out, and the next one is halved.
    """
    minutes, stage, days = plan.was
    if leaves_one_out(plan):
        return replace(plan, back=minutes)
    if not plan.why:
        return plan
    return replace(plan, minutes=minutes, stage=stage, days=days, why="")


def tools(plan: Plan, dose: Dose) -> tuple[str, ...]:
    """The tools of the plan, the gentlest first."""
    return tuple(tool for stage in dose.tools[: plan.stage + 1] for tool in stage)


def rest_until(plan: Plan) -> int:
    """Until when the last session is too fresh for the next one; half a day does not matter.

    After a bad next day one session is left out.
    """
    days = 2 * plan.days if leaves_one_out(plan) else plan.days
    return plan.done_at and plan.done_at + days * DAY - DAY // 2


def leaves_one_out(plan: Plan) -> bool:
    """Whether the next session is left out: since a bad next day, until the one after it."""
    return plan.why == Change.DOWN.value


def goes_on(plan: Plan, at: int) -> bool:
    """Whether what is done at *at* still belongs to the session that was begun last."""
    return at - plan.done_at < DAY // 2


def one_side(minutes: int) -> int:
    """How long one side takes of what takes so many *minutes* for both."""
    return -(-minutes // 2)


def brought_back(plan: Plan, technique: str) -> Plan:
    """*plan* with a technique that was put away in it again."""
    return replace(plan, away=tuple(id for id in plan.away if id != technique))


def today(plan: Plan, ways: Iterable[Way], dose: Dose) -> tuple[Part, ...]:
    """What to do in a session, in order, out of the *ways* that may be offered.

    What was done last comes first, then another area each time, the gentlest tool first.
    """
    usable = tools(plan, dose)
    open_ways = [way for way in ways if way.technique not in plan.away]
    fitting = [(way, tool) for way in open_ways for tool in usable if tool in way.tools]
    fitting.sort(key=lambda one: (one[0].technique, one[1]) != (plan.last, plan.tool))
    left, areas, parts = plan.minutes, set[str](), list[Part]()
    for way, tool in fitting:
        both = way.minutes <= left
        minutes = way.minutes if both else one_side(way.minutes)
        if minutes <= left and way.area not in areas:
            parts.append(Part(way.technique, tool, both, minutes))
            areas.add(way.area)
            left -= minutes
    return tuple(parts)
