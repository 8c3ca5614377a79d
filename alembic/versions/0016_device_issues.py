"""Keep which phone was handed out on which form, and what its holder signed.

Revision ID: 0016
Revises: 0015
"""

import sqlalchemy as sa

from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None

FROZEN = ("device_receipt",)
WORDS = "rows of {table} are kept as they were written"


def upgrade() -> None:
    _issues()
    _receipts()
    _freeze()


def _issues() -> None:
    op.create_table(
        "device_issue",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("employer_id", sa.Integer(), nullable=False),
        sa.Column("form_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("device_class", sa.String(), nullable=False),
        sa.Column("model", sa.String(), nullable=False),
        sa.Column("carrier", sa.String(), nullable=False),
        sa.Column("contract_reference", sa.String(), nullable=False),
        sa.Column("contract_months", sa.Integer(), nullable=False),
        sa.Column("price", sa.BigInteger(), nullable=False),
        sa.Column("upfront", sa.BigInteger(), nullable=True),
        sa.Column("is_on_state_contract", sa.Boolean(), nullable=False),
        sa.Column("is_in_catalogue", sa.Boolean(), nullable=False),
        sa.Column("order_notes", sa.JSON(), nullable=False),
        sa.Column("edition", sa.String(), nullable=False),
        sa.Column("ordered_by", sa.Integer(), nullable=False),
        sa.Column("ordered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("asset_tag", sa.String(), nullable=False),
        sa.Column("serial", sa.String(), nullable=False),
        sa.Column("kit", sa.JSON(), nullable=False),
        sa.Column("line_id", sa.Integer(), nullable=True),
        sa.Column("ready_by", sa.Integer(), nullable=True),
        sa.Column("ready_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("signed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("received_by", sa.Integer(), nullable=True),
        sa.Column("received_on", sa.Date(), nullable=True),
        sa.Column("returned_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("missing", sa.JSON(), nullable=False),
        sa.Column("return_note", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "state IN ('ordered', 'ready', 'active', 'returned', 'canceled')",
            name=op.f("ck_device_issue_state_known"),
        ),
        sa.CheckConstraint(
            "price >= 0", name=op.f("ck_device_issue_price_not_negative")
        ),
        sa.CheckConstraint(
            "contract_months >= 0", name=op.f("ck_device_issue_contract_not_negative")
        ),
        _foreign("device_issue", "employer_id", "employer"),
        _foreign("device_issue", "form_id", "authorization_form"),
        _foreign("device_issue", "person_id", "person"),
        _foreign("device_issue", "ordered_by", "person"),
        _foreign("device_issue", "line_id", "line"),
        _foreign("device_issue", "ready_by", "person"),
        _foreign("device_issue", "received_by", "person"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_device_issue")),
    )
    for column in ("employer_id", "form_id", "person_id", "line_id"):
        op.create_index(op.f(f"ix_device_issue_{column}"), "device_issue", [column])
    op.create_index(
        "uq_device_issue_open_form",
        "device_issue",
        ["form_id"],
        unique=True,
        sqlite_where=sa.text("state <> 'canceled'"),
        postgresql_where=sa.text("state <> 'canceled'"),
    )


def _receipts() -> None:
    op.create_table(
        "device_receipt",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("issue_id", sa.Integer(), nullable=False),
        sa.Column("record", sa.JSON(), nullable=False),
        sa.Column("content_hash", sa.String(), nullable=False),
        sa.Column("edition", sa.String(), nullable=False),
        sa.Column("signed_name", sa.String(), nullable=False),
        sa.Column("signed_by", sa.Integer(), nullable=False),
        sa.Column("signed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("signed_on", sa.Date(), nullable=False),
        _foreign("device_receipt", "issue_id", "device_issue"),
        _foreign("device_receipt", "signed_by", "person"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_device_receipt")),
        sa.UniqueConstraint("issue_id", name=op.f("uq_device_receipt_issue_id")),
    )


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


def downgrade() -> None:
    op.drop_table("device_receipt")
    op.drop_table("device_issue")
