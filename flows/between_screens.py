"""What can be picked, and what is said, between sessions: reminders, the day after, the plan.

`screens` and `texts` ask here for what is not about a screening or a session.
"""

from collections.abc import Callable

from flows import agreement, notes, offer
from flows import plan as plans
from flows.book import CRISIS, Book
from flows.chat import Chat
from flows.clocks import cities, city_label, clocks, place
from flows.plan import Change, Part
from flows.reminder_texts import agreed, clock, hours, reminding, rhythm
from flows.reminders.zones import DAY, minute_of

# What can be picked


def away(chat: Chat, book: Book) -> tuple[str, ...]:
    known = chat.plan.away if chat.plan else ()
    return tuple(id for id in known if id in book.techniques)


VALUES: dict[str, Callable[[Chat, Book], tuple[str, ...]]] = {
    "at": lambda _, book: tuple(str(minute) for minute in book.reminding.times),
    "every": lambda _, book: book.reminding.rhythms,
    "quiet": agreement.quiets,
    "zone": clocks,
    "city": cities,
    "pause_for": lambda _, book: tuple(str(days) for days in book.reminding.pauses),
    "bring_back": away,
    "drop_note": lambda chat, _: notes.numbers(chat),
    "span": lambda _, book: tuple(str(days) for days in book.past.spans),
}


def label(event: str, value: str, chat: Chat, book: Book) -> str:
    """What stands on the button of a value."""
    match event:
        case "at":
            return clock(int(value), book)
        case "every":
            return rhythm(agreement.rhythm(value), book)
        case "quiet":
            return hours(agreement.quiet(value), book)
        case "zone":
            shown = clock(minute_of(chat.now, value), book)
            return book.texts["zone"].format(place=place(value, chat, book), clock=shown)
        case "city":
            return city_label(value, chat, book)
        case "pause_for":
            return book.texts["days"].format(days=value)
        case "span":
            return span_label(value, book)
        case "drop_note":
            return book.labels[event].format(number=value)
    return book.labels[event].format(technique=book.techniques[value].name)


def span_label(days: str, book: Book) -> str:
    return book.labels.get(f"span.{days}") or book.labels["span"].format(days=days)


# What is said


def quiet_hours(chat: Chat, book: Book) -> str:
    return hours(chat.reminder.rule.quiet, book) if chat.reminder else ""


def where(chat: Chat, book: Book) -> str:
    """Which clock they live by, and what it shows."""
    if chat.reminder is None:
        return ""
    zone = chat.reminder.rule.zone
    shown = clock(minute_of(chat.now, zone), book)
    return book.texts["zone"].format(place=place(zone, chat, book), clock=shown)


def rhythm_agreed(chat: Chat, book: Book) -> str:
    return agreed(chat.reminder.rule, book) if chat.reminder else ""


def agreed_time(chat: Chat, book: Book) -> str:
    return clock(chat.reminder.rule.minute, book) if chat.reminder else ""


# What has been


def span_shown(chat: Chat, book: Book) -> str:
    """How many days are looked back on, as a button has it."""
    offered = [str(days) for days in book.past.spans]
    return chat.span if chat.span in offered else offered[0]


def span(chat: Chat, book: Book) -> str:
    said = span_label(span_shown(chat, book), book)
    return said[:1].lower() + said[1:]


def noted(chat: Chat, book: Book) -> str:
    """The lines that the person has typed for the sheet."""
    lines = [f"{number}. {words}" for number, words in enumerate(chat.notes, start=1)]
    return book.texts["noted"].format(list="\n".join(lines)) if lines else ""


def most_notes(_: Chat, book: Book) -> str:
    return str(book.past.most_notes)


def longest_note(_: Chat, book: Book) -> str:
    return str(book.past.longest_note)


# The plan


def planned(chat: Chat, book: Book) -> str:
    """The plan in a line: how long, how often, with what."""
    plan = chat.plan
    if plan is None:
        return ""
    usable = offer.tools_at_best(chat, book)
    if not usable:
        return book.texts["planned.nothing"]
    tools = [book.tools[t].lower() for t in plans.tools(plan, book.dose) if t in usable]
    every = book.texts.get(f"every.{plan.days}") or book.texts["every"].format(days=plan.days)
    return book.texts["planned"].format(
        minutes=plan.minutes, every=every.lower(), tools=", ".join(tools)
    )


def none_reminded(chat: Chat, book: Book) -> str:
    """That reminders keep still, where no technique can be offered."""
    is_on = chat.reminder is not None and chat.reminder.rule.on
    return book.texts["reminders.nothing"] if is_on and not offer.at_best(chat, book) else ""


def why_changed(chat: Chat, book: Book) -> str:
    plan = chat.plan
    if plan is None or not plan.why:
        return ""
    if plan.why == Change.DOWN.value and not plans.is_half(plan):
        return book.texts["plan.down.least"].format(minutes=plan.minutes)
    if plans.leaves_one_out(plan) and plan.back:
        return book.texts["plan.down.undone"].format(minutes=plan.back)
    return book.texts[f"plan.{plan.why}"].format(minutes_planned=plan.minutes)


def why_untold(chat: Chat, book: Book) -> str:
    """The reason of a change that nobody has been shown on its page."""
    return "" if chat.plan and chat.plan.told else why_changed(chat, book)


def same(chat: Chat, book: Book) -> str:
    """What to think of a session after which it feels the same; nothing where nothing hurts."""
    if chat.rating == 0:
        return ""
    weeks = chat.plan and chat.now - chat.plan.since >= book.dose.book_days * DAY
    return book.texts["same.weeks" if weeks else "same.early"]


def minutes_planned(chat: Chat, book: Book) -> str:
    return str(chat.plan.minutes if chat.plan else book.dose.minutes[0])


def today(chat: Chat, book: Book) -> str:
    """What the plan has for today, a line for each technique."""
    if offer.is_resting(chat):
        return book.texts["rest_day"]
    parts = offer.today(chat, book)
    if not parts or not chat.plan:
        return ""
    lines = "\n".join(f"• {line(part, book)}" for part in parts)
    return book.texts["today_is"].format(minutes=chat.plan.minutes - chat.minutes, list=lines)


def next_part(chat: Chat, book: Book) -> str:
    """What the plan has next in this session."""
    parts = offer.next_parts(chat, book)
    return book.texts["next_part"].format(part=line(parts[0], book)) if parts else ""


def line(part: Part, book: Book) -> str:
    sides = book.texts["both_sides" if part.both else "one_side"]
    return book.texts["part"].format(
        technique=book.techniques[part.technique].name, sides=sides, minutes=part.minutes
    )


def put_away(chat: Chat, book: Book) -> str:
    names = [book.techniques[id].name for id in away(chat, book)]
    return book.texts["put_away"].format(list="\n".join(f"• {n}" for n in names)) if names else ""


def weekly(_: Chat, book: Book) -> str:
    return book.questions[CRISIS].ask


def weekly_cautions(chat: Chat, book: Book) -> str:
    """Once a week, what they should see a clinician about."""
    over = chat.now - chat.week_at >= book.reminding.week_days * 86_400
    said = [book.questions[id].label for id in chat.cautions if id in book.questions]
    if not over or not said:
        return ""
    return book.texts["caution"].format(list="\n".join(f"• {one}" for one in said))


GAPS: dict[str, Callable[[Chat, Book], str]] = {
    gap.__name__: gap
    for gap in (
        reminding, quiet_hours, where, rhythm_agreed, agreed_time, planned, none_reminded,
        why_changed, why_untold, same, minutes_planned, today, next_part, put_away, weekly,
        weekly_cautions, span, noted, most_notes, longest_note,
    )
}  # fmt: skip
