"""What is about a person's health is sealed, kinds of alarms are tags, keys are known by id."""

import json
from collections.abc import Iterator, Sequence
from typing import Any

import sqlalchemy as sa
from alembic import context, op

from data.rows import new_names, seal_chat, seal_line

revision = "0006"
down_revision = "0005"

_BATCH = 500
_CHAT_ID = "chat_id = :chat_id"
_LINE = f"{_CHAT_ID} AND turn = :turn AND number = :number"


def upgrade() -> None:
    _hide_kinds()
    for table, seal, where in (("chats", _chat, _CHAT_ID), ("log", _line, _LINE)):
        op.add_column(
            table, sa.Column("sealed", sa.LargeBinary(), nullable=False, server_default="")
        )
        for rows in _batches(table):
            update = sa.text(f"UPDATE {table} SET sealed = :sealed WHERE {where}")  # noqa: S608
            op.get_bind().execute(update, [seal(row) for row in rows])
    for name in ("notice", "body"):
        op.drop_column("chats", name)
    for name in ("what", "about", "disposition", "edition", "rating"):
        op.drop_column("log", name)
    for table in ("chats", "log"):
        op.alter_column(table, "sealed", new_column_name="body")


def _hide_kinds() -> None:
    ring, bind = context.config.attributes["ring"], op.get_bind()
    keys = op.create_table(
        "keys",
        sa.Column("id", sa.Text(), primary_key=True),
        sa.Column("names", sa.LargeBinary(), nullable=False),
        sqlite_with_rowid=False,
    )
    bind.execute(keys.insert(), {"id": ring.newest, "names": new_names(ring)})
    update = sa.text("UPDATE alarms SET kind = :tag WHERE chat_id = :chat_id AND kind = :kind")
    for rows in _batches("alarms"):
        hidden = [{"tag": ring.names.hide(row["chat_id"], row["kind"])} | dict(row) for row in rows]
        bind.execute(update, hidden)


def _batches(table: str) -> Iterator[Sequence[sa.RowMapping]]:
    found = op.get_bind().execute(sa.text(f"SELECT * FROM {table}"))  # noqa: S608
    yield from found.mappings().partitions(_BATCH)


def _chat(row: sa.RowMapping) -> dict[str, Any]:
    ring = context.config.attributes["ring"]
    sealed = seal_chat(row["chat_id"], row["notice"], json.loads(row["body"]), ring)
    return {"chat_id": row["chat_id"], "sealed": sealed}


def _line(row: sa.RowMapping) -> dict[str, Any]:
    ring = context.config.attributes["ring"]
    key = row["chat_id"], row["turn"], row["number"], row["at"]
    record = [row[name] for name in ("what", "about", "disposition", "edition", "rating")]
    sealed = seal_line(key, record, ring)
    return dict(zip(("chat_id", "turn", "number", "sealed"), (*key[:3], sealed), strict=True))
