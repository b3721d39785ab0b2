"""A thousand people for ninety days, on a clock that is moved: is a reminder lost, or said twice?

    python -m bench.simulate [people] [days]

The turns, the store and the conversation are the bot's own, on a PostgreSQL server of its own.
Two processes, each on a connection of its own, claim what is due at the same time.
They crash in the middle of a batch, and are both down for hours; people answer, put off, ignore,
block, move to other zones, stop, and say a red flag.  What they were told is held against their
rules, computed once more from the beginning.
"""

import asyncio
import heapq
import random
import sys
import tempfile
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import takewhile
from pathlib import Path

from bot.heard import Heard, Item, Presence, Rang
from bot.turns import take
from data.engine import open_engine
from data.keys import new_key, read_keys
from data.library import Library, read_library
from data.seal import Ring
from data.store import Store
from data.transaction import Due, Row, Transaction
from flows import Chat, Event, State, alarms, screen
from flows.agreement import quiets
from flows.events import REMINDING
from flows.reminders.rule import Rule, is_quiet
from flows.reminders.when import occurrences
from flows.reminders.zones import DAY, minute_of
from tests.shell.postgres import Postgres

START = 1_800_000_000
HOUR = 3_600
LEASE = 30
TOGETHER = 900  # seconds; who does something within them does it at the same moment
ZONES = (
    "Europe/Berlin", "America/New_York", "America/Los_Angeles", "Asia/Kolkata", "Australia/Sydney",
    "America/Santiago", "Africa/Cairo", "Pacific/Auckland", "Europe/London", "Asia/Tokyo",
)  # fmt: skip
HABITS = ("faithful", "busy", "busy", "busy", "idle", "moving", "stopping", "blocking", "flagged")
WAY = ("rate", "no", "left", "stop", "today", "area", "tool", "technique")  # a short session


class Crash(Exception):
    """A process dies before its transaction is kept."""


@dataclass
class Person:
    id: int
    habit: str
    rule: Rule
    told: list[tuple[int, str, int]] = field(default_factory=list)  # when, what, which occurrence


@dataclass
class World:
    """What has happened, and what must not."""

    people: dict[int, Person]
    seen: Counter[str] = field(default_factory=Counter)
    wrong: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    down: list[tuple[int, int]] = field(default_factory=list)


class Simulation:
    def __init__(self, stores: Sequence[Store], library: Library, people: int, days: int) -> None:
        self.dice = random.Random(4)
        self.stores = stores  # one for each process
        self.store = stores[0]
        self.library = library
        self.book = library.book("en")
        self.now = START
        self.end = START + days * DAY
        self.update = 0
        self.queue: list[
            tuple[int, int, int, str]
        ] = []  # what people do: when, a number, who, what
        self.said: list[tuple[Item, asyncio.Future[None]]] = []  # and who waits for it
        self.chats: dict[int, Chat] = {}
        self.world = World({n: self.somebody(n) for n in range(1, people + 1)})

    def somebody(self, id: int) -> Person:
        zone = self.dice.choice(ZONES)
        rule = Rule(zone, self.dice.choice(self.book.reminding.times))
        return Person(id, HABITS[id % len(HABITS)], rule)

    # The clock goes on

    async def run(self) -> None:
        await self.settle_in()
        self.plan_outages()
        while self.now < self.end:
            due = min((await self.due()).values(), default=self.end)
            soonest = min(due, self.queue[0][0] if self.queue else self.end)
            self.now = max(self.now + 1, soonest)
            if self.is_down():
                continue
            await self.ring()
            await self.act_together()
        await self.look_back()

    async def act_together(self) -> None:
        """Everybody whose moment it is does one thing after the other, side by side."""
        todo: dict[int, list[str]] = defaultdict(list)
        while self.queue and self.queue[0][0] <= self.now:
            _, _, who, what = heapq.heappop(self.queue)
            todo[who].append(what)
        acts = [asyncio.ensure_future(self.act_in_turn(*one)) for one in todo.items()]
        while left := [act for act in acts if not act.done()]:
            await asyncio.sleep(0)
            if len(self.said) < len(left):
                continue  # somebody has not said yet what comes next
            said, self.said = self.said, []
            await self.hear([item for item, _ in said])
            for _, heard in said:
                heard.set_result(None)
        for act in acts:
            act.result()

    async def act_in_turn(self, who: int, acts: Sequence[str]) -> None:
        for what in acts:
            await self.act(self.world.people[who], what)

    def plan_outages(self) -> None:
        at = START
        while (at := at + self.dice.randrange(4 * DAY, 12 * DAY)) < self.end - DAY:
            self.world.down.append((at, at + self.dice.randrange(HOUR, 9 * HOUR)))

    def is_down(self) -> bool:
        """Whether both processes are down; then time goes on to when they are back."""
        for begins, ends in self.world.down:
            if begins <= self.now < ends:
                self.now = ends
                self.world.seen["outages"] += 1
                return True
        return False

    async def ring(self) -> None:
        """Both processes claim what is due, at the same time, and say what they have."""
        while lanes := [lane for lane, at in (await self.due()).items() if at <= self.now]:
            await asyncio.gather(*(self.ring_in(store, min(lanes)) for store in self.stores))

    async def due(self) -> dict[int, int]:
        """When the next alarm of each lane is due."""
        return await self.store.read(lambda t: t.soonest_by_lane(self.now))

    async def ring_in(self, store: Store, lane: int) -> None:
        """One process says what it has claimed."""
        rings: list[Item] = [Rang(one, self.now) for one in await self.claim(store, lane)]
        if rings:
            await self.hear(rings, store, crashes=True)

    async def claim(self, store: Store, lane: int) -> list[Due]:
        due = await store.lease(lambda t: t.claim(lane, self.now, 32, LEASE))
        self.world.seen[f"claimed by process {1 + self.stores.index(store)}"] += len(due)
        return due

    async def hear(
        self, items: list[Item], store: Store | None = None, *, crashes: bool = False
    ) -> None:
        """Either process hears what people say."""
        dies = crashes and bool(items) and self.dice.random() < 0.01

        def work(transaction: Transaction) -> dict[int, Row]:
            turns = take(transaction, items, [], self.library, self.now)
            if dies:
                raise Crash
            return turns.changed

        try:
            changed = await (store or self.dice.choice(self.stores)).run(work)
        except Crash:
            self.world.seen["crashes"] += 1
            return
        self.world.seen["turns"] += len(items)
        rang = {item.chat_id: item for item in items if isinstance(item, Rang)}
        for chat_id, row in changed.items():
            before = self.chats.get(chat_id)
            self.chats[chat_id] = row.chat
            if chat_id in rang and row.shown < row.chat.turn:
                self.told(self.world.people[chat_id], rang[chat_id], before, row)

    # What people do

    def later(self, person: Person, seconds: int, what: str) -> None:
        self.update += 1
        at = -(-(self.now + seconds) // TOGETHER) * TOGETHER
        heapq.heappush(self.queue, (at, self.update, person.id, what))

    async def say(self, person: Person, name: str, value: str = "") -> Chat:
        self.update += 1
        turn = self.chats[person.id].turn if person.id in self.chats else None
        event = Event(name, value, turn, self.now)
        await self.listen(Heard(person.id, self.update, event))
        return self.chats[person.id]

    async def listen(self, item: Item) -> None:
        """Either process hears it, with all that is said now."""
        heard: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self.said.append((item, heard))
        await heard

    async def settle_in(self) -> None:
        """Everybody is known, screened and at home, and sets up reminders by tapping."""
        rows = [self.home(person) for person in self.world.people.values()]

        def write(transaction: Transaction) -> None:
            transaction.create([row.chat_id for row in rows])
            transaction.save(rows)

        await self.store.run(write)
        self.chats = {row.chat_id: row.chat for row in rows}
        for person in self.world.people.values():
            self.later(person, 0, "setting up")
        await self.act_together()

    async def set_up(self, person: Person) -> None:
        rule = person.rule
        await self.say(person, "reminders")
        await self.say(person, "zone", rule.zone)
        await self.say(person, "at", str(rule.minute))
        chat = await self.say(person, "every", "2")
        chat = await self.say(person, "quiet", quiets(chat, self.book)[0])
        assert chat.reminder, "it was set up"
        assert chat.reminder.rule.on
        person.rule = chat.reminder.rule
        self.later(person, self.dice.randrange(5 * DAY, 60 * DAY), person.habit)

    def home(self, person: Person) -> Row:
        chat = Chat(
            state=State.HOME, now=START, turn=START, screened_at=START, edition=self.book.edition,
            consent=self.book.consent,
        )  # fmt: skip
        return Row(person.id, chat, shown=START)

    async def act(self, person: Person, what: str) -> None:
        match what:
            case "setting up":
                await self.set_up(person)
            case "session":
                await self.session(person)
            case "moving":
                zone = self.dice.choice(ZONES)
                await self.say(person, "reminders")
                await self.say(person, "zone", zone)
                self.world.seen["moves"] += 1
                self.later(person, self.dice.randrange(10 * DAY, 30 * DAY), "moving")
            case "stopping":
                await self.say(person, "turn_off")
                self.world.seen["stops"] += 1
                self.later(person, 8 * DAY, "resuming")
            case "resuming":
                await self.say(person, "turn_on")
            case "blocking" | "back":
                await self.listen(Presence(person.id, what == "back"))
                if what == "blocking":
                    self.later(person, 9 * DAY, "back")
            case "flagged":
                await self.say(person, "flag", "E04a")
                self.world.seen["red flags"] += 1
            case "":
                pass
            case _ if ":" in what:
                name, _, value = what.partition(":")
                await self.say(person, name, value)

    async def session(self, person: Person) -> None:
        """A short session, from the gate to its end."""
        chat = await self.say(person, "session")
        for _ in range(20):
            if chat.state in (State.STOPPED, State.REFERRED, State.HOME):
                break
            buttons: dict[str, str] = {}
            for button in screen(chat, self.book).buttons:
                buttons.setdefault(button.event, button.value)
            name = next((name for name in WAY if name in buttons), "home")
            chat = await self.say(person, name, "2" if name == "rate" else buttons[name])
        self.world.seen["sessions"] += chat.state is State.STOPPED

    # What they are told

    def told(self, person: Person, rang: Rang, before: Chat | None, row: Row) -> None:
        kind, occurrence, chat = rang.due.alarm.kind, rang.due.alarm.turn, row.chat
        if kind not in REMINDING and kind != "seen":
            return
        page = chat.page or chat.state.value
        self.world.seen[page] += 1
        says_so = page != "reminder" or row.notice in ("waited", "first_this")
        self.check(person, kind, occurrence, before, says_so=says_so)
        person.told.append((self.now, kind, occurrence))
        if not row.paused:
            self.react(person, page)

    def check(
        self, person: Person, kind: str, occurrence: int, before: Chat | None, *, says_so: bool
    ) -> None:
        wrong, who = self.world.wrong, f"{person.id} ({person.habit}) at {self.now}: {kind}"
        if (kind, occurrence) in {(k, o) for _, k, o in person.told}:
            wrong["said twice"].append(who)
        if before is None or not before.reminder:
            return
        if kind != "seen" and before.lock:
            wrong["after a lock"].append(who)
        if kind in ("remind", "again", "nudge") and not before.reminder.rule.on:
            wrong["after a stop"].append(who)
        rule = before.reminder.rule
        if is_quiet(minute_of(self.now, rule.zone), rule.quiet):
            wrong["in quiet hours"].append(who)
        if kind in ("remind", "again") and self.now - occurrence > 2 * HOUR and not says_so:
            wrong["late without saying so"].append(who)

    def react(self, person: Person, page: str) -> None:
        soon = self.dice.randrange(30, 3 * HOUR)
        if person.habit == "idle" and page in ("reminder", "nudge", "missed"):
            return
        if person.habit == "faithful" and page in ("reminder", "nudge", "missed"):
            self.later(person, 30, "not_today:")
            return
        match page:
            case "reminder" | "nudge" | "missed":
                what = self.dice.choice(
                    ["session", "session", "later:", "tonight:", "not_today:", ""]
                )
                self.later(person, soon, what)
            case "ask_pause":
                self.later(person, 3 * DAY, "turn_on:")
            case "check_in":
                self.later(person, soon, f"rate:{self.dice.choice('12233')}")
                self.later(person, soon + 60, "no:E12")

    # Afterwards

    async def look_back(self) -> None:
        await self.compare_alarms()
        for person in self.world.people.values():
            if person.habit == "faithful":
                self.compare_rule(person)

    async def compare_alarms(self) -> None:
        """What is set is what every chat wants: no alarm is lost, and none is left over."""
        found = await self.store.run(lambda t: t.alarms(list(self.chats)))
        wanted = {Due(id, alarm) for id, chat in self.chats.items() for alarm in alarms(chat)}
        self.world.wrong["lost"] += [str(due) for due in wanted - found]
        self.world.wrong["left over"] += [str(due) for due in found - wanted]

    def compare_rule(self, person: Person) -> None:
        """Who only ever skips is told every occurrence of the rule, but for outages."""
        heard = {occurrence for _, kind, occurrence in person.told if kind == "remind"}
        expected = set(takewhile(lambda at: at < self.now - DAY, occurrences(person.rule, START)))
        for at in expected - heard:
            if not any(begins - 2 * DAY <= at < ends for begins, ends in self.world.down):
                self.world.wrong["lost"].append(f"{person.id}: {at}")
        self.world.seen["compared with the rule"] += len(expected)


def lines(world: World, people: int, days: int) -> Iterator[str]:
    yield f"| {people} people, {days} days | |"
    yield "| --- | ---: |"
    yield from (f"| {what} | {many} |" for what, many in sorted(world.seen.items()))
    bad = ("lost", "left over", "said twice", "after a stop", "after a lock", "in quiet hours",
           "late without saying so")  # fmt: skip
    yield from (f"| **{what}** | {len(world.wrong[what])} |" for what in bad)
    for what in bad:
        yield from (f"{what}: {one}" for one in world.wrong[what][:5])


async def main(people: int, days: int) -> int:
    library = read_library()
    book = library.book("en")
    long = replace(
        book, numbers=replace(book.numbers, valid_days=days + 30)
    )  # nobody is asked anew
    with tempfile.TemporaryDirectory(prefix="postgres-") as folder:
        server = Postgres(Path(folder))
        url = server.create()
        keys = read_keys(new_key())
        stores = [Store(open_engine(url), Ring(lambda: keys)) for _ in range(2)]
        for store in stores:
            await store.open()
        simulation = Simulation(stores, Library({"en": long}, "en"), people, days)
        await simulation.run()
        for store in stores:
            await store.close()
        server.stop()
    print("\n".join(lines(simulation.world, people, days)))
    return 1 if any(simulation.world.wrong.values()) else 0


if __name__ == "__main__":
    given = [int(number) for number in sys.argv[1:]]
    sys.exit(asyncio.run(main(*(given or (1_000, 90)))))
