"""Who has blocked the bot is owed nothing, and is not among those who are looked through."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    op.drop_index("chats_owed", "chats")
    op.create_index(
        "chats_owed",
        "chats",
        ["chat_id"],
        sqlite_where=sa.text("shown < turn AND paused = 0"),
        postgresql_where=sa.text("shown < turn AND NOT paused"),
    )
