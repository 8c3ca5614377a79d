"""Keep what was paid back elsewhere, and whose number may be given out.

Revision ID: 0018
Revises: 0017
"""

import sqlalchemy as sa

from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None

REPAID = "stipend_repayment"
FROZEN = (REPAID,)
ENDED_ONCE = "number_exception"
# A row of this ends once; what it said before is fixed.
FIXED = ("id", "employer_id", "person_id", "reason", "allowed_by", "allowed_at")
WORDS = "rows of {table} are kept as they were written"


def upgrade() -> None:
    _repayments()
    _exceptions()
    if op.get_bind().dialect.name == "sqlite":
        _guard_sqlite()
    else:
        _guard_postgresql()


def downgrade() -> None:
    op.drop_table(ENDED_ONCE)
    op.drop_table(REPAID)


def _repayments() -> None:
    op.create_table(
        "stipend_repayment",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("employer_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("stipend_id", sa.Integer(), nullable=False),
        sa.Column("corrects_run_id", sa.Integer(), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("repaid_on", sa.Date(), nullable=False),
        sa.Column("reference", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("recorded_by", sa.Integer(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("idempotency_key", sa.String(), nullable=False),
        sa.CheckConstraint(
            "amount > 0", name=op.f("ck_stipend_repayment_amount_above_zero")
        ),
        _foreign("stipend_repayment", "employer_id", "employer"),
        _foreign("stipend_repayment", "person_id", "person"),
        _foreign("stipend_repayment", "stipend_id", "stipend"),
        _foreign("stipend_repayment", "corrects_run_id", "stipend_run"),
        _foreign("stipend_repayment", "recorded_by", "person"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_stipend_repayment")),
        sa.UniqueConstraint(
            "idempotency_key", name=op.f("uq_stipend_repayment_idempotency_key")
        ),
    )
    for column in ("employer_id", "person_id", "stipend_id", "corrects_run_id"):
        op.create_index(
            op.f(f"ix_stipend_repayment_{column}"), "stipend_repayment", [column]
        )


def _exceptions() -> None:
    op.create_table(
        "number_exception",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("employer_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("allowed_by", sa.Integer(), nullable=False),
        sa.Column("allowed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_by", sa.Integer(), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        _foreign("number_exception", "employer_id", "employer"),
        _foreign("number_exception", "person_id", "person"),
        _foreign("number_exception", "allowed_by", "person"),
        _foreign("number_exception", "ended_by", "person"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_number_exception")),
    )
    for column in ("employer_id", "person_id"):
        op.create_index(
            op.f(f"ix_number_exception_{column}"), "number_exception", [column]
        )


def _foreign(table: str, column: str, to: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        [column], [f"{to}.id"], name=op.f(f"fk_{table}_{column}")
    )


def _guard_sqlite() -> None:
    for table, verbs in ((REPAID, ("UPDATE", "DELETE")), (ENDED_ONCE, ("DELETE",))):
        refuse = f"BEGIN SELECT RAISE(ABORT, '{WORDS.format(table=table)}'); END"
        for verb in verbs:
            op.execute(
                f"CREATE TRIGGER {table}_no_{verb.lower()} BEFORE {verb} ON {table} "
                f"{refuse}"
            )
    refuse = f"BEGIN SELECT RAISE(ABORT, '{WORDS.format(table=ENDED_ONCE)}'); END"
    op.execute(
        f"CREATE TRIGGER {ENDED_ONCE}_fixed BEFORE UPDATE OF {', '.join(FIXED)} "
        f"ON {ENDED_ONCE} {refuse}"
    )
    op.execute(
        f"CREATE TRIGGER {ENDED_ONCE}_ended BEFORE UPDATE ON {ENDED_ONCE} "
        f"WHEN OLD.ended_at IS NOT NULL {refuse}"
    )


def _guard_postgresql() -> None:
    refuse = "EXECUTE FUNCTION refuse_change()"
    op.execute(
        f"CREATE TRIGGER {REPAID}_frozen BEFORE UPDATE OR DELETE ON {REPAID} "
        f"FOR EACH ROW {refuse}"
    )
    op.execute(
        f"CREATE TRIGGER {ENDED_ONCE}_fixed BEFORE UPDATE OF {', '.join(FIXED)} "
        f"OR DELETE ON {ENDED_ONCE} FOR EACH ROW {refuse}"
    )
    op.execute(
        f"CREATE TRIGGER {ENDED_ONCE}_ended BEFORE UPDATE ON {ENDED_ONCE} "
        f"FOR EACH ROW WHEN (OLD.ended_at IS NOT NULL) {refuse}"
    )
    for table in (*FROZEN, ENDED_ONCE):
        op.execute(
            f"CREATE TRIGGER {table}_kept BEFORE TRUNCATE ON {table} "
            f"FOR EACH STATEMENT {refuse}"
        )
