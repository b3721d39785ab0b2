"""Printing processes that rest until the next bot of these tests wants one.

To start one takes seconds, as long as a dozen conversations; and it is niced, so that beside other
tests it takes up to a minute.  That a bot starts its own, and ends it, is tried in
`tests/shell/test_making.py`.
"""

import subprocess

from bot.printer import Printer

_RESTING: list[subprocess.Popen[bytes]] = []


class Borrower(Printer):
    """The printer of one bot, with a process that others have had, and others will have."""

    def _ask(self, number: int, maker: str, value: object) -> tuple[bytes, str]:
        if self._process is None and _RESTING:
            self._process = _RESTING.pop()
        return super()._ask(number, maker, value)

    async def close(self) -> None:
        process = self._process
        if process and not self._tasks and process.poll() is None:  # it owes nobody an answer
            self._process = None
            _RESTING.append(process)
        await super().close()


def end_all() -> None:
    while _RESTING:
        process = _RESTING.pop()
        process.kill()
        process.communicate()
