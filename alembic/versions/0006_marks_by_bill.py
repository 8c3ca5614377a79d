"""Find a bill's marks, and how many of each there are, in one index.

Revision ID: 0006
Revises: 0005
"""

from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index("ix_item_mark_bill_mark", "item_mark", ["bill_id", "mark"])
    op.drop_index("ix_item_mark_bill_id", "item_mark")


def downgrade() -> None:
    op.create_index("ix_item_mark_bill_id", "item_mark", ["bill_id"])
    op.drop_index("ix_item_mark_bill_mark", "item_mark")
