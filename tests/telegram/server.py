"""The stand-in as a process of its own: `python -m tests.telegram.server --port 8081`."""

import argparse
import asyncio

from tests.telegram.core import LIMITS, TOKEN, Telegram
from tests.telegram.rates import UNLIMITED
from tests.telegram.wire import serve


async def _run(telegram: Telegram, port: int) -> None:
    async with serve(telegram, port) as address:
        print(address.url, flush=True)  # noqa: T201 - whoever started it reads where it is
        await asyncio.Event().wait()


def main() -> None:
    options = argparse.ArgumentParser(description="A strict stand-in for Telegram's Bot API.")
    options.add_argument("--port", type=int, default=0, help="0 is any free one")
    options.add_argument("--token", default=TOKEN)
    options.add_argument("--latency", type=float, default=0.0, help="seconds for each call")
    options.add_argument("--no-limits", action="store_true", help="never say 429")
    given = options.parse_args()
    telegram = Telegram(
        given.token,
        limits=UNLIMITED if given.no_limits else LIMITS,
        latency=given.latency,
    )
    try:
        asyncio.run(_run(telegram, given.port))
    except KeyboardInterrupt:
        return


if __name__ == "__main__":
    main()
