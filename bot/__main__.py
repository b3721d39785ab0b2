"""`python -m bot`."""

import gc
import sys

gc.disable()  # what is made at the start stays: to look for what does not takes a fifth of it

if __name__ == "__main__":
    # What serves people needs nothing of the command line, which is a tenth of all imports.
    if sys.argv[1:] == ["run"]:
        # httpx, which Telegram's library imports, would bring its own, in colours: another tenth.
        sys.modules["httpx._main"] = None  # type: ignore[assignment]  # as if not installed

        from bot.run import run

        run()
    else:
        from bot.commands import cli

        cli(prog_name="python -m bot")
