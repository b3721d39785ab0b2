"""The HTTP client, and a host that says byte by byte what a test tells it to."""

import asyncio
import random
import ssl
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from datetime import UTC, datetime
from itertools import pairwise
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from hypothesis import given
from hypothesis import strategies as st

from bot.telegram import client
from bot.telegram.client import Client, Disconnected
from tests.shell.conftest import until

DONE = b"HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\ndone"
WITHIN = 5.0  # seconds


class Line:
    """One connection, as the host has it."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._reader, self._writer = reader, writer

    async def hears(self) -> str:
        """One request: its first line, what it says of itself, and its body."""
        head = (await self._reader.readuntil(b"\r\n\r\n")).decode()
        length = int(head.lower().partition("content-length: ")[2].partition("\r\n")[0])
        return head + (await self._reader.readexactly(length)).decode()

    async def says(self, *parts: bytes) -> None:
        for part in parts:
            self._writer.write(part)
            await self._writer.drain()
            await asyncio.sleep(0.001)  # each by itself

    async def is_left(self) -> bool:
        """Whether the other end closes it."""
        async with asyncio.timeout(WITHIN):  # `wait_for` may lose that it is cancelled
            return await self._reader.read(1) == b""

    def hangs_up(self) -> None:
        self._writer.close()


class Host:
    """Does on each connection what *behave* says, on the first the first."""

    def __init__(self, *behave: Callable[[Line], Awaitable[None]]) -> None:
        self._behave = list(behave)
        self._running: list[asyncio.Task[None]] = []
        self.lines = 0

    def meets(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.lines += 1
        self._running.append(asyncio.create_task(self._stay(Line(reader, writer))))

    async def _stay(self, line: Line) -> None:
        try:
            await self._behave.pop(0)(line)
        except (asyncio.IncompleteReadError, ConnectionError):
            pass  # the other end had enough
        finally:
            line.hangs_up()

    async def is_done(self) -> None:
        """All that was to be done on the connections is; a test fails where it was not."""
        await asyncio.wait_for(asyncio.gather(*self._running), WITHIN)

    async def leave(self) -> None:
        for task in self._running:
            task.cancel()
        await asyncio.gather(*self._running, return_exceptions=True)


@asynccontextmanager
async def asking(
    host: Host, scheme: str = "http", tls: ssl.SSLContext | None = None, name: str = "127.0.0.1"
) -> AsyncIterator[Client]:
    server = await asyncio.start_server(host.meets, "127.0.0.1", 0, ssl=tls)
    port = server.sockets[0].getsockname()[1]
    one = Client(f"{scheme}://{name}:{port}", "a test")
    try:
        yield one
    finally:
        await one.close()
        await host.leave()
        server.close()
        await server.wait_closed()


async def always(line: Line) -> None:
    while True:
        await line.hears()
        await line.says(DONE)


def once(*parts: bytes) -> Callable[[Line], Awaitable[None]]:
    async def behave(line: Line) -> None:
        await line.hears()
        await line.says(*parts)

    return behave


async def test_a_request_says_whom_it_asks_what_it_is_and_how_long() -> None:
    async def behave(line: Line) -> None:
        heard.append(await line.hears())
        await line.says(DONE)

    heard: list[str] = []
    async with asking(Host(behave)) as one:
        assert await one.post("/bot1:a/sendMessage", '{"text":"Zoë"}'.encode(), WITHIN) == (
            200,
            b"done",
        )
    head, _, body = heard[0].partition("\r\n\r\n")
    first, *lines = head.split("\r\n")
    assert first == "POST /bot1:a/sendMessage HTTP/1.1"
    assert lines[0].startswith("Host: 127.0.0.1:")
    assert lines[1:] == [
        "User-Agent: a test", "Content-Type: application/json", "Content-Length: 15",
    ]  # fmt: skip
    assert body == '{"text":"Zoë"}'


@pytest.mark.parametrize(
    ("url", "lines"),
    [
        ("https://api.telegram.org", ["Host: api.telegram.org"]),
        ("http://[::1]:8081", ["Host: [::1]:8081"]),
        ("http://bücher.example", ["Host: xn--bcher-kva.example"]),
        ("http://a:b%40c@bots:81", ["Host: bots:81", "Authorization: Basic YTpiQGM="]),
    ],
)
def test_the_host_is_named_as_its_address_has_it(url: str, lines: list[str]) -> None:
    said = Client(url, "a test")._headers.split("\r\n")
    assert [line for line in said if line.startswith(("Host", "Auth"))] == lines


async def test_what_stands_behind_the_host_in_its_address_stands_before_the_path() -> None:
    async def behave(line: Line) -> None:
        heard.append(await line.hears())
        await line.says(DONE)

    heard: list[str] = []
    host = Host(behave)
    async with asking(host) as one:
        there = Client(f"http://127.0.0.1:{one._port}/our bots", "a test")
        await there.post("/bot1:a/getMe", b"", WITHIN)
        await there.close()
    assert heard[0].startswith("POST /our%20bots/bot1:a/getMe HTTP/1.1\r\n")


class TestConnections:
    async def test_one_after_the_other_goes_over_the_same(self) -> None:
        host = Host(always)
        async with asking(host) as one:
            for _ in range(5):
                assert await one.post("/", b"{}", WITHIN) == (200, b"done")
                one._resting[0]._since -= client.IDLE / 2  # each time it has rested a while
        assert host.lines == 1

    async def test_at_the_same_time_each_has_its_own_and_its_own_answer(self) -> None:
        async def behave(line: Line) -> None:
            body = (await line.hears())[-1].encode()
            all_here.append(body)
            if len(all_here) == 8:
                together.set()
            await together.wait()
            await line.says(b"HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\n", body)

        all_here: list[bytes] = []
        together = asyncio.Event()
        host = Host(*[behave] * 8)
        async with asking(host) as one:
            asked = [one.post("/", str(n).encode(), WITHIN) for n in range(8)]
            assert await asyncio.gather(*asked) == [(200, str(n).encode()) for n in range(8)]
        assert host.lines == 8

    async def test_one_that_the_host_has_closed_is_not_used_again(self) -> None:
        host = Host(once(DONE), once(DONE))
        async with asking(host) as one:
            await one.post("/", b"{}", WITHIN)
            await until(lambda: not one._resting[0].is_open)
            assert await one.post("/", b"{}", WITHIN) == (200, b"done")

    async def test_nor_one_of_which_the_host_says_that_it_will_be(self) -> None:
        async def behave(line: Line) -> None:
            await line.hears()
            await line.says(DONE.replace(b"\r\n\r\n", b"\r\nConnection: close\r\n\r\n"))
            assert await line.is_left()

        host = Host(behave, once(DONE))
        async with asking(host) as one:
            await one.post("/", b"{}", WITHIN)
            assert await one.post("/", b"{}", WITHIN) == (200, b"done")
            await host.is_done()

    async def test_nor_one_that_has_rested_for_long(self, monkeypatch: pytest.MonkeyPatch) -> None:
        async def behave(line: Line) -> None:
            await line.hears()
            await line.says(DONE)
            assert await line.is_left()

        monkeypatch.setattr(client, "IDLE", 0.05)
        host = Host(behave, once(DONE))
        async with asking(host) as one:
            await one.post("/", b"{}", WITHIN)
            await asyncio.sleep(0.1)
            await one.post("/", b"{}", WITHIN)
            await host.is_done()

    async def test_more_than_are_needed_are_closed_while_others_are_in_use(self) -> None:
        async def first(line: Line) -> None:
            await line.hears()
            await line.says(DONE)
            seen.set()
            assert await line.is_left()

        async def second(line: Line) -> None:
            await seen.wait()  # so it is the one that was used last
            await always(line)

        seen = asyncio.Event()
        host = Host(first, second)
        async with asking(host) as one:
            await asyncio.gather(*(one.post("/", b"{}", WITHIN) for _ in range(2)))
            one._resting[0]._since -= client.IDLE
            await one.post("/", b"{}", WITHIN)
            assert len(one._resting) == 1
            assert one._resting[0].is_open
        assert host.lines == 2

    async def test_one_that_says_something_unasked_is_closed(self) -> None:
        async def behave(line: Line) -> None:
            await line.hears()
            await line.says(DONE)
            await line.says(b"HTTP/1.1 408 Request Timeout\r\nContent-Length: 0\r\n\r\n")
            assert await line.is_left()

        host = Host(behave, once(DONE))
        async with asking(host) as one:
            await one.post("/", b"{}", WITHIN)
            await host.is_done()
            assert await one.post("/", b"{}", WITHIN) == (200, b"done")

    async def test_none_is_left_open_at_the_end(self) -> None:
        async def behave(line: Line) -> None:
            await line.hears()
            await line.says(DONE)
            assert await line.is_left()

        host = Host(behave)
        async with asking(host) as one:
            await one.post("/", b"{}", WITHIN)
            await one.close()
            await host.is_done()

    async def test_nor_one_that_is_answered_after_it(self) -> None:
        async def behave(line: Line) -> None:
            await line.hears()
            heard.set()
            await closed.wait()
            await line.says(DONE)
            assert await line.is_left()

        heard, closed = asyncio.Event(), asyncio.Event()
        host = Host(behave)
        async with asking(host) as one:
            asked = asyncio.create_task(one.post("/", b"{}", WITHIN))
            await heard.wait()
            await one.close()
            closed.set()
            assert await asked == (200, b"done")
            await host.is_done()

    async def test_a_host_that_only_lets_us_in_is_not_waited_for_as_long_as_an_answer(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        async def silent(line: Line) -> None:
            assert not await line.is_left()  # a handshake begins
            await asyncio.Event().wait()

        monkeypatch.setattr(client, "CONNECT", 0.05)
        async with asking(Host(silent), "https") as one, asyncio.timeout(WITHIN):
            with pytest.raises(TimeoutError):
                await one.post("/", b"{}", 10 * WITHIN)


class TestAnswers:
    @given(st.lists(st.integers(1, 80), max_size=12))
    async def test_may_come_in_any_pieces(self, cuts: list[int]) -> None:
        whole = (
            b"HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n"
            b"HTTP/1.1 429 Too Many Requests\r\nTransfer-Encoding: chunked\r\n\r\n"
            b"3\r\n{ab\r\n2\r\nc}\r\n0\r\n\r\n"
        )
        places = [0, *sorted(set(cuts)), len(whole)]
        connection, transport = client._Connection(), Written()
        connection.connection_made(transport)
        asked = asyncio.ensure_future(connection.ask(b"?"))
        await asyncio.sleep(0)
        for begin, end in pairwise(places):
            connection.data_received(whole[begin:end])
        assert await asked == (429, b"{abc}")
        assert connection.is_open

    @pytest.mark.parametrize(
        "parts",
        [
            (),
            (b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n", b"only"),
            (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nhalf\r\n",),
            (b"SSH-2.0-OpenSSH_9.6\r\n",),
            (b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\nConnection: upgrade\r\n\r\n",),
        ],
    )
    async def test_half_of_one_and_what_is_none_is_told_at_once(
        self, parts: tuple[bytes, ...]
    ) -> None:
        async with asking(Host(once(*parts))) as one:
            with pytest.raises(Disconnected):
                await one.post("/", b"{}", WITHIN)

    async def test_what_is_none_is_not_waited_for_until_the_host_hangs_up(self) -> None:
        async def behave(line: Line) -> None:
            await line.hears()
            await line.says(b"SSH-2.0-OpenSSH_9.6\r\n")
            assert await line.is_left()

        host = Host(behave)
        async with asking(host) as one:
            with pytest.raises(Disconnected):
                await one.post("/", b"{}", WITHIN)
            await host.is_done()

    async def test_one_without_end_is_not_read_for_ever(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        async def behave(line: Line) -> None:
            await line.hears()
            await line.says(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n")
            while True:  # until the other end has had enough
                await line.says(b"400\r\n" + b"." * 1024 + b"\r\n")

        monkeypatch.setattr(client, "LONGEST", 10_000)
        host = Host(behave)
        async with asking(host) as one:
            with pytest.raises(Disconnected):
                await one.post("/", b"{}", WITHIN)
            await host.is_done()

    async def test_one_that_does_not_come_is_waited_for_as_long_as_was_said(self) -> None:
        async def silent(line: Line) -> None:
            await line.hears()
            assert await line.is_left()

        host = Host(silent, once(DONE))
        async with asking(host) as one:
            with pytest.raises(TimeoutError):
                await one.post("/", b"{}", 0.05)
            await host.is_done()
            assert await one.post("/", b"{}", WITHIN) == (200, b"done")

    async def test_one_that_nobody_waits_for_any_more_is_not_taken_for_the_next(self) -> None:
        async def late(line: Line) -> None:
            await line.hears()
            heard.set()
            await left.wait()
            await line.says(b"HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nlate")

        heard, left = asyncio.Event(), asyncio.Event()
        host = Host(late, once(DONE))
        async with asking(host) as one:
            first = asyncio.create_task(one.post("/", b"{}", WITHIN))
            await heard.wait()
            first.cancel()
            left.set()
            with pytest.raises(asyncio.CancelledError):
                await first
            assert await one.post("/", b"{}", WITHIN) == (200, b"done")

    @pytest.mark.parametrize("seed", range(5))
    async def test_each_is_the_answer_to_what_was_asked_whatever_the_host_does(
        self, seed: int
    ) -> None:
        """Echoes, late, cut and doubled ones, and people who do not wait for theirs."""
        dice = random.Random(seed)

        async def moody(line: Line) -> None:
            while True:
                body = (await line.hears()).rpartition("\n")[2].encode()
                answer = b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n%s" % (len(body), body)
                match dice.randrange(8):
                    case 0:
                        await asyncio.sleep(0.15)  # nobody waits so long
                    case 1:
                        await line.says(answer[: dice.randrange(len(answer))])
                        return
                    case 2:
                        await line.says(answer + answer)
                        continue
                    case 3:
                        await line.says(answer.replace(b"OK\r\n", b"OK\r\nConnection: close\r\n"))
                        return
                await line.says(answer)

        async def one_after_the_other(one: Client, who: int) -> int:
            answered = 0
            for number in range(20):
                asked = f"{who}.{number}".encode()
                with suppress(OSError):
                    assert await one.post("/", asked, 0.1) == (200, asked)
                    answered += 1
            return answered

        async with asking(Host(*[moody] * 1000)) as one:
            answered = await asyncio.gather(*(one_after_the_other(one, who) for who in range(10)))
        assert sum(answered) > 0

    async def test_where_nobody_listens_that_is_told(self) -> None:
        async with asking(Host()) as one:
            port = one._port
        with pytest.raises(ConnectionRefusedError):
            await Client(f"http://127.0.0.1:{port}", "a test").post("/", b"{}", WITHIN)


class TestSecrecy:
    async def test_who_has_a_certificate_that_is_trusted_is_spoken_to(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "certificate.pem"))
        async with asking(Host(always), "https", certified(tmp_path), "localhost") as one:
            assert await one.post("/", b"{}", WITHIN) == (200, b"done")
            assert await one.post("/", b"{}", WITHIN) == (200, b"done")

    async def test_who_has_one_that_nobody_trusts_is_told_nothing(self, tmp_path: Path) -> None:
        host = Host(always)
        async with asking(host, "https", certified(tmp_path), "localhost") as one:
            with pytest.raises(ssl.SSLCertVerificationError):
                await one.post("/bot1:secret/getMe", b"{}", WITHIN)
        assert host.lines == 0

    async def test_nor_who_has_one_for_another_name(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "certificate.pem"))
        host = Host(always)
        async with asking(host, "https", certified(tmp_path), "127.0.0.1") as one:
            with pytest.raises(ssl.SSLCertVerificationError):
                await one.post("/bot1:secret/getMe", b"{}", WITHIN)
        assert host.lines == 0


class Written(asyncio.Transport):
    """Takes what is written."""

    def write(self, _: object) -> None: ...
    def abort(self) -> None: ...


def certified(folder: Path) -> ssl.SSLContext:
    """A host with a certificate for localhost, which is kept in *folder*."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(datetime(2026, 1, 1, tzinfo=UTC))
        .not_valid_after(datetime(2126, 1, 1, tzinfo=UTC))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False)
        .sign(key, hashes.SHA256())
    )
    pem = serialization.Encoding.PEM
    (folder / "certificate.pem").write_bytes(certificate.public_bytes(pem))
    (folder / "key.pem").write_bytes(
        key.private_bytes(pem, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    )
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(folder / "certificate.pem", folder / "key.pem")
    return context
