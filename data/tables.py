"""The tables.  Every key starts with chat_id, so that a turn touches rows of its own chats only.

`media`, `keys`, `send_rate` and `pollers` alone are about no chat, and no turn touches them.

Times are whole seconds since 1970.  What is about a person's health is sealed (`data/rows.py`).
"""

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
)

metadata = MetaData()

PROMPT, PATIENT = LANES = 0, 1  # of alarms: what a person waits for, and all else

# An INTEGER PRIMARY KEY is the table itself in SQLite; a BIGINT one would be a second index.
_CHAT_ID = BigInteger().with_variant(Integer, "sqlite")


def _of_chat() -> Column[int]:
    """The chat a row belongs to, and with which it is erased."""
    owner = ForeignKey("chats.chat_id", ondelete="CASCADE")
    return Column("chat_id", BigInteger, owner, primary_key=True, autoincrement=False)


chats = Table(
    "chats",
    metadata,
    Column("chat_id", _CHAT_ID, primary_key=True, autoincrement=False),
    Column("turn", BigInteger, nullable=False),  # how many turns have been taken
    Column("shown", BigInteger, nullable=False),  # the turn whose screen was last spoken
    Column("message_id", BigInteger),  # the message that shows it
    Column("edit_id", BigInteger),  # the message to put the next screen in; null: a new one
    Column("paused", Boolean, nullable=False),  # has blocked the bot
    # The process that means to speak the screen that is owed; 0: none does.
    Column("speaker", Integer, nullable=False, server_default="0"),
    Column("body", LargeBinary, nullable=False),  # the chat and what is said above it, sealed
    # Of these alone, as migrations make it: `postgresql_where` would import what SQLAlchemy has for
    # PostgreSQL, which SQLite needs nothing of.
    Index("chats_owed", "chat_id", info={"where": "shown < turn AND NOT paused"}),
)

alarms = Table(
    "alarms",
    metadata,
    _of_chat(),
    Column("kind", Text, primary_key=True),  # as a tag: `data/names.py`
    Column("due_at", BigInteger, nullable=False),
    Column("turn", BigInteger, nullable=False),  # the turn the event answers
    Column("lane", Integer, nullable=False, server_default="1"),
    # By how many seconds it may come later, when very many are due at once.
    Column("slack", Integer, nullable=False, server_default="0"),
    # Until when a process means to say it; its process may be gone after that.
    Column("leased_until", BigInteger, nullable=False, server_default="0"),
    Index("alarms_due", "lane", "due_at"),
    sqlite_with_rowid=False,
)

# How many seconds the clock of a chat on the page is ahead of ours.  `due_at` above is by ours.
page_clocks = Table(
    "page_clocks",
    metadata,
    _of_chat(),
    Column("ahead", BigInteger, nullable=False),
    sqlite_with_rowid=False,
)

log = Table(
    "log",
    metadata,
    _of_chat(),
    Column("turn", BigInteger, primary_key=True, autoincrement=False),
    Column("number", Integer, primary_key=True, autoincrement=False),  # within the turn
    Column("at", BigInteger, nullable=False),
    Column("body", LargeBinary, nullable=False),  # what is noted, sealed
    sqlite_with_rowid=False,
)

heard = Table(
    "heard",
    metadata,
    _of_chat(),
    Column("update_id", BigInteger, primary_key=True, autoincrement=False),
    Column("at", BigInteger, nullable=False, index=True),
    sqlite_with_rowid=False,
)

# What could not be understood at all.  Chat 0 is an unknown one, so no chat owns these rows.
parked = Table(
    "parked",
    metadata,
    Column("chat_id", BigInteger, primary_key=True, autoincrement=False),
    Column("update_id", BigInteger, primary_key=True, autoincrement=False),
    Column("at", BigInteger, nullable=False),
    Column("reason", Text, nullable=False),
    sqlite_with_rowid=False,
)

# The rate that all processes keep together: one row.
send_rate = Table(
    "send_rate",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),
    # Until when all sends are taken, in microseconds on the clock of the database.
    Column("used_until", BigInteger, nullable=False),
)

# Which process fetches a bot's updates, and until when, as above.
pollers = Table(
    "pollers",
    metadata,
    Column("bot_id", BigInteger, primary_key=True, autoincrement=False),
    Column("process", Integer, nullable=False),
    Column("until", BigInteger, nullable=False),
)

# What was uploaded to Telegram: once by each bot, since a file's id is known to that bot alone.
media = Table(
    "media",
    metadata,
    Column("bot_id", BigInteger, primary_key=True, autoincrement=False),
    Column("hash", Text, primary_key=True),  # of what is in the file
    Column("file_id", Text, nullable=False),
    sqlite_with_rowid=False,
)

# The keys that have sealed what is here, by id: without them the bot does not start.
keys = Table(
    "keys",
    metadata,
    Column("id", Text, primary_key=True),
    Column("names", LargeBinary, nullable=False),  # the secret of `data/names.py`, sealed with it
    sqlite_with_rowid=False,
)
