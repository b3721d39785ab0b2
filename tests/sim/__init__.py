"""The bot itself in a world that one number decides: people, Telegram, time, and where it crashes.

    python -m tests.sim --seed 7     # the same day again, whatever went wrong in it

world     time, and what happens in it        people    who taps, types, blocks, and says a red flag
ticking   the event loop that has that time   network   what becomes of a call to Telegram
process   the bot, until it dies              journal   what was kept, turn by turn
ledger    what must hold at the end           day       all of it, put together
"""
