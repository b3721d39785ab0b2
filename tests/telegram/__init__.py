"""A strict stand-in for Telegram's Bot API, and people who talk to a bot through it.

    telegram = Telegram()
    ann = Person(telegram, 1001)
    async with serve(telegram) as address, the_bot_under_test(address.url):
        ann.says("/start")
        screen = await ann.answer()
        ann.presses("Yes", screen)

One `Telegram` is one bot's.  The rooms:

core      what Telegram knows of one bot      updates   what waits for the bot, polling
chats     chats and messages as people see    hook      what waits for the bot, web hook
person    somebody on their phone             rates     how often a bot may send
messages  sendMessage and its kin             text      lengths, HTML, commands
media     photos and files                    keyboard  the buttons under a message
about     getMe, commands, descriptions       faults    what goes wrong on demand
calls     one call, from token to answer      wire      all this over HTTP
control   people and faults, from outside     server    a process of its own
webhook   getUpdates, setWebhook              remote    such a process, and its client
"""

from tests.telegram.chats import Button, Message, Sent, Toast
from tests.telegram.core import TOKEN, Call, Telegram
from tests.telegram.faults import Fault
from tests.telegram.person import Person
from tests.telegram.rates import UNLIMITED, Limits, Rate
from tests.telegram.wire import Address, serve

__all__ = [
    "TOKEN",
    "UNLIMITED",
    "Address",
    "Button",
    "Call",
    "Fault",
    "Limits",
    "Message",
    "Person",
    "Rate",
    "Sent",
    "Telegram",
    "Toast",
    "serve",
]
