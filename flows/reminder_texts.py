"""How times, days and reminders are said."""

from flows import offer
from flows import plan as plans
from flows.book import Book
from flows.chat import Chat
from flows.past import days
from flows.reminders.reminder import Reminder, due, next_ones
from flows.reminders.rule import WEEK, Rule
from flows.reminders.words import Wish
from flows.reminders.zones import DAY, calendar, day_of, minute_of

FAR = 28  # days; the number of a day that is nearer says which month
A_RUN = 3  # days in a row of which but the first and the last are said


def clock(minute: int, book: Book) -> str:
    return book.texts["clock"].format(hours=minute // 60, minutes=minute % 60)


def hours(quiet: tuple[int, int], book: Book) -> str:
    return book.texts["hours"].format(begins=clock(quiet[0], book), ends=clock(quiet[1], book))


def rhythm(rule: Rule | Wish, book: Book) -> str:
    """How often *rule*, or what was said, reminds."""
    if rule.weekdays:
        return ", ".join(weekday(day, book) for day in rule.weekdays)
    key = f"every.{rule.every}"
    return book.texts.get(key) or book.texts["every"].format(days=rule.every)


def moment(at: int, now: int, rule: Rule, book: Book) -> str:
    """The moment *at* as somebody says it on the day that it is."""
    day, today = day_of(at, rule.zone), day_of(now, rule.zone)
    near = {today: "today", today + 1: "tomorrow"}.get(day, "")
    said = book.texts[near] if near else date(day, book, today)
    return book.texts["moment"].format(day=said, clock=clock(minute_of(at, rule.zone), book))


def date(day: int, book: Book, today: int | None = None) -> str:
    """As "Mon 3"; with its month where that is weeks from *today*."""
    is_far = today is not None and day - today >= FAR
    number = days.date(day, book) if is_far else calendar(day).day
    return book.texts["date"].format(weekday=weekday((day - 1) % WEEK, book), day=number)


def dates(those: list[int], book: Book, today: int) -> str:
    """*those* days in order; of three or more in a row the first and the last."""
    runs: list[list[int]] = []
    for day in those:
        if runs and day == runs[-1][-1] + 1:
            runs[-1].append(day)
        else:
            runs.append([day])
    return ", ".join(text for run in runs for text in run_of(run, book, today))


def run_of(run: list[int], book: Book, today: int) -> list[str]:
    """The days of one *run*, as they are said."""
    if len(run) < A_RUN:
        return [date(day, book, today) for day in run]
    first, last = (date(day, book, today) for day in (run[0], run[-1]))
    return [book.texts["dates"].format(first=first, last=last)]


def weekday(number: int, book: Book) -> str:
    """The name of a day of the week, Monday being 0."""
    return book.texts["weekdays"].split()[number]


def reminding(chat: Chat, book: Book) -> str:
    """What is agreed, and what comes next."""
    kept = chat.reminder
    if kept is None or not kept.rule.on:
        return book.texts["reminders.off"]
    still = not offer.at_best(chat, book)
    said = [
        agreed(kept.rule, book),
        *resting(chat, book),
        *news(kept, chat.now, book),
        *([book.texts["reminders.nothing"]] if still else coming(kept, chat.now, book)),
    ]
    return "\n".join(said)


def agreed(rule: Rule, book: Book) -> str:
    """How often and when *rule* reminds, on or not."""
    said = book.texts["reminders.rule"]
    return said.format(rhythm=rhythm(rule, book), clock=clock(rule.minute, book))


def resting(chat: Chat, book: Book) -> list[str]:
    """Until when the plan has left out a session."""
    plan = chat.plan
    if not plan or not chat.reminder or not plans.leaves_one_out(plan):
        return []
    until = plans.rest_until(plan)
    day = day_of(until + DAY // 2, chat.reminder.rule.zone)
    return [book.texts["reminders.rests"].format(day=date(day, book))] if until > chat.now else []


def news(kept: Reminder, now: int, book: Book) -> list[str]:
    """What keeps reminders from coming as agreed."""
    rule, today = kept.rule, day_of(now, kept.rule.zone)
    said = []
    if kept.silent:
        said.append(book.texts["reminders.silent"])
    if rule.since > today + 1:
        said.append(book.texts["reminders.since"].format(day=date(rule.since, book, today)))
    comes_again = day_of(kept.snoozed, rule.zone)  # on a day that has none by the rule
    if left_out := [day for day in rule.skipped if day >= today and day != comes_again]:
        said.append(book.texts["reminders.skipped"].format(days=dates(left_out, book, today)))
    if kept.snoozed:
        at = moment(kept.snoozed, now, rule, book)
        said.append(book.texts["reminders.snoozed"].format(moment=at))
    return said


def coming(kept: Reminder, now: int, book: Book) -> list[str]:
    if due(kept) is None:
        return []
    first, second = (moment(at, now, kept.rule, book) for at in next_ones(kept, now))
    return [book.texts["reminders.next"].format(first=first, second=second)]
