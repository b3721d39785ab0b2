"""What is remembered of chats changes nothing but what it costs to read and write them."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from weakref import ref

import pytest

from data.engine import open_engine
from data.keys import make_file, put_on_top, ring_of
from data.lately import AGE, MOST, Lately
from data.rows import columns_of
from data.seal import Unreadable
from data.store import Store
from data.transaction import Row, Transaction
from flows import Chat, State
from tests.keys import ring

AT = 1_800_000_000
ANN = Row(1001, Chat(state=State.AREA, area="glutes", turn=AT))


@pytest.mark.empty_database
async def test_what_another_process_has_written_is_read(database_url: str) -> None:
    here, there = (Store(open_engine(database_url), ring()) for _ in range(2))
    await here.open()
    await here.run(lambda t: t.create([ANN.chat_id]))
    await here.run(keep(ANN))
    later = replace(ANN, chat=ANN.chat.but(area="piriformis", turn=AT + 1))
    await there.run(keep(later))
    assert await here.run(lambda t: t.lock([ANN.chat_id])) == {ANN.chat_id: later}
    await there.run(lambda t: t.erase([ANN.chat_id]))
    assert await here.run(lambda t: t.lock([ANN.chat_id])) == {}
    await here.close()
    await there.close()


def test_a_chat_that_did_not_change_is_written_as_it_lies_there() -> None:
    lately = Lately(ring())
    body = lately.columns_of(ANN)["body"]
    shown = replace(ANN, shown=AT, message_id=5)
    assert lately.columns_of(shown)["body"] == body
    assert lately.columns_of(shown)["message_id"] == 5
    assert lately.columns_of(replace(ANN, notice="sorry"))["body"] != body
    changed = lately.columns_of(replace(ANN, chat=ANN.chat.but(turn=AT + 1)))
    assert changed["body"] != body


def test_a_chat_that_an_older_key_has_sealed_is_sealed_anew(tmp_path: Path) -> None:
    make_file(tmp_path / "keys")
    keys = ring_of("", tmp_path / "keys")
    lately = Lately(keys)
    old = lately.columns_of(ANN)["body"]
    put_on_top(tmp_path / "keys")
    newer = columns_of(replace(ANN, chat_id=7), ring_of("", tmp_path / "keys"))
    lately.row_of(tuple(newer.values()))  # so that the new key is met
    assert lately.columns_of(ANN)["body"][: len(keys.head)] == keys.head != old[: len(keys.head)]


def test_bytes_that_were_changed_or_moved_are_not_read() -> None:
    lately = Lately(ring())
    columns = lately.columns_of(ANN)
    body = columns["body"]
    with pytest.raises(Unreadable):
        lately.row_of(tuple((columns | {"body": body[:-1] + bytes([body[-1] ^ 1])}).values()))
    with pytest.raises(Unreadable):
        lately.row_of(tuple((columns | {"key": 7}).values()))


def test_what_was_erased_here_does_not_lie_in_memory() -> None:
    lately, row = Lately(ring()), Row(7, Chat(turn=AT))
    chat = ref(row.chat)
    lately.columns_of(row)
    del row
    assert chat()
    lately.forget(7)
    assert chat() is None


def test_what_is_not_used_is_forgotten_within_a_minute() -> None:
    """Another process may have erased it: then nobody here is told."""
    now = [0.0]
    lately, row = Lately(ring(), lambda: now[0]), Row(7, Chat(turn=AT))
    chat = ref(row.chat)
    lately.columns_of(row)
    del row
    for _ in range(2):
        now[0] += AGE + 1
        lately.let_age()
    assert chat() is None


def test_no_more_are_remembered_than_so_many() -> None:
    lately, first = Lately(ring()), Row(1, Chat(turn=AT))
    chat = ref(first.chat)
    lately.columns_of(first)
    del first
    for id in range(2, 2 * MOST + 4):
        lately.let_age()
        lately.columns_of(Row(id, Chat(turn=AT)))
    assert chat() is None


def keep(row: Row) -> Callable[[Transaction], None]:
    return lambda transaction: transaction.save([row])
