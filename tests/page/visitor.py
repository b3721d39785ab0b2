"""A browser without eyes: it does what the page's script does, over real HTTP."""

import asyncio
import json
from contextlib import suppress
from types import TracebackType
from typing import Any, Self

import aiohttp
from yarl import URL

from tests.shell.conftest import until

Data = dict[str, Any]


RESTS = 2.0  # seconds after which a line is not used again: after five the server closes it


class Visitor:
    def __init__(self, address: str) -> None:
        self.address = address
        self.token = ""
        self.news: list[tuple[str, Data]] = []
        self.messages: dict[int, Data] = {}
        self.newest = 0  # the message that was shown last
        self._client = aiohttp.ClientSession(
            connector=aiohttp.TCPConnector(keepalive_timeout=RESTS),
            cookie_jar=aiohttp.CookieJar(unsafe=True),
        )
        self._listening: asyncio.Task[None] | None = None

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, _: type[BaseException] | None, __: BaseException | None, ___: TracebackType | None
    ) -> None:
        await self.leaves()
        await self._client.close()

    async def comes(self) -> None:
        """Open the page's line, and read all that is there."""
        self._listening = asyncio.create_task(self._listen())
        await until(lambda: self.heard("all"))

    async def leaves(self) -> None:
        if self._listening:
            self._listening.cancel()
            with suppress(asyncio.CancelledError):
                await self._listening
        self.news.clear()

    def share(self, other: "Visitor") -> None:
        """Be another tab of the same browser."""
        self._client.cookie_jar.update_cookies(
            {cookie.key: cookie.value for cookie in other._client.cookie_jar}, URL(self.address)
        )

    async def gets(self, path: str, **headers: str) -> aiohttp.ClientResponse:
        async with self._client.get(self.address + path, headers=headers) as answer:
            await answer.read()
            return answer

    async def posts(self, path: str, said: object, **headers: str) -> tuple[int, Data]:
        """What the script says; `headers` with an empty value are left out."""
        given = {"Origin": self.address, "X-Token": self.token, **headers}
        kept = {name: value for name, value in given.items() if value}
        body = said if isinstance(said, bytes) else json.dumps(said).encode()
        async with self._client.post(self.address + path, data=body, headers=kept) as answer:
            is_data = answer.content_type == "application/json"
            return answer.status, await answer.json() if is_data else {}

    async def says(self, text: str) -> Data:
        status, answer = await self.posts("/say", {"text": text})
        assert status == 200
        return answer

    async def taps(self, label: str, shown: Data | None = None) -> Data:
        """Tap a button of the newest message, or of one as it was shown before."""
        shown = shown or self.messages[self.newest]
        found = [b for row in shown["rows"] for b in row if b["label"] == label]
        assert found, f"no button [{label}] in {shown['rows']}"
        status, answer = await self.posts("/say", {"id": shown["id"], "data": found[0]["data"]})
        assert status == 200
        return answer

    async def desk(self) -> Data:
        return json.loads(await (await self.gets("/desk")).text())  # type: ignore[no-any-return]

    def heard(self, what: str) -> bool:
        return any(kind == what for kind, _ in self.news)

    @property
    def screen(self) -> str:
        return str(self.messages[self.newest]["text"])

    def cookie(self, name: str) -> tuple[str, bool, str]:
        """Its value, whether scripts are kept from it, and to whom it is sent."""
        found = next(cookie for cookie in self._client.cookie_jar if cookie.key == name)
        return found.value, bool(found["httponly"]), found["samesite"].lower()

    async def _listen(self) -> None:
        endless = aiohttp.ClientTimeout(total=None)
        async with self._client.get(f"{self.address}/live", timeout=endless) as answer:
            assert answer.status == 200
            kind = ""
            async for raw in answer.content:
                name, _, value = raw.decode().rstrip("\n").partition(": ")
                if name == "event":
                    kind = value
                elif name == "data":
                    self._hears(kind, json.loads(value))

    def _hears(self, kind: str, data: Data) -> None:
        self.news.append((kind, data))
        self.token = data.get("token", self.token)
        if kind == "forgotten":
            self.messages.clear()
        for shown in data.get("messages", [data] if kind == "message" else []):
            self.messages[shown["id"]] = shown
            self.newest = shown["id"]
