"""Web hook: updates are posted to the bot, one at a time in each chat, until it takes them.

A delivery that fails is tried again at once, then after a delay that doubles; a Retry-After
of the bot's is obeyed.  What the bot writes into its 200 is not read.
"""

import asyncio
from collections import deque

import aiohttp

from tests.telegram.updates import Pending, Updates

LONGEST_DELAY = 3600.0  # seconds
PATIENCE = 60.0  # for one answer


class Hook:
    def __init__(self, updates: Updates, url: str, secret: str, most: int, delay: float) -> None:
        self.url = url
        self.most = most
        self.last_error = ""
        self._updates = updates
        self._headers = {"X-Telegram-Bot-Api-Secret-Token": secret} if secret else {}
        self._first_delay = delay
        self._slots = asyncio.Semaphore(most)
        self._lines: dict[int, deque[Pending]] = {}
        self._tasks: dict[int, asyncio.Task[None]] = {}
        self._client = aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=PATIENCE))

    def push(self, pending: Pending) -> None:
        """Put an update in the line of its chat."""
        chat_id = pending.chat_id
        self._lines.setdefault(chat_id, deque()).append(pending)
        if chat_id not in self._tasks:
            self._tasks[chat_id] = asyncio.get_running_loop().create_task(self._serve(chat_id))

    async def close(self) -> None:
        tasks = list(self._tasks.values())
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        await self._client.close()

    async def _serve(self, chat_id: int) -> None:
        line = self._lines[chat_id]
        while line:
            await self._deliver(line[0])
            self._updates.forget(line.popleft())
        del self._tasks[chat_id], self._lines[chat_id]

    async def _deliver(self, pending: Pending) -> None:
        delay = 0.0
        while True:
            async with self._slots:
                asked = await self._post(pending)
            if asked is None:
                return
            await asyncio.sleep(max(asked, delay))
            delay = min(LONGEST_DELAY, delay * 2 or self._first_delay)

    async def _post(self, pending: Pending) -> float | None:
        """None when the bot took it; else for how many seconds it asks to be left alone."""
        try:
            post = self._client.post(self.url, json=pending.update, headers=self._headers)
            async with post as answer:
                await answer.read()
        except (aiohttp.ClientError, TimeoutError) as error:
            self.last_error = f"Connection failed: {type(error).__name__}"
            return 0.0
        if answer.ok:
            return None
        self.last_error = f"Wrong response from the webhook: {answer.status} {answer.reason}"
        return min(LONGEST_DELAY, float(answer.headers.get("Retry-After", 0)))
