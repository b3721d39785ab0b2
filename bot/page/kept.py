"""What is kept of a chat on the page, and the moving of its clock."""

from bot.page.rooms import Room
from bot.way import Parts
from data.seal import Unreadable
from data.transaction import Due, Row

SETTLED = 2.0  # seconds in which what an alarm says is shown
MOST = 1000  # alarms in one move: more is a bug that sets them again and again


async def look(parts: Parts, chat_id: int, room: Room) -> Row | None:
    """The chat as it is kept, if it is, and can be read.

    And the room learns by how much its clock is ahead.
    """
    try:
        row, room.ahead = await parts.store.run(
            lambda t: (t.lock({chat_id}).get(chat_id), t.ahead({chat_id}).get(chat_id, 0))
        )
    except Unreadable:  # the turn loop says so to who writes
        return None
    return row


async def alarms_of(parts: Parts, chat_id: int) -> list[Due]:
    """The alarms of the chat, the soonest first, by our clock."""
    set_now = await parts.store.read(lambda t: t.alarms({chat_id}))
    return sorted(set_now, key=lambda one: one.alarm.due)


async def move_clock(parts: Parts, chat_id: int, room: Room, seconds: int) -> None:
    """Let *seconds* go by for one chat, halting at each alarm until it is heard and shown."""
    for _ in range(MOST):
        await parts.loop.keep_marks()  # a hold that was just seen is now set to its time
        soonest = next(iter(await alarms_of(parts, chat_id)), None)
        wait = max(0, soonest.alarm.due - int(parts.now())) if soonest else seconds + 1
        if wait > seconds:
            break
        await _shift(parts, chat_id, room, wait)
        seconds -= wait
        await parts.clock.tick()
        await parts.sender.settle(SETTLED)
    await _shift(parts, chat_id, room, seconds)
    for due in (await alarms_of(parts, chat_id))[:1]:
        parts.clock.alarm_set(due.alarm.due)


async def _shift(parts: Parts, chat_id: int, room: Room, seconds: int) -> None:
    if seconds:
        await parts.store.run(lambda t: t.move_clock(chat_id, seconds))
        await look(parts, chat_id, room)  # it may have been erased meanwhile, and its clock with it
