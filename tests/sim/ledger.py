"""What must hold of any day, whatever went wrong in it.  Each rule says what broke it, in words."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from itertools import pairwise
from typing import TYPE_CHECKING

from data.transaction import Due
from flows import Chat, State, alarms, is_emergency, screen
from flows.book import Book
from flows.events import CLOCK
from tests.players import plain
from tests.sim.day import Day
from tests.sim.world import START

if TYPE_CHECKING:
    from tests.sim.journal import Kept
    from tests.sim.network import Spoken

PATIENCE = 90.0  # seconds; thrice as long as an answer that never comes is waited for
AT_ONCE = 0.001  # seconds in which the loop gets to know that something was kept
SOON = 0.8  # and, as people wait for an answer, another process
LONGEST = 65.0  # seconds that a hold takes
LONGEST_DELAY = 128.0  # seconds until Telegram brings again what was not taken for so long
Found = Iterator[str]


class Ledger:
    """A day from both sides: as it was kept, and as people saw it."""

    def __init__(self, day: Day, book: Book) -> None:
        self.day = day
        self.book = book
        self.kept: dict[int, list[Kept]] = defaultdict(list)
        self.spoken: dict[int, list[Spoken]] = defaultdict(list)
        for kept in day.journal.kept:
            self.kept[kept.chat_id].append(kept)
        for spoken in day.network.spoken:
            self.spoken[spoken.chat_id].append(spoken)

    @staticmethod
    def start(wall: float) -> float:
        """A time on the wall as one of the world."""
        return wall - START

    def is_blocked(self, chat_id: int) -> bool:
        """Whether that person has ever blocked the bot."""
        return any(w.person.chat_id == chat_id and w.has_blocked for w in self.day.walkers)

    def lived(self, since: float, until: float) -> float:
        """The longest that one process lived within this time."""
        return max(
            (min(end, until) - max(begin, since) for begin, end in self.day.spans), default=0
        )

    def findings(self) -> list[str]:
        """Everything that is not as it must be."""
        return [f"{rule.__name__}: {what}" for rule in RULES for what in rule(self)]


def an_update_is_lost(ledger: Ledger) -> Found:
    """What Telegram had is kept, and known as heard unless its chat was erased."""
    for walker in ledger.day.walkers:
        chat_id = walker.person.chat_id
        heard = ledger.day.heard[chat_id]
        kept = {one.update_id for one in ledger.kept[chat_id]}
        did = set(walker.did) - ledger.day.journal.let_go
        lost = did - kept
        if chat_id not in ledger.day.journal.erased:
            lost |= did - heard
        yield from (f"{chat_id}: {update}" for update in sorted(lost))
    yield from (f"parked: {reason}" for reason in ledger.day.parked)


def somebody_is_not_heard(ledger: Ledger) -> Found:
    """While a process lives, what Telegram has is kept before long."""
    for walker in ledger.day.walkers:
        kept = {one.update_id: one.at for one in reversed(ledger.kept[walker.person.chat_id])}
        for update, at in walker.did.items():
            until = kept.get(update, at)
            if ledger.lived(at, until) > PATIENCE + LONGEST_DELAY:
                yield f"{walker.person.chat_id}: {update} from {at:.1f} until {until:.1f}"


def a_turn_is_doubled(ledger: Ledger) -> Found:
    """An update counts once, until its chat is erased; an alarm rings once."""
    seen: set[tuple[int, str]] = set()
    for kept in ledger.day.journal.kept:
        if any(at >= kept.at for at in ledger.day.journal.erased.get(kept.chat_id, ())):
            continue
        if kept.update_id is not None:
            what = str(kept.update_id)
        elif kept.outcome.heard and kept.event.name in CLOCK:
            what = f"{kept.event.name} of {kept.event.turn}"
        else:
            continue
        if (kept.chat_id, what) in seen:
            yield f"{kept.chat_id}: {what}"
        seen.add((kept.chat_id, what))


def a_turn_is_not_kept(ledger: Ledger) -> Found:
    """Each turn begins where the one before has ended, and what is stored is the last."""
    for chat_id, turns in ledger.kept.items():
        for one, other in pairwise(turns):
            if not _follows(one.outcome.chat, other.before):
                yield f"{chat_id}: {other.turn} does not follow {one.turn}"
        last, row = turns[-1].outcome.chat, ledger.day.rows.get(chat_id)
        if not _follows(last, row.chat if row else Chat()):
            yield f"{chat_id}: {last.turn} is not what is stored"


def _follows(before: Chat, after: Chat) -> bool:
    here = (after.turn, after) == (before.turn, before)
    return here or (before.leaves_no_trace and after.turn == 0)


def a_screen_is_owed(ledger: Ledger) -> Found:
    """Everybody has before them where the conversation stands."""
    for chat_id, row in ledger.day.rows.items():
        if row.owes or row.paused:
            yield f"{chat_id}: {row.chat.turn} is owed, {row.shown} was shown"
        said = [one.turn for one in ledger.kept[chat_id] if not one.outcome.silent]
        seen = ledger.spoken[chat_id][-1].turn if ledger.spoken[chat_id] else 0
        if said and seen != said[-1]:
            yield f"{chat_id}: {said[-1]} was last, and {seen} is seen"


def somebody_waits(ledger: Ledger) -> Found:
    """While a process lives nobody waits for long, but for who has blocked the bot."""
    for chat_id, turns in ledger.kept.items():
        said = [one for one in turns if one.outcome.heard and not one.outcome.silent]
        for number, kept in enumerate(said):
            if kept.before.leaves_no_trace or kept.update_id is None:
                continue
            shown = [s for s in ledger.spoken[chat_id] if s.turn == kept.turn]
            ends = [said[number + 1].at] if number + 1 < len(said) else []
            ends += [ledger.start(shown[0].sent.at)] if shown else [ledger.day.world.now]
            if not ledger.is_blocked(chat_id) and ledger.lived(kept.at, min(ends)) > PATIENCE:
                yield f"{chat_id}: for {kept.turn}, since {kept.at:.1f}"


def something_else_is_spoken(ledger: Ledger) -> Found:
    """What is spoken was kept before, and is the screen of that turn."""
    for chat_id, all_spoken in ledger.spoken.items():
        chats = defaultdict(list)  # by turn: who erased all may begin with a turn that was
        for kept in ledger.kept[chat_id]:
            chats[kept.turn].append(kept)
        for spoken in all_spoken:
            before = [kept for kept in chats[spoken.turn] if kept.at <= spoken.sent.at]
            if not before:
                yield f"{chat_id}: {spoken.turn} was spoken, and not kept"
                continue
            texts = (plain(screen(kept.outcome.chat, ledger.book).text) for kept in before)
            if not any(text in spoken.sent.message.text for text in texts):
                yield f"{chat_id}: {spoken.turn} was spoken as {spoken.sent.message.text[:60]!r}"


def something_old_is_spoken(ledger: Ledger) -> Found:
    """When a screen is taken to be spoken nothing newer is kept: after a red flag, only that.

    Of two processes, one knows soon what the other has kept, and not at once.
    """
    known = SOON if ledger.day.setting.is_shared else AT_ONCE
    for chat_id, all_spoken in ledger.spoken.items():
        erased = ledger.day.journal.erased.get(chat_id, [])
        for one, other in pairwise(all_spoken):
            is_old = other.turn < one.turn and one.sent.at < other.sent.at - known
            if is_old and not any(one.began <= at <= other.began for at in erased):
                yield f"{chat_id}: {other.turn} after {one.turn}"
        news = [one for one in ledger.kept[chat_id] if not one.outcome.silent]
        for spoken in all_spoken:
            since = max((at for at in erased if at <= spoken.began), default=-1.0)
            missed = [n.turn for n in news if since < n.at < spoken.began - known]
            if missed and missed[-1] > spoken.turn:
                yield f"{chat_id}: {spoken.turn}, while {missed[-1]} was kept"


def something_is_said_twice(ledger: Ledger) -> Found:
    """But where nobody can know whether it was taken, or somebody asked for it again."""
    deaths = ledger.day.lives.count("killed")
    if ledger.day.setting.is_shared:  # whose line is lost counts as dead, and goes on
        deaths += ledger.day.world.lines_lost
    for chat_id, all_spoken in ledger.spoken.items():
        times = Counter(spoken.turn for spoken in all_spoken)
        extra = sum(times.values()) - len(times)
        again = sum(not kept.outcome.heard for kept in ledger.kept[chat_id])
        unknown = ledger.day.network.unanswered.get(chat_id, 0)
        if extra > again + unknown + deaths:
            yield f"{chat_id}: {extra} times, and {again} + {unknown} + {deaths} may be"


def an_alarm_is_not_as_wanted(ledger: Ledger) -> Found:
    """What is set is what every chat wants, and nothing that is due is left."""
    found = {_key(due): due.alarm.due for due in ledger.day.alarms}
    rows = ledger.day.rows.values()
    wanted = {
        _key(due): due.alarm.due
        for row in rows
        for due in (Due(row.chat_id, alarm) for alarm in alarms(row.chat))
    }
    yield from (f"{key} is lost" for key in wanted.keys() - found.keys())
    yield from (f"{key} is left over" for key in found.keys() - wanted.keys())
    now = ledger.day.world.wall()
    yield from (f"{key} has not rung" for key, due in found.items() if due < now - 5)


def _key(due: Due) -> tuple[int, str, int]:
    return due.chat_id, due.alarm.kind, due.alarm.turn


def a_hold_does_not_end(ledger: Ledger) -> Found:
    """Nobody is left pressing, whatever becomes of the clock on the wall."""
    for chat_id, turns in ledger.kept.items():
        heard = [kept for kept in turns if kept.outcome.heard]
        ends = [kept.at for kept in heard[1:]] + [ledger.day.world.now]
        for kept, end in zip(heard, ends, strict=True):
            is_hold = kept.outcome.chat.state is State.HOLDING
            if is_hold and ledger.lived(kept.at, end) > LONGEST + PATIENCE:
                yield f"{chat_id}: from {kept.at:.1f} until {end:.1f}"


def waits_for_care(ledger: Ledger) -> list[float]:
    """How long each of those waited who were to be told to get care now, in seconds."""
    waits = []
    for chat_id, turns in ledger.kept.items():
        for kept in turns:
            if is_emergency(kept.outcome.chat) and not is_emergency(kept.before):
                shown = [s for s in ledger.spoken[chat_id] if s.turn >= kept.turn]
                waits += [ledger.start(shown[0].sent.at) - kept.at] if shown else []
    return waits


RULES: tuple[Callable[[Ledger], Found], ...] = (
    an_update_is_lost, somebody_is_not_heard, a_turn_is_doubled, a_turn_is_not_kept,
    a_screen_is_owed, somebody_waits, something_else_is_spoken, something_old_is_spoken,
    something_is_said_twice, an_alarm_is_not_as_wanted, a_hold_does_not_end,
)  # fmt: skip
