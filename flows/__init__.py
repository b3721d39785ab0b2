"""The conversation, and nothing else.

Theory of operation
===================

A *chat* is a value.  An *event* is one thing a person, or the clock, can say.
One turn of talk is a pure function of the two:

    step(chat, event, book)  ->  the chat afterwards, and what to keep about it

and what the person sees is a pure function of where that leaves them:

    screen(chat, book)       ->  a text, and buttons

and so is what the clock is to say later:

    alarms(chat)             ->  the events that are due, and when

Nothing in this room sends, stores, sleeps or asks the time.  `bot/` carries what is
said in and out; `data/` keeps the chats and reads the book.  So three things come for
free.  A message that was lost is shown again, because the screen follows from the
chat.  A restart loses nothing, because there is nothing beside the chat.  And
`explore` can press every button there is, so the safety rules are proved over every
reachable chat, not sampled.

Where to look: `table` says what leads where, `questions` and `commands` what its words
mean; `course` goes through the questions of a screening; `lock` and `offer` say what is
closed; `typed`, `naming`, `phrases` and `guard` listen to words; `layout`, `screens` and
`texts` show.  `past` reads a person's log: what is told of it, as a chart and on a sheet.
"""

from flows.chat import Chat, State
from flows.events import Alarm, Event, Record
from flows.packed import pack, unpack
from flows.screen import Button, File, Made, Material, Screen
from flows.step import alarms, step
from flows.turn import Outcome
from flows.view import is_emergency, screen

__all__ = [
    "Alarm", "Button", "Chat", "Event", "File", "Made", "Material", "Outcome", "Record", "Screen",
    "State", "alarms", "is_emergency", "pack", "screen", "step", "unpack",
]  # fmt: skip
