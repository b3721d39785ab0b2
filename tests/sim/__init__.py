"""The bot itself in a world that one number decides: people, Telegram, time, and where it crashes.

    python -m tests.sim --seed 7     # the same day again, whatever went wrong in it

world     time, and what happens in it        people    who taps, types, blocks, and says a red flag
ticking   the event loop that has that time   network   what becomes of a call to Telegram
hook      who brings updates                  door      and where they are brought
process   the bot, until it dies              stepped   its store's thread
database  a PostgreSQL with the world's time  journal   what was kept, turn by turn
ledger    what must hold at the end           running   all of it, put together
setting   where the bot runs on a day         day       and what is left of it
"""
