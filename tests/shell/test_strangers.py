"""Rows from before there was an alarm for long silence get theirs, once."""

from collections.abc import AsyncIterator

import pytest
from sqlalchemy import Engine, text

from data.engine import open_engine
from data.migrate import upgrade
from data.rows import Due, Row, seal_chat
from data.seal import WrongKey
from data.store import Store
from data.transaction import Transaction
from flows import Alarm, Chat, State, pack
from tests.keys import ring

pytestmark = pytest.mark.empty_database

AT, HALF_A_YEAR = 1_700_000_000, 180 * 24 * 3600
SAID_START, SAID_THANKS, AGREED, ERASED, NEWER, DAMAGED, REMINDED = range(1, 8)
NEW = {
    SAID_START: Chat(State.NEW, turn=AT + 1, now=AT),
    SAID_THANKS: Chat(),
    AGREED: Chat(State.HOME, consent=1, turn=AT + 90, now=AT + 90),
    ERASED: Chat(State.ERASED, turn=AT, now=AT),
    REMINDED: Chat(State.HOME, consent=1, turn=AT, now=AT),
}
SET = Due(REMINDED, Alarm("check_in", AT, AT))


def keep_as_before(transaction: Transaction) -> None:
    """Chats without what came later, one of a newer version, and one that is damaged."""
    transaction.create([*NEW, NEWER, DAMAGED])
    transaction.save([Row(chat_id, chat) for chat_id, chat in NEW.items()])
    transaction.set_alarms([SET])


@pytest.fixture
async def store(database_url: str, engine: Engine) -> AsyncIterator[Store]:
    """As it is after the migration."""
    before = Store(open_engine(database_url), ring())
    await before.open()
    await before.run(keep_as_before)
    await before.close()
    newer = seal_chat(NEWER, "", pack(NEW[SAID_START]) | {"state": "brand_new"}, ring())
    update = text("UPDATE chats SET body = :body WHERE chat_id = :key")
    with engine.begin() as connection:
        for key, body in ((NEWER, newer), (DAMAGED, b"damaged")):
            connection.execute(update, {"key": key, "body": body})
        connection.execute(text("UPDATE alembic_version SET version_num = '0008'"))
    after = Store(open_engine(database_url), ring())
    await after.open()
    yield after
    await after.close()


async def test_a_stranger_goes_half_a_year_after_their_last_word(store: Store) -> None:
    fades = AT + HALF_A_YEAR
    (due,) = await store.run(lambda t: t.alarms([SAID_START]))
    assert due == Due(SAID_START, Alarm("fade", fades, fades))
    row = (await store.run(lambda t: t.lock([SAID_START])))[SAID_START]
    assert row.chat == NEW[SAID_START]
    assert row.chat.fades_at == fades
    assert await store.run(lambda t: t.alarms([NEWER])), "whichever version wrote it"


async def test_where_no_time_is_known_or_consent_was_given_half_a_year_begins_now(
    store: Store,
) -> None:
    found = await store.run(lambda t: t.alarms([SAID_THANKS, AGREED]))
    assert {due.chat_id for due in found} == {SAID_THANKS, AGREED}
    assert all(due.alarm.due > AT + 300 * 24 * 3600 for due in found)


async def test_all_others_are_left_as_they_are(store: Store) -> None:
    assert await store.run(lambda t: t.alarms([ERASED, DAMAGED, REMINDED])) == {SET}
    rows = await store.run(lambda t: t.lock([ERASED, REMINDED]))
    assert all(not row.chat.fades_at for row in rows.values())


async def test_without_its_key_nothing_is_changed(store: Store, database_url: str) -> None:
    engine = open_engine(database_url)
    with engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '0008'"))
    with pytest.raises(WrongKey):
        upgrade(engine, ring("another"))
    engine.dispose()
