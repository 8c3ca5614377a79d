"""Keep who holds a stipend; what it pays is never changed afterward.

Revision ID: 0004
Revises: 0003
"""

import sqlalchemy as sa

from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

FIXED = (
    "id",
    "person_id",
    "stipend_class",
    "monthly_amount",
    "out_of_pocket",
    "held_from",
    "authority",
)
WORDS = "rows of stipend are kept as they were written"


def upgrade() -> None:
    op.create_table(
        "stipend",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("stipend_class", sa.String(), nullable=False),
        sa.Column("monthly_amount", sa.BigInteger(), nullable=False),
        sa.Column("out_of_pocket", sa.BigInteger(), nullable=False),
        sa.Column("held_from", sa.Date(), nullable=False),
        sa.Column("held_until", sa.Date(), nullable=True),
        sa.Column("authority", sa.String(), nullable=False),
        sa.CheckConstraint(
            "stipend_class IN ('cell', 'smart')",
            name=op.f("ck_stipend_stipend_class_known"),
        ),
        sa.CheckConstraint(
            "monthly_amount >= 0", name=op.f("ck_stipend_amount_not_negative")
        ),
        sa.CheckConstraint(
            "out_of_pocket >= 0", name=op.f("ck_stipend_cost_not_negative")
        ),
        sa.CheckConstraint(
            "held_until IS NULL OR held_until > held_from",
            name=op.f("ck_stipend_forward"),
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_stipend_person_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_stipend")),
    )
    op.create_index(op.f("ix_stipend_person_id"), "stipend", ["person_id"])
    if op.get_bind().dialect.name == "sqlite":
        _guard_sqlite()
    else:
        _guard_postgresql()


def _guard_sqlite() -> None:
    refuse = f"BEGIN SELECT RAISE(ABORT, '{WORDS}'); END"
    fixed = ", ".join(FIXED)
    op.execute(
        f"CREATE TRIGGER stipend_fixed BEFORE UPDATE OF {fixed} ON stipend {refuse}"
    )
    op.execute(
        "CREATE TRIGGER stipend_ended BEFORE UPDATE OF held_until ON stipend "
        f"WHEN OLD.held_until IS NOT NULL {refuse}"
    )
    op.execute(f"CREATE TRIGGER stipend_no_delete BEFORE DELETE ON stipend {refuse}")


def _guard_postgresql() -> None:
    refuse = "EXECUTE FUNCTION refuse_change()"
    fixed = ", ".join(FIXED)
    op.execute(
        f"CREATE TRIGGER stipend_fixed BEFORE UPDATE OF {fixed} OR DELETE ON stipend "
        f"FOR EACH ROW {refuse}"
    )
    op.execute(
        "CREATE TRIGGER stipend_ended BEFORE UPDATE OF held_until ON stipend "
        f"FOR EACH ROW WHEN (OLD.held_until IS NOT NULL) {refuse}"
    )
    op.execute(
        "CREATE TRIGGER stipend_kept BEFORE TRUNCATE ON stipend "
        f"FOR EACH STATEMENT {refuse}"
    )


def downgrade() -> None:
    op.drop_table("stipend")
