"""Keep claims for business calls on a private phone.

Revision ID: 0013
Revises: 0012
"""

import sqlalchemy as sa

from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

FROZEN = ("claim_submission", "claim_decision")
WORDS = "rows of {table} are kept as they were written"


def upgrade() -> None:
    _claims()
    _calls()
    _submissions()
    _decisions()
    _freeze()


def downgrade() -> None:
    is_sqlite = op.get_bind().dialect.name == "sqlite"
    for table in FROZEN:
        if is_sqlite:
            for verb in ("update", "delete"):
                op.execute(f"DROP TRIGGER {table}_no_{verb}")
        else:
            op.execute(f"DROP TRIGGER {table}_frozen ON {table}")
            op.execute(f"DROP TRIGGER {table}_kept ON {table}")
    for table in ("claim_decision", "claim_submission", "claim_call", "business_claim"):
        op.drop_table(table)


def _claims() -> None:
    op.create_table(
        "business_claim",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("employer_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("carrier", sa.String(), nullable=False),
        sa.Column("period_from", sa.Date(), nullable=False),
        sa.Column("period_through", sa.Date(), nullable=False),
        sa.Column("base_charges", sa.BigInteger(), nullable=False),
        sa.Column("taxes", sa.BigInteger(), nullable=False),
        sa.Column("allowance_minutes", sa.Integer(), nullable=True),
        sa.Column("total_minutes", sa.Integer(), nullable=True),
        sa.Column("employer_plan", sa.BigInteger(), nullable=True),
        sa.Column("outage_from", sa.Date(), nullable=True),
        sa.Column("outage_through", sa.Date(), nullable=True),
        sa.Column("outage_line_id", sa.Integer(), nullable=True),
        sa.Column("amount", sa.BigInteger(), nullable=True),
        sa.Column("start_key", sa.String(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "state IN ('draft', 'submitted', 'returned', 'approved', 'paid', "
            "'refused', 'withdrawn')",
            name=op.f("ck_business_claim_state_known"),
        ),
        sa.CheckConstraint(
            "period_through >= period_from", name=op.f("ck_business_claim_forward")
        ),
        sa.CheckConstraint(
            "base_charges >= 0 AND taxes >= 0",
            name=op.f("ck_business_claim_not_negative"),
        ),
        sa.CheckConstraint(
            "allowance_minutes IS NULL OR allowance_minutes > 0",
            name=op.f("ck_business_claim_allowance"),
        ),
        sa.CheckConstraint(
            "(outage_from IS NULL AND outage_through IS NULL)"
            " OR outage_through >= outage_from",
            name=op.f("ck_business_claim_outage_forward"),
        ),
        _foreign("business_claim", "employer_id", "employer"),
        _foreign("business_claim", "person_id", "person"),
        _foreign("business_claim", "outage_line_id", "line"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_business_claim")),
        sa.UniqueConstraint(
            "person_id", "start_key", name=op.f("uq_business_claim_person_id_start_key")
        ),
    )
    for column in ("employer_id", "person_id", "state"):
        op.create_index(op.f(f"ix_business_claim_{column}"), "business_claim", [column])


def _calls() -> None:
    op.create_table(
        "claim_call",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("claim_id", sa.Integer(), nullable=False),
        sa.Column("started", sa.DateTime(), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("counts", sa.Boolean(), nullable=True),
        sa.Column("charge", sa.BigInteger(), nullable=False),
        sa.Column("is_claimed", sa.Boolean(), nullable=False),
        sa.Column("is_typed", sa.Boolean(), nullable=False),
        sa.CheckConstraint("minutes > 0", name=op.f("ck_claim_call_some_minutes")),
        sa.CheckConstraint(
            "charge >= 0", name=op.f("ck_claim_call_charge_not_negative")
        ),
        _foreign("claim_call", "claim_id", "business_claim"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_claim_call")),
    )
    op.create_index(
        "ix_claim_call_claim_started", "claim_call", ["claim_id", "started"]
    )


def _submissions() -> None:
    op.create_table(
        "claim_submission",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("claim_id", sa.Integer(), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("taxable", sa.BigInteger(), nullable=False),
        sa.Column("by_month", sa.JSON(), nullable=False),
        sa.Column("is_unlimited", sa.Boolean(), nullable=False),
        sa.Column("edition", sa.String(), nullable=False),
        sa.Column("fingerprint", sa.String(), nullable=False),
        sa.Column("record", sa.JSON(), nullable=False),
        sa.Column("submitted_by", sa.Integer(), nullable=False),
        sa.Column("submitted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("submitted_on", sa.Date(), nullable=False),
        _foreign("claim_submission", "claim_id", "business_claim"),
        _foreign("claim_submission", "submitted_by", "person"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_claim_submission")),
        sa.UniqueConstraint(
            "claim_id", "sequence", name=op.f("uq_claim_submission_claim_id_sequence")
        ),
    )


def _decisions() -> None:
    op.create_table(
        "claim_decision",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("claim_id", sa.Integer(), nullable=False),
        sa.Column("submission_id", sa.Integer(), nullable=False),
        sa.Column("answer", sa.String(), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("reference", sa.String(), nullable=False),
        sa.Column("decided_by", sa.Integer(), nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "answer IN ('approved', 'returned', 'refused', 'paid')",
            name=op.f("ck_claim_decision_answer_known"),
        ),
        _foreign("claim_decision", "claim_id", "business_claim"),
        _foreign("claim_decision", "submission_id", "claim_submission"),
        _foreign("claim_decision", "decided_by", "person"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_claim_decision")),
        sa.UniqueConstraint(
            "submission_id",
            "answer",
            name=op.f("uq_claim_decision_submission_id_answer"),
        ),
    )
    op.create_index(op.f("ix_claim_decision_claim_id"), "claim_decision", ["claim_id"])


def _foreign(table: str, column: str, to: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        [column], [f"{to}.id"], name=op.f(f"fk_{table}_{column}")
    )


def _freeze() -> None:
    for table in FROZEN:
        if op.get_bind().dialect.name == "sqlite":
            for verb in ("UPDATE", "DELETE"):
                op.execute(
                    f"CREATE TRIGGER {table}_no_{verb.lower()} BEFORE {verb} ON {table} "
                    f"BEGIN SELECT RAISE(ABORT, '{WORDS.format(table=table)}'); END"
                )
            continue
        op.execute(
            f"CREATE TRIGGER {table}_frozen BEFORE UPDATE OR DELETE ON {table} "
            "FOR EACH ROW EXECUTE FUNCTION refuse_change()"
        )
        op.execute(
            f"CREATE TRIGGER {table}_kept BEFORE TRUNCATE ON {table} "
            "FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()"
        )
