"""What people in these tests do, over and over."""

from tests.telegram import Button, Message, Person

# A person in good health answers so, whatever they are asked.
_HEALTHY = (
    "close", "begin", "yes:A0", "agree", "none", "no", "rate:2", "session", "area:glutes",
    "tool:hands", "technique:glutes_hands_chair", "left", "next", "hold",
)  # fmt: skip


def find(message: Message, event: str) -> Button | None:
    """The button that says *event*, or *event*:value, under *message*."""
    for row in message.rows:
        for button in row:
            said = button.data.partition(":")[2]
            if said == event or said.partition(":")[0] == event:
                return button
    return None


def tap(person: Person, event: str, message: Message | None = None) -> None:
    """Press the button that says *event*, under the last message if none is named."""
    message = message or person.sees()
    button = find(message, event)
    assert button, f"no {event} in {message.rows}"
    person.presses(button, message)


def is_hold(message: Message) -> bool:
    return bool(find(message, "pause")) and message.rows[0][0].data.split(":")[1] == "sharp"


async def begin(person: Person) -> Message:
    person.says("/start")
    return await person.answer()


async def walk_to_hold(person: Person) -> Message:
    """From the first word to the screen of a hold that runs."""
    message = await begin(person)
    for _ in range(80):
        if is_hold(message):
            return message
        event = next((event for event in _HEALTHY if find(message, event)), None)
        assert event, f"which of these? {message.rows}"
        tap(person, event, message)
        message = await person.answer()
    raise AssertionError("no hold was reached")
