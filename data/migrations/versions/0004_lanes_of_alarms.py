"""Alarms have a lane, and are leased to the process that is about to say them."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    op.drop_index("ix_alarms_due_at", "alarms")
    op.add_column("alarms", sa.Column("lane", sa.Integer(), nullable=False, server_default="1"))
    op.add_column(
        "alarms", sa.Column("leased_until", sa.BigInteger(), nullable=False, server_default="0")
    )
    op.execute("UPDATE alarms SET lane = 0 WHERE kind = 'hold_over'")
    op.create_index("alarms_due", "alarms", ["lane", "due_at"])
