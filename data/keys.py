"""Where the keys come from: DATA_KEY, a file of theirs, or one that is made beside an SQLite file.

A key is 32 random bytes, written as 43 letters, digits, - and _.  A file has one in each line, the
newest first; what stands behind a # is for whoever reads it.
"""

import base64
import os
import re
import secrets
from contextlib import suppress
from pathlib import Path

from data.engine import parse
from data.seal import LENGTH, BadKey, Ring

_PLAIN = re.compile(r"[A-Za-z0-9_-]{43}")
NEEDED = "is needed with PostgreSQL: python -m bot keys new makes one"


def new_key() -> str:
    return secrets.token_urlsafe(LENGTH)


def read_keys(text: str) -> list[bytes]:
    """The keys in *text*, the newest first.  Raises ValueError saying what is wrong."""
    lines = [line.partition("#")[0] for line in text.splitlines()]
    keys = " ".join(lines).replace(",", " ").split()
    if not keys or not all(_PLAIN.fullmatch(key) for key in keys):
        raise ValueError(
            "a key is 43 letters, digits, - and _, as `python -m bot keys new` writes; newest first"
        )
    return [base64.urlsafe_b64decode(f"{key}=") for key in keys]


def key_file(data_key_file: str, database_url: str) -> Path | None:
    """The file with the keys, where there is no DATA_KEY: the one named, or beside SQLite's."""
    if data_key_file:
        return Path(data_key_file)
    url = parse(database_url)
    return Path(f"{url.database}.key") if url.get_backend_name() == "sqlite" else None


def ring_of(data_key: str, path: Path | None) -> Ring:
    """The ring of DATA_KEY, or else of a file.  Raises BadKey."""
    if data_key or path is None:
        return Ring(lambda: read_keys(data_key))
    return Ring(lambda: read_file(path), lambda: _stamp(path))


def _stamp(path: Path) -> object:
    """What tells a file from the one before; while it is away, nothing is looked for in it."""
    try:
        told = path.stat()
    except OSError:
        return None
    return told.st_mtime_ns, told.st_ino


def read_file(path: Path) -> list[bytes]:
    """The keys in a file.  Raises BadKey."""
    try:
        return read_keys(path.read_text(encoding="ascii"))
    except OSError as error:
        raise BadKey(f"{path} cannot be read ({type(error).__name__})") from None
    except ValueError as error:
        raise BadKey(f"{path}: {error}") from None


def make_file(path: Path) -> bool:
    """Make a key for this machine alone, unless there is one; whether it was made."""
    if os.path.exists(path):  # noqa: PTH110 - `Path` raises where one may not look
        return False
    fresh = _write_beside(path, new_key() + "\n")
    try:
        os.link(fresh, path)  # whole at once, and only if nobody was quicker
        _sync_folder(path)
    except FileExistsError:
        return False
    except OSError as error:
        raise BadKey(f"{path} cannot be made ({type(error).__name__})") from None
    finally:
        fresh.unlink()
    return True


def put_on_top(path: Path) -> None:
    """A new key before all others of the file."""
    old = path.read_text(encoding="ascii")
    _write_beside(path, f"{new_key()}\n{old}").replace(path)
    _sync_folder(path)


def _sync_folder(path: Path) -> None:
    """Nothing may be sealed by a key that a power cut could take away."""
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


def _write_beside(path: Path, text: str) -> Path:
    """A file with *text* that only we may read, in the same folder."""
    fresh = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    try:
        with os.fdopen(os.open(fresh, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "w") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
    except OSError as error:
        with suppress(OSError):
            fresh.unlink()
        raise BadKey(f"{path} cannot be made ({type(error).__name__})") from None
    return fresh
