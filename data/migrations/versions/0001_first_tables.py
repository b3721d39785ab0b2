"""Chats, alarms, log, heard, parked."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

_CHAT_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def _number(name: str) -> sa.Column[int]:
    return sa.Column(name, sa.BigInteger(), nullable=False)


def _text(name: str) -> sa.Column[str]:
    return sa.Column(name, sa.Text(), nullable=False)


def _of_chat() -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(["chat_id"], ["chats.chat_id"], ondelete="CASCADE")


def upgrade() -> None:
    op.create_table(
        "chats",
        sa.Column("chat_id", _CHAT_ID, primary_key=True, autoincrement=False),
        _number("turn"),
        _number("shown"),
        sa.Column("message_id", sa.BigInteger()),
        sa.Column("edit_id", sa.BigInteger()),
        _text("notice"),
        sa.Column("paused", sa.Boolean(), nullable=False),
        _text("body"),
    )
    owed = sa.text("shown < turn")
    op.create_index("chats_owed", "chats", ["chat_id"], sqlite_where=owed, postgresql_where=owed)
    _create("alarms", ["chat_id", "kind"], _text("kind"), _number("due_at"), _number("turn"))
    op.create_index("ix_alarms_due_at", "alarms", ["due_at"])
    _create(
        "log",
        ["chat_id", "turn", "number"],
        _number("turn"),
        sa.Column("number", sa.Integer(), nullable=False),
        _number("at"),
        _text("what"),
        _text("about"),
        _text("disposition"),
        _text("edition"),
        sa.Column("rating", sa.Integer()),
    )
    _create("heard", ["chat_id", "update_id"], _number("update_id"), _number("at"))
    op.create_index("ix_heard_at", "heard", ["at"])
    op.create_table(
        "parked",
        _number("chat_id"),
        _number("update_id"),
        _number("at"),
        _text("reason"),
        sa.PrimaryKeyConstraint("chat_id", "update_id"),
        sqlite_with_rowid=False,
    )


def _create(name: str, key: list[str], *columns: sa.Column[int] | sa.Column[str]) -> None:
    op.create_table(
        name,
        _number("chat_id"),
        *columns,
        sa.PrimaryKeyConstraint(*key),
        _of_chat(),
        sqlite_with_rowid=False,
    )
