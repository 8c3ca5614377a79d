"""Keep authorization forms, what was signed and decided, and the yearly answers.

Revision ID: 0011
Revises: 0010
"""

import sqlalchemy as sa

from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

FROZEN = ("authorization_submission", "authorization_decision", "need_answer")
WORDS = "rows of {table} are kept as they were written"
STATES = (
    "draft",
    "submitted",
    "exception_pending",
    "approved",
    "declined",
    "refused",
    "withdrawn",
    "ordered",
    "ready",
    "active",
    "ending",
    "closed",
)
ACTIONS = ("new_device", "stipend", "change", "end_service", "end_stipend")
ACTS = (
    "submit",
    "find_exception",
    "sign",
    "approve",
    "refuse",
    "refer_back",
    "withdraw",
    "decline",
    "order",
    "cancel_order",
    "make_ready",
    "issue",
    "end",
    "close",
)


def upgrade() -> None:
    _create_forms()
    _create_submissions()
    _create_decisions()
    _create_answers()
    _freeze()


def _one_of(column: str, words: tuple[str, ...], table: str) -> sa.CheckConstraint:
    listed = ", ".join(f"'{word}'" for word in words)
    name = op.f(f"ck_{table}_{column}_known")
    return sa.CheckConstraint(f"{column} IN ({listed})", name=name)


def _points_to(table: str, column: str, to: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        [column], [f"{to}.id"], name=op.f(f"fk_{table}_{column}")
    )


def _create_forms() -> None:
    table = "authorization_form"
    op.create_table(
        table,
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("employer_id", sa.Integer(), nullable=False),
        sa.Column("department_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("holder_kind", sa.String(), nullable=False),
        sa.Column("action", sa.String(), nullable=False),
        sa.Column("device_class", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("waits_for", sa.String(), nullable=False),
        sa.Column("answers", sa.JSON(), nullable=False),
        sa.Column("line_id", sa.Integer(), nullable=True),
        sa.Column("stipend_id", sa.Integer(), nullable=True),
        sa.Column("drafted_by", sa.Integer(), nullable=False),
        sa.Column("drafted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("approved_on", sa.Date(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        _one_of("holder_kind", ("personal", "pooled", "vehicle"), table),
        _one_of("action", ACTIONS, table),
        _one_of("state", STATES, table),
        _points_to(table, "employer_id", "employer"),
        _points_to(table, "department_id", "department"),
        _points_to(table, "person_id", "person"),
        _points_to(table, "line_id", "line"),
        _points_to(table, "stipend_id", "stipend"),
        _points_to(table, "drafted_by", "person"),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
    )
    for column in ("department_id", "person_id", "line_id"):
        op.create_index(op.f(f"ix_{table}_{column}"), table, [column])
    op.create_index("ix_authorization_form_waiting", table, ["employer_id", "state"])


def _create_submissions() -> None:
    table = "authorization_submission"
    op.create_table(
        table,
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("form_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("record", sa.JSON(), nullable=False),
        sa.Column("exceptions", sa.JSON(), nullable=False),
        sa.Column("edition", sa.String(), nullable=False),
        sa.Column("content_hash", sa.String(), nullable=False),
        sa.Column("signed_name", sa.String(), nullable=False),
        sa.Column("signed_role", sa.String(), nullable=False),
        sa.Column("signed_by", sa.Integer(), nullable=False),
        sa.Column("signed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("signed_on", sa.Date(), nullable=False),
        _points_to(table, "form_id", "authorization_form"),
        _points_to(table, "signed_by", "person"),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
        sa.UniqueConstraint(
            "form_id", "number", name=op.f(f"uq_{table}_form_id_number")
        ),
    )
    op.create_index(op.f(f"ix_{table}_form_id"), table, ["form_id"])


def _create_decisions() -> None:
    table = "authorization_decision"
    op.create_table(
        table,
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("form_id", sa.Integer(), nullable=False),
        sa.Column("submission_id", sa.Integer(), nullable=True),
        sa.Column("act", sa.String(), nullable=False),
        sa.Column("state_before", sa.String(), nullable=False),
        sa.Column("state_after", sa.String(), nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("decided_by", sa.Integer(), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=False),
        _one_of("act", ACTS, table),
        _points_to(table, "form_id", "authorization_form"),
        _points_to(table, "submission_id", "authorization_submission"),
        _points_to(table, "decided_by", "person"),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
    )
    op.create_index(op.f(f"ix_{table}_form_id"), table, ["form_id"])


def _create_answers() -> None:
    table = "need_answer"
    op.create_table(
        table,
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("line_id", sa.Integer(), nullable=False),
        sa.Column("department_id", sa.Integer(), nullable=False),
        sa.Column("is_needed", sa.Boolean(), nullable=False),
        sa.Column("grounds", sa.String(), nullable=False),
        sa.Column("form_id", sa.Integer(), nullable=True),
        sa.Column("answered_by", sa.Integer(), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("answered_on", sa.Date(), nullable=False),
        _points_to(table, "line_id", "line"),
        _points_to(table, "department_id", "department"),
        _points_to(table, "form_id", "authorization_form"),
        _points_to(table, "answered_by", "person"),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
    )
    op.create_index(op.f(f"ix_{table}_line_id"), table, ["line_id"])


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
    op.drop_table("need_answer")
    op.drop_table("authorization_decision")
    op.drop_table("authorization_submission")
    op.drop_table("authorization_form")
