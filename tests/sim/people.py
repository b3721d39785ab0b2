"""Who talks: they tap what is shown, and what was; they type, block, and say a red flag."""

from collections.abc import Callable

from tests.shell.people import find
from tests.sim.world import World
from tests.telegram import Button, Message, Person, Telegram

# What somebody in good health, who wants to be guided, answers; the first that is there.
HEALTHY = (
    "close", "begin", "yes:A0", "agree", "none", "no", "rate:2", "session", "area:glutes",
    "tool:hands", "technique:glutes_hands_chair", "left", "next", "hold", "resume", "fine",
)  # fmt: skip
WORDS = (
    "no", "2", "hello", "germany", "what is this for", "it pulls a bit", "/help", "/home", "/start",
    "/session", "/stop", "/progress", "/reminders", "remind me every day at 8:10", "/plan",
)  # fmt: skip
FLAGS = (
    "I have crushing chest pain right now", "i cant pee and im numb between my legs",
    "I want to kill myself",
)  # fmt: skip
PAUSE = 0.3, 7.0  # seconds between two things that somebody does
LONG = 40.0, 150.0  # and sometimes, as somebody who holds still does
LATE = 0.5, 45.0  # seconds after which an update comes once more

Did = tuple[int, int]  # a chat, and an update that Telegram has of it


class Walker:
    def __init__(self, world: World, telegram: Telegram, chat_id: int) -> None:
        self._world = world
        self._telegram = telegram
        self.person = Person(telegram, chat_id)
        self.did: dict[int, float] = {}  # updates, in order, and when
        self.late: set[int] = set()  # of these: what came once more, perhaps after an erasure
        self.is_awake = True
        self.has_blocked = False
        self._ways: list[tuple[float, Callable[[], None]]] = [
            (0.58, self._walks_on), (0.14, self._taps_anything), (0.06, self._taps_twice),
            (0.06, self._taps_what_is_old), (0.10, self._types), (0.015, self._says_a_flag),
            (0.01, self._edits), (0.01, self._sends), (0.01, self._blocks), (0.005, self._erases),
        ]  # fmt: skip

    def wake(self) -> None:
        """Do something, and something else later."""
        if not self.is_awake:
            return
        self._act()
        span = LONG if self._world.dice.random() < 0.12 else PAUSE
        self._world.later(self._world.dice.uniform(*span), self.wake)

    def come_back(self) -> None:
        """Whoever has blocked the bot lets it in again."""
        if self.person.chat.is_blocked:
            self._do(self.person.unblocks)

    def hold(self) -> None:
        """Begin a hold, where one can begin."""
        if self._shown():
            message = self.person.sees()
            self._tap(find(message, "hold"), message)

    def _act(self) -> None:
        if self.person.chat.is_blocked:
            if self._world.dice.random() < 0.3:
                self._do(self.person.unblocks)
            return
        if not self._shown():
            self._do(lambda: self.person.says("/start"))
            return
        weights, acts = zip(*self._ways, strict=True)
        self._world.dice.choices(acts, weights)[0]()

    def _do(self, act: Callable[[], object]) -> None:
        """Do it, and note what Telegram has of it; which it may bring twice, or once more later."""
        world, pending = self._world, self._telegram.updates.pending
        before = next(reversed(pending), 0)
        self._telegram.updates.times = 1 + world.happens(world.odds.twice)
        act()
        self._telegram.updates.times = 1
        new = [one.update for number, one in pending.items() if number > before]
        if not new:
            return
        update = new[0]
        world.note(f"{self.person.chat_id} does {update['update_id']}")
        if "my_chat_member" in update:  # it changes nothing that is heard
            return
        self.did[update["update_id"]] = world.now
        if world.happens(world.odds.late) and "callback_query" not in update:
            self.late.add(update["update_id"])
            world.later(world.dice.uniform(*LATE), lambda: self._telegram.deliver_again(update))

    # What they do

    def _walks_on(self) -> None:
        message = self.person.sees()
        healthy = (find(message, event) for event in HEALTHY)
        self._tap(next((button for button in healthy if button), None), message)

    def _taps_anything(self) -> None:
        message = self.person.sees()
        self._tap(self._world.dice.choice(message.buttons), message)

    def _taps_twice(self) -> None:
        message = self.person.sees()
        button = self._world.dice.choice(message.buttons)
        self._tap(button, message)
        self._tap(button, message)

    def _taps_what_is_old(self) -> None:
        old = self._world.dice.choice(self._shown())
        self._tap(self._world.dice.choice(old.buttons), old)

    def _tap(self, button: Button | None, message: Message) -> None:
        if button and button.data:
            self._do(lambda: self.person.presses(button, message))

    def _types(self) -> None:
        self._do(lambda: self.person.says(self._world.dice.choice(WORDS)))

    def _says_a_flag(self) -> None:
        self._do(lambda: self.person.says(self._world.dice.choice(FLAGS)))

    def _edits(self) -> None:
        mine = [m for m in self.person.messages if not m.by_bot and m.media == ""]
        if mine:
            old = self._world.dice.choice(mine)
            self._do(lambda: self.person.edits(old, self._world.dice.choice(WORDS)))

    def _sends(self) -> None:
        self._do(lambda: self.person.sends("sticker"))

    def _blocks(self) -> None:
        self.has_blocked = True
        self._do(self.person.blocks)

    def _erases(self) -> None:
        message = self.person.sees()
        confirm = find(message, "confirm")
        if confirm:
            self._tap(confirm, message)
        else:
            self._do(lambda: self.person.says("/erase"))

    def _shown(self) -> list[Message]:
        """Screens that have been shown, with buttons."""
        return [sent.message for sent in self.person.history if sent.message.buttons]
