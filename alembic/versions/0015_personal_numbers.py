"""Keep the numbers of people's own phones, and who may see them.

Revision ID: 0015
Revises: 0014
"""

import sqlalchemy as sa

from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None

FROZEN = ("personal_number",)
ENDED_ONCE = {
    "number_reader": (
        "id",
        "employer_id",
        "reader_id",
        "scope",
        "department_id",
        "reads_from",
        "named_by",
        "named_at",
    ),
    "emergency_duty": ("id", "employer_id", "person_id", "marked_by", "marked_at"),
}
WORDS = "rows of {table} are kept as they were written"


def upgrade() -> None:
    _numbers()
    _readers()
    _duties()
    for table in FROZEN:
        _freeze(table)
    for table, fixed in ENDED_ONCE.items():
        _fix(table, ", ".join(fixed))


def _numbers() -> None:
    op.create_table(
        "personal_number",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("employer_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(), nullable=True),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("is_late", sa.Boolean(), nullable=False),
        sa.Column("reported_at", sa.DateTime(timezone=True), nullable=False),
        _foreign("personal_number", "employer_id", "employer"),
        _foreign("personal_number", "person_id", "person"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_personal_number")),
    )
    _index("personal_number", "employer_id", "person_id")


def _readers() -> None:
    op.create_table(
        "number_reader",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("employer_id", sa.Integer(), nullable=False),
        sa.Column("reader_id", sa.Integer(), nullable=False),
        sa.Column("scope", sa.String(), nullable=False),
        sa.Column("department_id", sa.Integer(), nullable=True),
        sa.Column("reads_from", sa.Date(), nullable=False),
        sa.Column("reads_until", sa.Date(), nullable=True),
        sa.Column("named_by", sa.Integer(), nullable=False),
        sa.Column("named_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_by", sa.Integer(), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "scope IN ('department', 'emergency')",
            name=op.f("ck_number_reader_scope_known"),
        ),
        sa.CheckConstraint(
            "(scope = 'department') = (department_id IS NOT NULL)",
            name=op.f("ck_number_reader_scope_fits"),
        ),
        sa.CheckConstraint(
            "reads_until IS NULL OR reads_until >= reads_from",
            name=op.f("ck_number_reader_forward"),
        ),
        _foreign("number_reader", "employer_id", "employer"),
        _foreign("number_reader", "reader_id", "person"),
        _foreign("number_reader", "department_id", "department"),
        _foreign("number_reader", "named_by", "person"),
        _foreign("number_reader", "ended_by", "person"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_number_reader")),
    )
    _index("number_reader", "employer_id", "reader_id")


def _duties() -> None:
    op.create_table(
        "emergency_duty",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("employer_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("marked_by", sa.Integer(), nullable=False),
        sa.Column("marked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_by", sa.Integer(), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        _foreign("emergency_duty", "employer_id", "employer"),
        _foreign("emergency_duty", "person_id", "person"),
        _foreign("emergency_duty", "marked_by", "person"),
        _foreign("emergency_duty", "ended_by", "person"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_emergency_duty")),
    )
    _index("emergency_duty", "employer_id", "person_id")


def _foreign(table: str, column: str, to: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        [column], [f"{to}.id"], name=op.f(f"fk_{table}_{column}")
    )


def _index(table: str, *columns: str) -> None:
    for column in columns:
        op.create_index(op.f(f"ix_{table}_{column}"), table, [column])


def _freeze(table: str) -> None:
    """Let a table be added to, and nothing else."""
    if op.get_bind().dialect.name == "sqlite":
        for verb in ("UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER {table}_no_{verb.lower()} BEFORE {verb} ON {table} "
                f"BEGIN SELECT RAISE(ABORT, '{WORDS.format(table=table)}'); END"
            )
        return
    op.execute(
        f"CREATE TRIGGER {table}_frozen BEFORE UPDATE OR DELETE ON {table} "
        "FOR EACH ROW EXECUTE FUNCTION refuse_change()"
    )
    _keep(table)


def _fix(table: str, fixed: str) -> None:
    """Let a row be ended, once, and nothing else."""
    if op.get_bind().dialect.name == "sqlite":
        refuse = f"BEGIN SELECT RAISE(ABORT, '{WORDS.format(table=table)}'); END"
        op.execute(
            f"CREATE TRIGGER {table}_fixed BEFORE UPDATE OF {fixed} ON {table} {refuse}"
        )
        op.execute(
            f"CREATE TRIGGER {table}_ended BEFORE UPDATE ON {table} "
            f"WHEN OLD.ended_at IS NOT NULL {refuse}"
        )
        op.execute(
            f"CREATE TRIGGER {table}_no_delete BEFORE DELETE ON {table} {refuse}"
        )
        return
    refuse = "EXECUTE FUNCTION refuse_change()"
    op.execute(
        f"CREATE TRIGGER {table}_fixed BEFORE UPDATE OF {fixed} OR DELETE ON {table} "
        f"FOR EACH ROW {refuse}"
    )
    op.execute(
        f"CREATE TRIGGER {table}_ended BEFORE UPDATE ON {table} "
        f"FOR EACH ROW WHEN (OLD.ended_at IS NOT NULL) {refuse}"
    )
    _keep(table)


def _keep(table: str) -> None:
    op.execute(
        f"CREATE TRIGGER {table}_kept BEFORE TRUNCATE ON {table} "
        "FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()"
    )


def downgrade() -> None:
    for table in ("emergency_duty", "number_reader", "personal_number"):
        op.drop_table(table)
