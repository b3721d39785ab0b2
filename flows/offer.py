"""What a person may be offered: the techniques that none of their conditions rules out."""

from collections.abc import Iterator
from dataclasses import replace

from flows import plan
from flows.book import Book, Condition, Removal, Step, Technique
from flows.chat import Chat


def offered(chat: Chat, book: Book) -> tuple[Technique, ...]:
    """Every technique that *chat* may see now, in the book's order."""
    removals = tuple(in_force(chat, book))
    return tuple(
        technique
        for technique in book.techniques.values()
        if technique.id != chat.rested
        and not (chat.plan and technique.id in chat.plan.away)
        and fits(chat, plan.one_side(technique.minutes), book)
        and usable_tools(technique, removals)
        and not any(rules_out(removal, technique) for removal in removals)
    )


def at_best(chat: Chat, book: Book) -> tuple[Technique, ...]:
    """What *chat* may be offered in a session that has just begun."""
    return offered(chat.but(rested="", minutes=0), book)


def tools_at_best(chat: Chat, book: Book) -> set[str]:
    removals = tuple(in_force(chat, book))
    return {tool for t in at_best(chat, book) for tool in usable_tools(t, removals)}


def fits(chat: Chat, minutes: int, book: Book) -> bool:
    """Whether so many *minutes* more are not too much for one session."""
    return chat.minutes + minutes <= book.numbers.session_minutes


def in_force(chat: Chat, book: Book) -> Iterator[Removal]:
    """What the conditions of *chat* take away, as things stand."""
    for id in chat.conditions:
        condition = book.conditions.get(id)
        if condition is None:  # the rules have changed since; a new screening comes first
            continue
        yield condition.removes
        if id not in chat.agreed:
            yield condition.until_agreed
        if condition.where:
            yield Removal(areas=tuple(sorted(areas_of(condition, chat, book))))


def areas_of(condition: Condition, chat: Chat, book: Book) -> set[str]:
    """The areas that *condition* is in; all of them as long as nobody has said."""
    said = [place.removeprefix(f"{condition.id}:") for place in chat.places
            if place.startswith(f"{condition.id}:")]  # fmt: skip
    places = [book.places[id] for id in said if id in book.places] or list(book.places.values())
    return {area for place in places for area in place.areas}


def rules_out(removal: Removal, technique: Technique) -> bool:
    """Whether *removal* takes away the whole of *technique*, whatever its tool."""
    return (
        removal.everything
        or technique.area in removal.areas
        or bool(set(technique.positions) & set(removal.positions))
        or bool(removal.only_positions
                and not set(technique.positions) & set(removal.only_positions))
    )  # fmt: skip


def usable_tools(technique: Technique, removals: tuple[Removal, ...]) -> tuple[str, ...]:
    """The tools with which *technique* may be done."""
    return tuple(
        tool
        for tool in technique.tools
        if not any(
            tool in removal.tools or (removal.only_tools and tool not in removal.only_tools)
            for removal in removals
        )
    )


def tools_for(area: str, chat: Chat, book: Book) -> tuple[str, ...]:
    """The tools to choose from for *area*, the gentlest first."""
    removals = tuple(in_force(chat, book))
    usable = {tool for technique in offered(chat, book) if technique.area == area
              for tool in usable_tools(technique, removals)}  # fmt: skip
    return tuple(tool for tool in book.tools if tool in usable)


def techniques_for(area: str, tool: str, chat: Chat, book: Book) -> tuple[Technique, ...]:
    """The techniques to choose from, one for each position."""
    removals = tuple(in_force(chat, book))
    return tuple(
        technique
        for technique in offered(chat, book)
        if technique.area == area and tool in usable_tools(technique, removals)
    )


def steps(technique: Technique, chat: Chat, book: Book) -> tuple[Step, ...]:
    """The steps of *technique* without those that a condition rules out."""
    removed = {move for removal in in_force(chat, book) for move in removal.moves}
    return tuple(step for step in technique.steps if not step.move or step.move not in removed)


def unagreed(chat: Chat, book: Book) -> tuple[str, ...]:
    """The conditions that would take less away if a clinician agreed."""
    return tuple(
        id for id in chat.conditions
        if id in book.conditions and book.conditions[id].agree and id not in chat.agreed
    )  # fmt: skip


def went(chat: Chat, book: Book) -> str:
    """How the session has gone: the worse of how it felt and what the numbers say.

    The record keeps both as they were given.
    """
    more = chat.rating - chat.pain if min(chat.rating, chat.pain) >= 0 else 0
    if chat.feeling == "worse" or more >= book.dose.worse:
        return "worse"
    return "same" if more > 0 else chat.feeling


def went_well(chat: Chat, book: Book) -> bool:
    return chat.sharps == 0 and went(chat, book) != "worse"


def may_do_more(chat: Chat, book: Book) -> bool:
    """Whether another technique may follow in this session: it went well and there is time."""
    enough = chat.plan and chat.plan.bad and chat.minutes >= chat.plan.minutes
    if enough or not went_well(chat, book):
        return False
    return chat.gated_until > 0 and bool(offered(chat, book))


def is_resting(chat: Chat) -> bool:
    """Whether the last session is too fresh for another one; what goes on is no other one."""
    if chat.plan is None or chat.now >= plan.rest_until(chat.plan):
        return False
    return not (chat.minutes and plan.goes_on(chat.plan, chat.now))


def is_enough(chat: Chat, at: int, book: Book) -> bool:
    """Whether no session may begin before the rest is over: all minutes of one are used up.

    After a bad next day a session is left out, whatever was used.
    """
    if chat.plan is None or at >= plan.rest_until(chat.plan):
        return False
    return plan.leaves_one_out(chat.plan) or not offered(chat.but(rested=""), book)


def next_parts(chat: Chat, book: Book) -> tuple[plan.Part, ...]:
    """What the plan of *chat* still has after a technique of this session, if it may be done."""
    return today(chat, book) if may_do_more(chat, book) else ()


def today(chat: Chat, book: Book) -> tuple[plan.Part, ...]:
    """What the plan of *chat* has for what is left of this session."""
    if not chat.plan or is_resting(chat):
        return ()
    removals = tuple(in_force(chat, book))
    last = book.techniques.get(chat.plan.last)
    done = {*chat.worked, last.area if last else ""} if chat.minutes else set()
    ways = [
        plan.Way(t.id, t.area, usable_tools(t, removals), t.minutes)
        for t in offered(chat, book)
        if t.area not in done
    ]
    left = replace(chat.plan, minutes=chat.plan.minutes - chat.minutes)
    return plan.today(left, ways, book.dose)
