"""Plays a patient: reads each screen, and answers as the patient would, by buttons or by typing."""

from itertools import cycle

from flows.book import AGE, Book
from tests.patients.asking import Asked, read_screen
from tests.patients.patient import Answer, Visit
from tests.shell.test_transcripts import WirePlayer

GOOD_HEALTH = Answer(tap="No", type="no")
NOES = cycle(["no", "Nope.", "nah", "no no", "NO", "no, nothing like that", "Nooo", "No thank you"])
DEFAULTS = {
    AGE: Answer(tap="Yes", type="I'm 45"),
    "new": Answer(tap="Begin", type="ok, let's go"),
    "consent": Answer(tap="Yes, I agree", type="ok go ahead"),
    "page.country": Answer(tap="Skip", type="rather not say"),
    "page.card": Answer(tap="Go on", type="ok"),
}
PAIN = Answer(tap="3", type="3 out of 10")
MOST = 90  # answers in one visit


class Player:
    """A patient on their phone; `types` says how they answer."""

    def __init__(self, wire: WirePlayer, book: Book, *, types: bool) -> None:
        self.wire = wire
        self.book = book
        self.types = types

    @property
    def screen(self) -> str:
        return self.wire.sees().text

    def asked(self) -> Asked:
        return read_screen(self.screen, self.book)

    async def does(self, tap: str, words: str) -> None:
        """Press *tap*, or type *words*."""
        if self.types:
            await self.wire.says(words)
        else:
            await self.wire.presses(tap, "")

    async def goes_through(self, visit: Visit) -> Asked:
        """Answer whatever is asked, until nothing is; gives the screen at the end."""
        for _ in range(MOST):
            asked = self.asked()
            match asked.kind:
                case "question" | "number" | "agree":
                    await self.answers(self.answer(asked, visit), asked)
                case "boxes" | "where":
                    await self.ticks(asked, visit)
                case "page.country" if visit.country:
                    await self.says_where(visit.country)
                case kind if kind in DEFAULTS:
                    await self.answers(DEFAULTS[kind], asked)
                case _:
                    return asked
        raise AssertionError(f"still asked: {self.screen}")

    def answer(self, asked: Asked, visit: Visit) -> Answer:
        """What the patient has to say to that."""
        if asked.id in visit.answers:
            return visit.answers[asked.id]
        if asked.kind == "number":
            return PAIN
        return DEFAULTS.get(asked.id) or GOOD_HEALTH.model_copy(update={"type": next(NOES)})

    async def answers(self, answer: Answer, asked: Asked) -> None:
        for words in answer.tries[:-1] if self.types else ():
            await self.wire.says(words)
            assert self.screen.startswith("I want to be sure"), self.screen
            await self.presses_if_there(self.book.labels["carry_on"])  # asked if it is a worry
            assert self.asked() == asked, f"{words!r} was taken for an answer: {self.screen}"
        await self.does(answer.tap, answer.tries[-1])
        left = self.asked() != asked or asked.kind == "new"
        assert left, f"{answer.tries[-1]!r} was not understood: {self.screen}"

    async def ticks(self, asked: Asked, visit: Visit) -> None:
        """Tick what they have on the list, or where they have it, and say that this is all."""
        if asked.kind == "where":
            boxes = {visit.answers[asked.id].tap: visit.answers[asked.id].tries[-1]}
        else:
            items = self.book.checklists[asked.id].items
            boxes = {self.label(id): words for id, words in visit.ticks.items() if id in items}
        for label, words in boxes.items():
            if f"☑ {label}" not in self.wire.sees().labels:  # ticked since the last time
                await self.does(f"☐ {label}", words)
            assert f"☑ {label}" in self.wire.sees().labels, f"{words!r} did not tick {label!r}"
        if boxes:
            await self.does("Done", "that's all")
        else:
            await self.does("None of these", "none of those")

    def label(self, id: str) -> str:
        return (self.book.conditions.get(id) or self.book.questions[id]).label

    async def says_where(self, country: Answer) -> None:
        if not self.types:
            code = next(c for c in self.book.countries.values() if c.name == country.tap)
            await self.wire.presses(self.book.regions[code.region], "")
        await self.does(country.tap, country.tries[-1])

    # Coming

    async def comes(self, visit: Visit) -> None:
        """Come back, for what the visit says."""
        if visit.seconds:
            await self.wire.waits(visit.seconds)
        match visit.comes:
            case "session":
                await self.goes_home()
                if self.types or "Start a session" in self.wire.sees().labels:
                    await self.does("Start a session", "I want a massage")
                else:
                    await self.wire.says("/session")
            case "reopening":
                await self.goes_home()
                await self.does(self.book.labels["vouch"], "my doctor said it's fine")
                await self.does(self.book.labels["vouching.confirm"], "yes they said so")
            case "thoughts" | "happening" as what if not self.types:
                await self.wire.presses(self.book.labels["emergency"], "")
                label = "flag" if what == "thoughts" else "happening"
                await self.wire.presses(self.book.labels[label], "")
            case "thoughts" | "happening":
                await self.wire.says(visit.says)
            case command:
                await self.wire.says(f"/{command}")

    async def goes_home(self) -> None:
        await self.wire.says("/start")

    async def presses_if_there(self, label: str) -> bool:
        there = label in self.wire.sees().labels
        if there:
            await self.wire.presses(label, "")
        return there
