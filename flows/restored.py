"""A chat out of a copy that was put back: what came after the copy was made, nobody knows.

1. A screening that was passed counts no more, nor do the answers of one that is not over: since
   then a red flag may have been heard, and the lock that it brought down is not in the copy.
2. No button that is on anybody's screen is taken for one of this chat.
3. What the clock had to say of sessions until now is behind: most of it has been said.
"""

from flows.chat import Chat
from flows.reminders.reminder import Reminder, resting


def restored(chat: Chat, now: int) -> Chat:
    """*chat* as it goes on after its copy was put back at *now*; a lock stays."""
    kept = chat.reminder
    # Turns are counted from the moment of the first: none that was taken since is as high.
    turn = max(chat.turn + 1, now) if chat.turn else 0
    reminder = kept and caught_up(kept, now)
    return chat.but(screened_at=0, begun_at=0, reminder=reminder, turn=turn)


def caught_up(reminder: Reminder, now: int) -> Reminder:
    """*reminder* with all behind that was due by *now*; what was put off further still comes."""
    snoozed = reminder.snoozed if reminder.snoozed > now else 0
    return resting(reminder, now + 1).but(snoozed=snoozed)
