"""Who has no alarm at all is given the one for long silence, as everybody who writes has it.

So it is with strangers from before there was one, who would stay until they write.
"""

from collections.abc import Iterator, Sequence
from typing import Any

import sqlalchemy as sa
from alembic import context, op

from data.rows import open_names, open_packed, seal_chat
from data.seal import Ring, Unreadable, WrongKey

revision = "0009"
down_revision = "0008"

_BATCH = 500
_SILENCE = 180 * 24 * 3600  # seconds; as content had it when this was written
_GONE = ("under_age", "erased")  # they go as soon as their screen is spoken
_NOW = {
    "sqlite": "SELECT CAST(strftime('%s', 'now') AS INTEGER)",
    "postgresql": "SELECT extract(epoch FROM now())::bigint",
}
_FOUND = sa.text(
    "SELECT chat_id, turn, body FROM chats WHERE NOT EXISTS"
    " (SELECT 1 FROM alarms WHERE alarms.chat_id = chats.chat_id)"
)
_KEEP = sa.text("UPDATE chats SET body = :body WHERE chat_id = :chat_id")
_SET = sa.text(
    "INSERT INTO alarms (chat_id, kind, due_at, turn) VALUES (:chat_id, :kind, :due, :due)"
)


def upgrade() -> None:
    bind = op.get_bind()
    found = bind.execute(_FOUND).all()
    if found:
        _learn_names(context.config.attributes["ring"])
    for start in range(0, len(found), _BATCH):
        changed = [*_fading(found[start : start + _BATCH])]
        if changed:
            bind.execute(_KEEP, changed)
            bind.execute(_SET, changed)


def _learn_names(ring: Ring) -> None:
    for id, sealed in op.get_bind().execute(sa.text("SELECT id, names FROM keys")):
        try:
            open_names(sealed, ring)
        except Unreadable:
            raise WrongKey(f"what is kept was sealed with key {id}, which is not there") from None


def _fading(rows: Sequence[Any]) -> Iterator[dict[str, Any]]:
    """The rows that are to fade, as the two statements take them."""
    ring, bind = context.config.attributes["ring"], op.get_bind()
    now = bind.scalar(sa.text(_NOW[bind.dialect.name]))
    for chat_id, turn, body in rows:
        try:
            notice, packed = open_packed(chat_id, body, ring)
        except Unreadable:
            continue
        if packed.get("fades_at") or packed.get("state") in _GONE:
            continue
        # Who has agreed is not asked about a silence of which nothing was said at the time.
        since = now if packed.get("consent") else packed.get("now") or turn or now
        due = since + _SILENCE
        yield {
            "chat_id": chat_id,
            "body": seal_chat(chat_id, notice, packed | {"fades_at": due}, ring),
            "kind": ring.names.hide(chat_id, "fade"),
            "due": due,
        }
