"""Keys for tests."""

from base64 import urlsafe_b64encode

from data.seal import LENGTH, Ring


def key(name: str) -> bytes:
    return name.encode().ljust(LENGTH, b".")


def written(name: str) -> str:
    """The key as DATA_KEY has it."""
    return urlsafe_b64encode(key(name)).decode().rstrip("=")


KEY = written("a")


def ring(*names: str) -> Ring:
    """A ring with a key for each name, the newest first."""
    keys = [key(name) for name in names or ("a",)]
    return Ring(lambda: keys)
