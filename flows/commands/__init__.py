"""What rows of the table do to the chat when they are taken.

Each is a command: a change to the chat, or a line for the log.
"""

from flows.commands import consent, locking, pages, plan, reminders, screening, session

ROOMS = (consent, locking, pages, plan, reminders, screening, session)
