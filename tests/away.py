"""A database that goes away at the worst moment."""

from collections.abc import Callable
from typing import TypeVar

import pytest

from data.store import Store, StoreAway
from data.transaction import Transaction

T = TypeVar("T")


def goes_once_kept(monkeypatch: pytest.MonkeyPatch) -> list[object]:
    """From now on the first work is kept, and the line breaks before we are told; then holds it."""
    run = Store.run
    failed: list[object] = []

    async def breaks(store: Store, work: Callable[[Transaction], T]) -> T:
        done = await run(store, work)
        if not failed:
            failed.append(work)
            raise StoreAway("AdminShutdown")
        return done

    monkeypatch.setattr(Store, "run", breaks)
    return failed
