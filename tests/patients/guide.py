"""What a patient can get at, and what a whole session says to them."""

from collections.abc import AsyncIterator

from flows.book import Book
from tests.patients.asking import read_screen
from tests.patients.patient import Choice
from tests.patients.player import Player

# What each screen of a session is answered with: the button, and what is typed.
GOES_ON = {
    "step": [("Next", "next"), ("Next", "ok done"), ("Next", "I'm there"), ("Next", "got it")],
    "step.hold": [("▶ Start the hold", "ready"), ("▶ Start the hold", "ok I'm in position")],
    "checking": [("Fine, go on", "it was ok"), ("Fine, go on", "felt good")],
    "switching": [("The other side", "yes please")],
    "rating": [("2", "about a two")],
    "feeling": [("Better", "a bit better I think")],
}
LONGEST_HOLD = 60  # seconds
MOST = 60  # screens in one session


async def offered(player: Player) -> dict[str, set[str]]:
    """Every technique that can be reached from here by buttons, with all that it is chosen by."""
    await player.presses_if_there("Choose a technique")
    if player.asked().kind != "area":
        return {}
    found: dict[str, set[str]] = {}
    for area, name in player.book.areas.items():
        if await player.presses_if_there(name):
            async for tool, technique in with_every_tool(player):
                position = player.book.techniques[technique].position
                found.setdefault(technique, set()).update({area, tool, position})
            await player.wire.presses("Back", "")
    return found


async def with_every_tool(player: Player) -> AsyncIterator[tuple[str, str]]:
    """Each tool on the screen, with each technique that it leads to."""
    for tool, name in player.book.tools.items():
        number = 0
        while await player.presses_if_there(name):
            await player.presses_if_there("Yes, it was fine")  # a tennis ball, before a harder one
            here = player.wire.sees().labels
            positions = [label for label in player.book.positions.values() if label in here]
            if positions:
                await player.wire.presses(positions[number], "")
            yield tool, technique_here(player)
            await player.wire.presses("Back", "")
            number += 1
            if number >= len(positions):
                break


def technique_here(player: Player) -> str:
    """The technique that the screen is about."""
    title = player.screen.split("\n")[0]
    return next(id for id, t in player.book.techniques.items() if t.name == title)


async def whole_session(player: Player, choice: Choice) -> list[str]:
    """Choose as they say and go through it, both sides and the rating; all that was said."""
    await player.presses_if_there("Choose a technique")
    for words in choice.words:
        await player.does(await button_for(player, choice.technique), words)
    seen = []
    for number in range(MOST):
        seen.append(player.screen)
        kind = player.asked().kind
        if kind.startswith("finished"):
            return seen
        if kind == "holding":
            await player.wire.waits(LONGEST_HOLD)
            continue
        ways = GOES_ON[kind]
        await player.does(*ways[number % len(ways)])
    raise AssertionError(f"no end of it: {player.screen}")


async def button_for(player: Player, technique: str) -> str:
    """The button on the screen that leads to *technique*."""
    chosen = player.book.techniques[technique]
    names = player.book.areas[chosen.area], player.book.positions[chosen.position], "Left"
    tools = [player.book.tools[tool] for tool in chosen.tools]
    return next(label for label in (*names, *tools) if label in player.wire.sees().labels)


async def tries_everything(player: Player) -> None:
    """Whatever might get at a technique: commands, words, and buttons of old messages.

    Left out is what would tell of one more red flag, and what would open the lock.
    """
    for words in ("/session", "/screen", "/home", "/start", "start a session", "hands", "next"):
        await player.wire.says(words)
    person = player.wire.person
    old = {b.data.partition(":")[2]: (b, sent.message) for sent in reversed(person.history)
           for b in sent.message.buttons}  # fmt: skip
    for data, (button, message) in sorted(old.items(), key=lambda item: item[0]):
        if data.partition(":")[0] not in ("flag", "happening", "yes", "unsure", "known", "vouch"):
            player.wire.takes_a_moment()
            person.presses(button, message)
    await player.wire.is_answered()
    for event, value in FORGED:
        await player.wire.forges(event, value)
    await player.goes_home()


FORGED = (
    ("session", ""), ("area", "glutes"), ("tool", "hands"), ("technique", "glutes_hands_chair"),
    ("left", ""), ("hold", ""), ("next", ""), ("resume", ""), ("more", ""), ("agreed", "K01"),
)  # fmt: skip


def guided(text: str, book: Book) -> bool:
    """Whether *text* shows anything of a technique, or lets one be chosen."""
    names = [technique.name for technique in book.techniques.values()]
    choosing = read_screen(text, book).kind in (*CHOOSING, *GOES_ON, "holding")
    return choosing or any(name in text for name in names)


CHOOSING = ("area", "spot", "tool", "harder", "position", "briefing")
