"""Several processes: who speaks what is owed, one rate for all, and reminders that make room."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    for table, column in (("chats", "speaker"), ("alarms", "slack")):
        op.add_column(table, sa.Column(column, sa.Integer(), nullable=False, server_default="0"))
    op.create_table(
        "send_rate",
        sa.Column("id", sa.Integer(), primary_key=True, autoincrement=False),
        sa.Column("used_until", sa.BigInteger(), nullable=False),
    )
    op.execute("INSERT INTO send_rate (id, used_until) VALUES (1, 0)")
