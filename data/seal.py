"""Seals what is kept, so that a stolen database alone tells nothing about anybody's health.

AES-256-GCM, with a new random nonce for each seal.  What a seal is about (its table and the key of
its row) is bound in: moved to another row it cannot be read.  A sealed value is

    version (1 byte) | id of the key (4) | nonce (12) | ciphertext and tag

There is no version for what is not sealed: nobody can slip a readable row in.  With random nonces
one key is good for 2^32 seals: `python -m bot keys rotate` long before that.
"""

import os
import struct
from collections.abc import Callable, Sequence
from contextlib import suppress
from hashlib import sha256
from hmac import digest

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from data.names import Names

LENGTH = 32  # bytes of a key
VERSION = b"\x01"
_ID = 4  # bytes of the id of a key
_NONCE = 12
HEAD = len(VERSION) + _ID  # bytes that say by which key


class Unreadable(Exception):
    """What is kept of one person makes no sense here.  Tells nothing of it.

    Its seal was broken (another key, another row, changed bytes), or another version wrote it.
    """


class WrongKey(Exception):
    """A key is missing that has sealed what is kept.  Says which, by its id."""


class BadKey(Exception):
    """Why there is no key to be had.  Names the file, and never the key."""


class Ring:
    """The keys: the newest seals, and all of them read."""

    _ciphers: dict[bytes, AESGCM]  # by the id of the key
    names: Names | None = None  # of alarms, as the database has them, once it was asked

    def __init__(
        self, read: Callable[[], Sequence[bytes]], stamp: Callable[[], object] = lambda: None
    ) -> None:
        """*read* gives the keys, the newest first; it is asked again when one is not known.

        *stamp* is another one whenever the keys may be others.
        """
        self._read = read
        self._stamp = stamp
        self._stamped = stamp()
        self._take(read())

    def look_again(self) -> bool:
        """Take new keys, if there are any: what is sealed next has the newest.  Whether there are.

        Those that are known stay known: something may still be sealed with them.  Raises what
        reading them does.
        """
        stamped = self._stamp()
        if stamped == self._stamped:
            return False
        newest, known = self.newest, self._ciphers
        self._take(self._read())
        self._ciphers, self._stamped = self._ciphers | known, stamped
        return self.newest != newest

    def _take(self, keys: Sequence[bytes]) -> None:
        self._ciphers = {id_of(key): AESGCM(key) for key in keys}
        self._head = VERSION + id_of(keys[0])
        self._newest = AESGCM(keys[0])
        self._secret = digest(keys[0], b"tags", sha256)

    @property
    def head(self) -> bytes:
        """What everything begins with that the newest key has sealed."""
        return self._head

    @property
    def newest(self) -> str:
        """The id of the key that seals."""
        return self._head[len(VERSION) :].hex()

    @property
    def ids(self) -> list[str]:
        """The ids of all keys, the newest first."""
        return [id.hex() for id in self._ciphers]

    def seal(self, plain: bytes, about: bytes) -> bytes:
        nonce = os.urandom(_NONCE)
        return self._head + nonce + self._newest.encrypt(nonce, plain, about)

    def open(self, sealed: bytes, about: bytes) -> bytes:
        """What was sealed.  Raises Unreadable."""
        cipher = self._cipher(sealed)
        try:
            return cipher.decrypt(sealed[HEAD : HEAD + _NONCE], sealed[HEAD + _NONCE :], about)
        except (InvalidTag, ValueError):
            raise Unreadable("a seal was broken") from None

    def tag(self, chat_id: int) -> str:
        """A name for the chat that nobody without the key can find its id from."""
        return digest(self._secret, struct.pack(">q", chat_id), sha256).hex()[:12]

    def _cipher(self, sealed: bytes) -> AESGCM:
        if sealed[:1] != VERSION:
            raise Unreadable("it is not sealed")
        id = sealed[len(VERSION) : HEAD]
        if id not in self._ciphers:
            with suppress(BadKey):  # then it goes on with those that it has
                self._take(self._read())  # somebody may have put a new key on top
        if id not in self._ciphers:
            raise Unreadable(f"key {id.hex()} is not there")
        return self._ciphers[id]


def id_of(key: bytes) -> bytes:
    return sha256(b"id:" + key).digest()[:_ID]
