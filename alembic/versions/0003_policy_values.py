"""Keep the policy values that officials set, as they were written.

Revision ID: 0003
Revises: 0002
"""

import sqlalchemy as sa

from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

FROZEN = ("policy_value", "policy_value_decision")
WORDS = "rows of {table} are kept as they were written"


def upgrade() -> None:
    op.add_column(
        "employer",
        sa.Column("policy_stamp", sa.String(), nullable=False, server_default=""),
    )
    op.create_table(
        "policy_value",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("employer_id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("scope", sa.String(), nullable=False),
        sa.Column("value", sa.JSON(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("office", sa.String(), nullable=False),
        sa.Column("authority", sa.String(), nullable=False),
        sa.Column("reading", sa.String(), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("set_by", sa.Integer(), nullable=False),
        sa.Column("set_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("needs_approval", sa.Boolean(), nullable=False),
        sa.Column("idempotency_key", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["employer_id"],
            ["employer.id"],
            name=op.f("fk_policy_value_employer_id"),
        ),
        sa.ForeignKeyConstraint(
            ["set_by"], ["person.id"], name=op.f("fk_policy_value_set_by")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_policy_value")),
        sa.UniqueConstraint(
            "idempotency_key", name=op.f("uq_policy_value_idempotency_key")
        ),
    )
    op.create_index(
        op.f("ix_policy_value_employer_id"), "policy_value", ["employer_id"]
    )
    op.create_table(
        "policy_value_decision",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("value_id", sa.Integer(), nullable=False),
        sa.Column("decision", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("decided_by", sa.Integer(), nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "decision IN ('approved', 'declined', 'withdrawn')",
            name=op.f("ck_policy_value_decision_decision_known"),
        ),
        sa.ForeignKeyConstraint(
            ["decided_by"],
            ["person.id"],
            name=op.f("fk_policy_value_decision_decided_by"),
        ),
        sa.ForeignKeyConstraint(
            ["value_id"],
            ["policy_value.id"],
            name=op.f("fk_policy_value_decision_value_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_policy_value_decision")),
        sa.UniqueConstraint(
            "value_id",
            "decision",
            name=op.f("uq_policy_value_decision_value_id_decision"),
        ),
    )
    op.create_index(
        op.f("ix_policy_value_decision_value_id"),
        "policy_value_decision",
        ["value_id"],
    )
    _freeze()


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


def downgrade() -> None:
    op.drop_table("policy_value_decision")
    op.drop_table("policy_value")
    op.drop_column("employer", "policy_stamp")
