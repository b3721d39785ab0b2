"""On PostgreSQL, which keeps dead rows, what was erased leaves the tables all the same."""

import asyncio
import threading

import pytest
from sqlalchemy import text

from bot.others import Others
from data.engine import open_engine
from data.library import Library
from data.store import Store
from tests.kept import KeptPlayer
from tests.keys import ring
from tests.shell.conftest import until
from tests.shell.postgres import Postgres

AT = 1_800_000_000
ANN = 0x0123_4567_89AB  # an id that can be looked for in a file


async def test_an_hour_later_no_table_of_postgresql_holds_a_trace(
    library: Library, postgres: Postgres, monkeypatch: pytest.MonkeyPatch
) -> None:
    url = postgres.create()
    store = Store(open_engine(url), ring())
    await store.open()
    for n in (1, 2, ANN):
        await KeptPlayer(store, library, n).says("/start")
    await store.run(lambda t: t.hear({(ANN, n) for n in range(1, 60)}, AT))
    with open_engine(url).connect() as connection:
        body = bytes(
            connection.execute(text(f"SELECT body FROM chats WHERE chat_id = {ANN}")).scalar_one()
        )
    sought = ANN.to_bytes(8, "little"), body
    assert all(trace in postgres.raw(url) for trace in sought), "it can be found"
    await store.run(lambda t: t.erase([ANN]))
    assert all(trace in postgres.raw(url) for trace in sought), "dead rows are rows"
    monkeypatch.setattr("bot.others.SWEEP", 0.01)
    sweeping = asyncio.create_task(Others(store).sweep())
    await until(lambda: not any(trace in postgres.raw(url) for trace in sought))
    sweeping.cancel()
    assert set(await store.run(lambda t: t.lock([1, 2, ANN]))) == {1, 2}
    await store.close()
    postgres.drop(url)


async def test_who_stops_meanwhile_waits_for_no_cleaning(
    postgres: Postgres, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("data.vacuum.PATIENCE", "60s")
    url = postgres.create()
    store, engine = Store(open_engine(url), ring()), open_engine(url)
    await store.open()
    cleaning = text("SELECT count(*) FROM pg_stat_activity WHERE query LIKE 'VACUUM%'"
                    " AND state = 'active' AND datname = current_database()")  # fmt: skip

    def cleans() -> bool:
        with engine.connect() as connection:
            return bool(connection.execute(cleaning).scalar_one())

    before = threading.enumerate()  # other tests of this process may have left some
    with engine.connect() as holding:
        holding.execute(text("LOCK TABLE heard IN EXCLUSIVE MODE"))
        sweeping = asyncio.create_task(store.sweep())
        await until(cleans)
        sweeping.cancel()
        with pytest.raises(asyncio.CancelledError):
            await asyncio.wait_for(sweeping, 5)
        await until(lambda: not cleans())
    threads = [one for one in threading.enumerate() if not one.daemon and one not in before]
    assert [one.name for one in threads if one.name.startswith("asyncio")] == []
    await store.sweep()  # it is still to be done
    await store.close()
    engine.dispose()
    postgres.drop(url)
