"""Keep on each bill the minutes that draw on its plan, and who shares it.

Revision ID: 0005
Revises: 0004
"""

import sqlalchemy as sa

from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

NUMBERS = (
    "counted_minutes",
    "counted_personal",
    "counted_incidental",
    "message_overage",
    "pool_share",
)
# What drew on the plan, in begun minutes: quantities stand in thousandths.
DRAWN = """
    SELECT COALESCE(SUM((item.quantity + 999) / 1000), 0) FROM usage_item AS item
    {marked}
    WHERE item.bill_id = bill.id AND item.kind = 'voice'
    AND (item.counts IS NULL OR item.counts)
"""
MARKED = "JOIN item_mark AS given ON given.item_id = item.id AND given.mark = '{mark}'"
# The one bucket of messages that the line does not share. Charges stand in
# ten-thousandths of a dollar, the bill's amounts in cents.
BUCKET = """
    FROM bill_charge AS bucket
    WHERE bucket.bill_id = bill.id AND bucket.category = 'usage'
    AND bucket.allowance IS NOT NULL
    AND (LOWER(bucket.unit) LIKE '%message%' OR LOWER(bucket.unit) LIKE '%text%')
"""
CHARGED_APART = """
    SELECT COALESCE(SUM(item.airtime), 0) FROM usage_item AS item
    WHERE item.bill_id = bill.id AND item.kind = 'message'
"""


def upgrade() -> None:
    for name in NUMBERS:
        kind = sa.BigInteger() if name in NUMBERS[3:] else sa.Integer()
        op.add_column("bill", sa.Column(name, kind, nullable=False, server_default="0"))
    for name in ("pool_minutes", "message_allowance"):
        op.add_column("bill", sa.Column(name, sa.Integer(), nullable=True))
    op.execute(f"UPDATE bill SET counted_minutes = ({DRAWN.format(marked='')})")
    for mark in ("personal", "incidental"):
        marked = DRAWN.format(marked=MARKED.format(mark=mark))
        op.execute(
            f"UPDATE bill SET counted_{mark} = ({marked}) WHERE {mark}_count > 0"
        )
    op.execute(
        "UPDATE bill SET message_allowance = "
        f"(SELECT MIN(bucket.allowance) / 1000 {BUCKET}), message_overage = "
        f"(SELECT (MIN(bucket.amount) - ({CHARGED_APART}) + 50) / 100 {BUCKET}) "
        f"WHERE (SELECT COUNT(*) {BUCKET} AND NOT bucket.is_shared "
        f"AND bucket.allowance % 1000 = 0) = 1 AND (SELECT COUNT(*) {BUCKET}) = 1"
    )
    op.execute("UPDATE bill SET message_overage = 0 WHERE message_overage < 0")


def downgrade() -> None:
    with op.batch_alter_table("bill") as table:
        for name in (*NUMBERS, "pool_minutes", "message_allowance"):
            table.drop_column(name)
