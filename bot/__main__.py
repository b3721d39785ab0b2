"""`python -m bot`."""

import gc

gc.disable()  # what is made at the start stays: to look for what does not takes a fifth of it

from bot.commands import cli  # noqa: E402

if __name__ == "__main__":
    cli(prog_name="python -m bot")
