"""The printer: makes files for one person, in a process of its own.

The bot starts it when it first needs it (`bot/printer.py`).  So nobody who waits for an answer
waits for a drawing, and what drawing needs is in nobody's memory before.  It is given plain data
and gives back bytes; it knows no database and keeps nothing.
"""
