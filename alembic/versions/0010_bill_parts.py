"""Let a line that changed hands have a bill for each of its holders.

Revision ID: 0010
Revises: 0009
"""

from collections.abc import Iterator
from contextlib import contextmanager

import sqlalchemy as sa

from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

BY_NUMBER = "uq_bill_invoice_id_number"
BY_PART = "uq_bill_invoice_id_number_part"


def upgrade() -> None:
    with _others_triggers_aside(), op.batch_alter_table("bill") as table:
        part = sa.Column("part", sa.Integer(), nullable=False, server_default="1")
        table.add_column(part)
        table.add_column(sa.Column("part_from", sa.Date(), nullable=True))
        table.add_column(sa.Column("part_through", sa.Date(), nullable=True))
        table.add_column(sa.Column("pool_of", sa.Integer(), nullable=True))
        table.drop_constraint(BY_NUMBER, type_="unique")
        table.create_unique_constraint(BY_PART, ["invoice_id", "number", "part"])


def downgrade() -> None:
    op.execute("DELETE FROM bill WHERE part > 1")
    with _others_triggers_aside(), op.batch_alter_table("bill") as table:
        table.drop_constraint(BY_PART, type_="unique")
        table.create_unique_constraint(BY_NUMBER, ["invoice_id", "number"])
        for column in ("pool_of", "part_through", "part_from", "part"):
            table.drop_column(column)


@contextmanager
def _others_triggers_aside() -> Iterator[None]:
    """Put SQLite's triggers away that ask the table while it is built anew."""
    bind = op.get_bind()
    kept = []
    if bind.dialect.name == "sqlite":
        asking = "SELECT name, sql FROM sqlite_master WHERE type = 'trigger'"
        kept = [row for row in bind.execute(sa.text(asking)) if "FROM bill " in row.sql]
    for trigger in kept:
        op.execute(f"DROP TRIGGER {trigger.name}")
    yield
    for trigger in kept:
        bind.exec_driver_sql(trigger.sql)
