"""The lock: how it comes down, what may be said against it, and when it may be opened."""

from dataclasses import replace

from flows.book import EMERGENCY_BUTTON, Book
from flows.chat import Chat, Disposition, Lock, Side
from flows.reminders.reminder import put_out
from flows.reminders.when import awake


def locked(
    chat: Chat, disposition: Disposition, rules: tuple[str, ...], now: int, book: Book
) -> Chat:
    """*chat* with the lock down.  It never gets milder than it was."""
    old = chat.lock
    worst = max(disposition, old.disposition) if old else disposition
    all_rules = tuple(dict.fromkeys((*(old.rules if old else ()), *rules)))
    lock = Lock(
        worst, now, all_rules, book.edition,
        planned=old.planned if old else chat.plan is not None,
        reminded=old.reminded if old else is_reminding(chat),
    )  # fmt: skip
    return left(chat).but(
        lock=lock, screened_at=0, agreed=(), places=(), rested="",
        plan=None, minutes=0, worked=(), reminder=put_out(chat.reminder), check_at=0,
        seen_at=asked_later(chat, worst, now, book),
    )  # fmt: skip


def is_reminding(chat: Chat) -> bool:
    return chat.reminder is not None and chat.reminder.rule.on


def asked_later(chat: Chat, disposition: Disposition, now: int, book: Book) -> int:
    """When to ask whether they have been seen: for what can not wait, the next day.

    Who has taken consent back is told to get help, and asked nothing.
    """
    if disposition < Disposition.URGENT or not chat.consent:
        return 0
    at = now + book.reminding.seen_hours * 3_600
    return awake(at, chat.reminder.rule) if chat.reminder else at


def left(chat: Chat) -> Chat:
    """*chat* with its session behind it: nothing runs, and the gate is closed again."""
    return chat.but(
        area="", tool="", technique="", side=Side.LEFT, second=False, place=0,
        hold_until=0, hold_turn=0, sharps=0, gated_until=0, feeling="", rating=-1,
        told=(),
    )  # fmt: skip


def may_be_old(chat: Chat, book: Book) -> bool:
    """Whether all that makes this an emergency can be old, unchanged and examined.

    Source: decisions on the evidence, 1 (E04-E08 only).
    """
    lock = chat.lock
    if not lock or lock.disposition is not Disposition.EMERGENCY:
        return False
    if EMERGENCY_BUTTON in lock.rules:
        return False
    fired = [book.questions[rule] for rule in lock.rules if rule in book.questions]
    grave = [q for q in fired if q.disposition is Disposition.EMERGENCY]
    return bool(grave) and all(question.may_be_known for question in grave)


def lowered(lock: Lock) -> Lock:
    """*lock* after the person has said, twice, that it is old, unchanged and examined."""
    return replace(lock, disposition=Disposition.URGENT, examined=True, words=())


def may_reopen(chat: Chat, now: int, book: Book) -> bool:
    """Whether a clinician's word may be taken now: EMERGENCY and URGENT wait for a day."""
    lock = chat.lock
    if not lock:
        return False
    waits = lock.disposition > Disposition.CLINICIAN
    return not waits or now - lock.since >= book.numbers.lock_hours * 3_600
