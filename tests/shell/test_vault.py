"""A stolen database alone tells nothing, and keys can be changed while the bot goes on."""

import json
import re
import sqlite3
import stat
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from alembic import command
from alembic.config import Config
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Engine, func, select, text

from bot.app import App
from bot.settings import CannotStart, read_settings
from data import migrate
from data import rows as rows_of
from data import statements as do
from data.engine import open_engine
from data.keys import make_file, put_on_top, read_file, read_keys, ring_of
from data.library import Library
from data.migrate import upgrade
from data.rotate import rotate
from data.rows import columns_of, columns_of_line, line_of, row_of, seal_chat
from data.seal import Ring, Unreadable, WrongKey
from data.store import Store
from data.tables import chats, log
from data.transaction import Due, Line, Row
from data.walk import Walked
from flows import Alarm, Chat, Record, State, alarms, pack
from flows.chat import Disposition, Lock
from tests.kept import KeptPlayer
from tests.keys import KEY, key, ring, written
from tests.transcript import TRANSCRIPTS, play

pytestmark = pytest.mark.empty_database

AT = 1_800_000_000
ANN = 0x0123_4567_89AB  # an id that can be looked for in a file
LOCK = Lock(Disposition.URGENT, AT, ("U01", "E09"), "an edition")
ROW = Row(ANN, Chat(State.REFERRED, lock=LOCK, turn=AT), notice="seen")
LINE = Line(ANN, AT, 0, AT, Record("locked", "U01", "URGENT", "an edition", 7))
PLAYED = ("an_emergency", "a_whole_session", "words_that_mean_it")


# A seal


@given(plain=st.binary(max_size=2000), about=st.binary(max_size=40))
def test_what_is_sealed_comes_back_and_looks_different_each_time(
    plain: bytes, about: bytes
) -> None:
    one = ring()
    sealed = one.seal(plain, about)
    assert one.open(sealed, about) == plain
    assert sealed != one.seal(plain, about)
    assert len(plain) < 8 or plain not in sealed


@given(st.data())
def test_whatever_byte_is_changed_it_can_not_be_read(data: st.DataObject) -> None:
    sealed = bytearray(ring().seal(b"pain 7", b"about"))
    at = data.draw(st.integers(0, len(sealed) - 1))
    sealed[at] ^= data.draw(st.integers(1, 255))
    with pytest.raises(Unreadable):
        ring().open(bytes(sealed), b"about")
    with pytest.raises(Unreadable):
        ring().open(bytes(sealed[:at]), b"about")


def test_a_row_that_is_not_sealed_is_not_read() -> None:
    columns = columns_of(ROW, ring()) | {"body": json.dumps(["", pack(ROW.chat)]).encode()}
    with pytest.raises(Unreadable):
        row_of(tuple(columns.values()), ring())


def test_another_key_reads_nothing_and_an_older_one_in_the_ring_does() -> None:
    found = tuple(columns_of_line(LINE, ring("a")).values())
    with pytest.raises(Unreadable):
        line_of(found, ring("b"))
    assert line_of(found, ring("b", "a")) == LINE


def test_rows_that_are_swapped_can_not_be_read() -> None:
    bob = columns_of(replace(ROW, chat_id=7), ring())
    with pytest.raises(Unreadable):
        row_of(tuple((bob | {"key": ANN}).values()), ring())
    line = columns_of_line(LINE, ring())
    for name in ("chat_id", "turn", "number", "at"):
        with pytest.raises(Unreadable):
            line_of(tuple((line | {name: line[name] + 1}).values()), ring())


def test_its_length_does_not_tell_whether_there_is_a_lock() -> None:
    lengths = {
        len(columns_of(replace(ROW, chat=chat), ring())["body"])
        for chat in (Chat(), Chat(State.HOME, turn=AT), ROW.chat)
    }
    assert len(lengths) == 1


def test_a_key_that_somebody_puts_on_top_is_known_at_once(tmp_path: Path) -> None:
    path = tmp_path / "keys"
    assert make_file(path)
    here, there = ring_of("", path), ring_of("", path)
    put_on_top(path)
    sealed = ring_of("", path).seal(b"x", b"")
    assert here.open(sealed, b"") == b"x"
    assert here.newest != there.newest, "who has met the new key seals with it"
    assert len(read_file(path)) == 2


def test_a_key_that_is_put_on_top_seals_from_the_next_look_on(tmp_path: Path) -> None:
    """Else what is new would be sealed with a key that is about to be taken out."""
    path = tmp_path / "keys"
    make_file(path)
    bot = ring_of("", path)
    assert not bot.look_again()
    old = bot.seal(b"x", b"")
    put_on_top(path)
    assert bot.look_again()
    assert not bot.look_again()
    path.write_text(path.read_text().splitlines()[0])
    bot.look_again()
    assert bot.newest == ring_of("", path).newest
    assert bot.open(old, b"") == b"x", "what it knows it goes on reading"


async def test_who_comes_after_a_rotation_beside_the_bot_is_sealed_with_the_new_key(
    tmp_path: Path,
) -> None:
    path, url = tmp_path / "keys", f"sqlite:///{tmp_path}/bot.db"
    make_file(path)
    bot = Store(open_engine(url), ring_of("", path))
    await bot.open()
    put_on_top(path)
    beside = Store(open_engine(url), ring_of("", path))
    await beside.open()
    await rotate(beside)
    await beside.close()
    await bot.run(lambda t: t.create([ANN]))
    await bot.run(lambda t: t.save([ROW]))
    await bot.close()

    path.write_text(path.read_text().splitlines()[0])  # as docs/privacy.md says
    after = Store(open_engine(url), ring_of("", path))
    await after.open()
    assert (await after.run(lambda t: t.lock([ANN])))[ANN] == ROW
    await after.close()


# What is in the files


def raw(folder: Path) -> bytes:
    """All bytes of all files of a database."""
    return b"".join(path.read_bytes() for path in sorted(folder.glob("bot.db*")))


class Overhearing(Ring):
    """A ring that remembers what it has sealed."""

    def __init__(self) -> None:
        super().__init__(lambda: [key("a")])
        self.sealed: list[bytes] = []

    def seal(self, plain: bytes, about: bytes) -> bytes:
        self.sealed.append(plain)
        return super().seal(plain, about)


@pytest.mark.parametrize("name", PLAYED)
async def test_a_stolen_database_tells_nothing(name: str, library: Library, tmp_path: Path) -> None:
    ring = Overhearing()
    engine = open_engine(f"sqlite:///{tmp_path}/bot.db")
    store = Store(engine, ring)
    await store.open()
    player = KeptPlayer(store, library, ANN)
    await play(next(path for path in TRANSCRIPTS if path.stem == name), player)
    files, schema = raw(tmp_path), raw_schema(engine)
    said = {word for text in (*ring.sealed, *said_by(player)) for word in WORD.findall(text)}
    assert {b"state", b"edition", b"locked" if name == "an_emergency" else b"screened"} < said
    due = {alarm.kind.encode() for alarm in alarms(player.chat)}
    assert due, "something is to come"
    for word in (said | due) - set(WORD.findall(schema)):
        assert word not in files, word
    await store.close()


WORD = re.compile(rb"[A-Za-z_]{5,}")


def said_by(player: KeptPlayer) -> Iterator[bytes]:
    return (text.encode() for text in player.said)


def raw_schema(engine: Engine) -> bytes:
    with engine.connect() as connection:
        found = connection.execute(text("SELECT coalesce(sql, '') FROM sqlite_master"))
        return " ".join(found.scalars()).encode()


# Rows from before


@pytest.fixture
def before(engine: Engine) -> Engine:
    """A database as the version before sealing left it, with somebody in it."""
    with engine.begin() as connection:
        config = Config()
        config.set_main_option("script_location", str(migrate._HERE))
        config.attributes["connection"] = connection
        command.upgrade(config, "0004")
        connection.execute(
            text("INSERT INTO chats VALUES (:id, :turn, 0, NULL, NULL, 'seen', :paused, :body)"),
            {"id": ANN, "turn": AT, "paused": False, "body": json.dumps(pack(ROW.chat))},
        )
        connection.execute(
            text("INSERT INTO log VALUES (:id, :at, 0, :at, 'locked', 'U01', 'URGENT', :ed, 7)"),
            {"id": ANN, "at": AT, "ed": "an edition"},
        )
        connection.execute(
            text("INSERT INTO alarms VALUES (:id, 'seen', :at, 5, 1, 0)"), {"id": ANN, "at": AT}
        )
    return engine


async def test_rows_from_before_are_sealed_and_nothing_of_them_is_left_open(
    before: Engine, database_url: str, tmp_path: Path
) -> None:
    upgrade(before, ring())
    if database_url.startswith("sqlite"):
        assert b"URGENT" not in raw(tmp_path)
        assert b"referred" not in raw(tmp_path)
        assert b"seen" not in raw(tmp_path)
    store = Store(open_engine(database_url), ring())
    await store.open()
    assert await store.run(lambda t: t.lock([ANN])) == {ANN: ROW}
    assert await store.run(lambda t: t.lines(ANN)) == [LINE]
    assert await store.run(lambda t: t.alarms([ANN])) == {Due(ANN, Alarm("seen", AT, 5))}
    await store.close()


# Keys


async def test_rotation_seals_all_anew_and_the_old_key_can_go(database_url: str) -> None:
    ids = list(range(ANN, ANN + 450))
    rows = [replace(ROW, chat_id=id) for id in ids]
    speakers = select(func.sum(chats.c.speaker), func.count(chats.c.speaker.distinct()))
    old = Store(open_engine(database_url), ring("old"))
    await old.open()
    await old.run(lambda t: t.create(ids))
    await old.run(lambda t: t.save(rows))
    await old.run(lambda t: t.log([LINE]))
    due = Due(ANN, Alarm("seen", AT, 5))
    await old.run(lambda t: t.set_alarms([due]))

    both, engine = Store(open_engine(database_url), ring("new", "old")), open_engine(database_url)
    with engine.connect() as connection:
        before = connection.execute(speakers).one()
    assert before[0], "the old one has all of them to speak"
    await both.open()
    assert (await both.run(lambda t: t.lock([ANN])))[ANN] == ROW, "the old one still reads"
    assert await rotate(both) == Walked(451, set())
    assert await rotate(both) == Walked(0, set())
    with pytest.raises(Unreadable):
        await old.run(lambda t: t.lock([ANN]))

    with engine.connect() as connection:
        assert connection.execute(speakers).one() == before, "it still has"
    engine.dispose()

    new = Store(open_engine(database_url), ring("new"))
    await new.open()
    assert await new.run(lambda t: t.lock(ids)) == {row.chat_id: row for row in rows}
    assert await new.run(lambda t: t.lines(ANN)) == [LINE]
    assert await new.run(lambda t: t.alarms([ANN])) == {due}
    for store in (old, both, new):
        await store.close()


async def test_rotation_leaves_what_it_can_not_open_and_goes_on_with_all_others(
    database_url: str,
) -> None:
    rows = [replace(ROW, chat_id=id) for id in (ANN, ANN + 1, ANN + 2)]
    newer = seal_chat(ANN + 2, "", {"state": "brand_new", "more": 1}, ring("old"))
    both = Store(open_engine(database_url), ring("new", "old"))
    old = Store(open_engine(database_url), ring("old"))
    await old.open()
    await both.open()
    await old.run(lambda t: t.create([row.chat_id for row in rows]))
    await old.run(lambda t: t.save(rows))
    await old.run(lambda t: t.log([LINE, replace(LINE, chat_id=ANN + 1)]))
    engine = open_engine(database_url)
    with engine.begin() as connection:
        connection.execute(chats.update().where(chats.c.chat_id == ANN).values(body=b"\1damaged"))
        connection.execute(chats.update().where(chats.c.chat_id == ANN + 2).values(body=newer))
        connection.execute(log.update().where(log.c.chat_id == ANN + 1).values(body=b"nonsense"))
    assert await rotate(both) == Walked(3, {ANN, ANN + 1})
    with engine.begin() as connection:
        bodies = dict(iter(connection.execute(select(chats.c.chat_id, chats.c.body))))
        lines = dict(iter(connection.execute(select(log.c.chat_id, log.c.body))))
    assert bodies[ANN] == b"\1damaged"
    assert lines[ANN + 1] == b"nonsense"
    about = rows_of._about_chat(ANN + 2)
    assert ring("new").open(bodies[ANN + 2], about) == ring("old").open(newer, about)
    assert await both.run(lambda t: t.known_keys()) == {ring("new").newest, ring("old").newest}
    for store in (old, both):
        await store.close()
    engine.dispose()


async def test_without_the_key_that_sealed_it_does_not_start(database_url: str) -> None:
    for names, starts in ((["a"], True), (["b"], False), (["b", "a"], True), (["a"], False)):
        store = Store(open_engine(database_url), ring(*names))
        if starts:
            await store.open()
        else:
            with pytest.raises(WrongKey):
                await store.open()
        await store.close()


async def test_with_sqlite_a_key_is_made_beside_it_for_its_owner_alone(
    tmp_path: Path, library: Library, caplog: pytest.LogCaptureFixture
) -> None:
    settings = read_settings(
        _env_file=None, database_url=f"sqlite:///{tmp_path}/bot.db", telegram_token=None
    )
    App(settings, library=library)
    path = tmp_path / "bot.db.key"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert str(path) in caplog.text
    made = path.read_text().strip()
    assert made not in caplog.text
    App(settings, library=library)
    assert path.read_text().strip() == made
    assert [path.name for path in tmp_path.iterdir()] == ["bot.db.key"]


async def test_in_place_of_a_key_that_is_gone_none_is_made(
    tmp_path: Path, library: Library
) -> None:
    """Backups would take it for the old one."""
    settings = read_settings(
        _env_file=None, database_url=f"sqlite:///{tmp_path}/bot.db", telegram_token=None
    )
    path = tmp_path / "bot.db.key"
    async with App(settings.model_copy(update={"port": 0}), library=library):
        pass
    old = path.read_text()
    path.unlink()
    with pytest.raises(CannotStart, match=r"bot\.db\.key is not there.*put it back"):
        App(settings, library=library)
    assert not path.exists()
    path.write_text(old)
    App(settings, library=library)


def test_a_file_that_is_named_must_be_there(tmp_path: Path, library: Library) -> None:
    settings = read_settings(_env_file=None, data_key_file=str(tmp_path / "none"))
    with pytest.raises(CannotStart, match=r"DATA_KEY_FILE: .*none cannot be read"):
        App(settings, library=library)
    (tmp_path / "none").write_text("nonsense\n")
    with pytest.raises(CannotStart, match="43 letters"):
        App(settings, library=library)


def test_keys_are_written_with_commas_or_in_lines() -> None:
    both = [key("b"), key("a")]
    assert read_keys(f"{written('b')},{KEY}") == both
    assert read_keys(f"# new\n{written('b')}  # since May\n{KEY}\n") == both
    assert Ring(lambda: both).ids == [ring("b").newest, ring("a").newest]


async def test_a_chat_that_can_not_be_read_does_not_stop_the_others(
    store: Store, tmp_path: Path, library: Library
) -> None:
    ann, bob = KeptPlayer(store, library, ANN), KeptPlayer(store, library, 7)
    await ann.says("/start")
    await bob.says("/start")
    with sqlite3.connect(tmp_path / "bot.db") as connection:
        connection.execute("UPDATE chats SET body = zeroblob(600) WHERE chat_id = ?", (ANN,))
        connection.execute("UPDATE chats SET shown = 0")
    owed, last = await store.run(lambda t: t.owed(0, 9))
    assert ([row.chat_id for row in owed], last) == ([7], ANN)
    assert await store.run(lambda t: t.owed(7, 9)) == ([], ANN), "there may be more behind it"
    with pytest.raises(Unreadable):
        await ann.says("/help")
    await bob.says("/help")
    assert bob.sees().text.startswith("How this works")


# Erasing


def traces(chat_id: int) -> list[bytes]:
    """How SQLite writes the id of a chat: as a number, and as the key of a table."""
    packed, rest = b"", chat_id
    while rest:
        packed = bytes([rest & 0x7F | (0x80 if packed else 0)]) + packed
        rest >>= 7
    return [chat_id.to_bytes(6), packed]


async def test_after_erasing_no_file_holds_a_trace(
    store: Store, library: Library, tmp_path: Path
) -> None:
    others = [KeptPlayer(store, library, 0x0F00_0000_0000 + n) for n in range(30)]
    for other in others[::2]:
        await other.says("/start")
    ann = KeptPlayer(store, library, ANN)
    await play(next(path for path in TRANSCRIPTS if path.stem == "a_hold_is_timed"), ann)
    await store.run(lambda t: t.hear({(ANN, n) for n in range(1, 60)}, AT))
    await store.run(lambda t: t.park(ANN, 3, AT, "KeyError"))
    for other in others[1::2]:
        await other.says("/start")
    assert all(trace in raw(tmp_path) for trace in traces(ANN)), "they can be found"
    await ann.says("/erase")
    await ann.presses("Yes, erase everything", "")
    assert ann.sees().text.startswith("Everything is erased")
    assert await store.run(lambda t: t.everything(ANN)) == {table: [] for table in do.ALL_OF}
    for trace in traces(ANN):
        assert trace not in raw(tmp_path)
    assert await store.run(lambda t: t.lock([others[0].chat_id])), "nobody else is gone"
