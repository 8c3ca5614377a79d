"""Keep leave as it is told, long leave, and what is done about a line meanwhile.

Revision ID: 0017
Revises: 0016
"""

import sqlalchemy as sa

from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None

# A row of these ends once; what it said before is fixed.
LEAVE_FIXED = (
    "id",
    "employer_id",
    "person_id",
    "kind",
    "first_day",
    "last_day",
    "changes_id",
    "told_by",
    "told_on",
    "told_at",
)
SERVICE_FIXED = (
    "id",
    "long_leave_id",
    "line_id",
    "outcome",
    "reason",
    "done_by",
    "done_on",
    "done_at",
)
WORDS = "rows of {table} are kept as they were written"
ONE_OPEN = sa.text("lifted_at IS NULL")
MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    _create_leaves()
    _create_long_leaves()
    _create_services()
    _fix("leave", LEAVE_FIXED, "ended_at")
    _fix("line_service", SERVICE_FIXED, "lifted_at")


def downgrade() -> None:
    for table in ("line_service", "long_leave", "leave"):
        op.drop_table(table)


def _create_leaves() -> None:
    op.create_table(
        "leave",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("employer_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("first_day", sa.Date(), nullable=False),
        sa.Column("last_day", sa.Date(), nullable=True),
        sa.Column("changes_id", sa.Integer(), nullable=True),
        sa.Column("told_by", sa.Integer(), nullable=False),
        sa.Column("told_on", sa.Date(), nullable=False),
        sa.Column("told_at", MOMENT, nullable=False),
        sa.Column("ended_by", sa.Integer(), nullable=True),
        sa.Column("ended_at", MOMENT, nullable=True),
        sa.CheckConstraint(
            "last_day IS NULL OR last_day >= first_day", name=op.f("ck_leave_forward")
        ),
        _points("leave", "employer_id", "employer"),
        _points("leave", "person_id", "person"),
        _points("leave", "changes_id", "leave"),
        _points("leave", "told_by", "person"),
        _points("leave", "ended_by", "person"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_leave")),
        sa.UniqueConstraint("changes_id", name=op.f("uq_leave_changes_id")),
    )
    _index("leave", "employer_id", "person_id")


def _create_long_leaves() -> None:
    op.create_table(
        "long_leave",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("employer_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("first_day", sa.Date(), nullable=False),
        sa.Column("last_day", sa.Date(), nullable=True),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("found_on", sa.Date(), nullable=False),
        sa.Column("stage", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "state IN ('standing', 'over', 'fell_away')",
            name=op.f("ck_long_leave_state_known"),
        ),
        sa.CheckConstraint(
            "last_day IS NULL OR last_day >= first_day",
            name=op.f("ck_long_leave_forward"),
        ),
        _points("long_leave", "employer_id", "employer"),
        _points("long_leave", "person_id", "person"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_long_leave")),
    )
    _index("long_leave", "employer_id", "person_id", "state")


def _create_services() -> None:
    op.create_table(
        "line_service",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("long_leave_id", sa.Integer(), nullable=False),
        sa.Column("line_id", sa.Integer(), nullable=False),
        sa.Column("outcome", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("done_by", sa.Integer(), nullable=False),
        sa.Column("done_on", sa.Date(), nullable=False),
        sa.Column("done_at", MOMENT, nullable=False),
        sa.Column("lifted_by", sa.Integer(), nullable=True),
        sa.Column("lifted_on", sa.Date(), nullable=True),
        sa.Column("lifted_at", MOMENT, nullable=True),
        sa.CheckConstraint(
            "outcome IN ('suspended', 'left_on')",
            name=op.f("ck_line_service_outcome_known"),
        ),
        _points("line_service", "long_leave_id", "long_leave"),
        _points("line_service", "line_id", "line"),
        _points("line_service", "done_by", "person"),
        _points("line_service", "lifted_by", "person"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_line_service")),
    )
    _index("line_service", "long_leave_id", "line_id")
    op.create_index(
        "ix_line_service_one_open",
        "line_service",
        ["line_id", "long_leave_id"],
        unique=True,
        sqlite_where=ONE_OPEN,
        postgresql_where=ONE_OPEN,
    )


def _points(table: str, column: str, target: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        [column], [f"{target}.id"], name=op.f(f"fk_{table}_{column}")
    )


def _index(table: str, *columns: str) -> None:
    for column in columns:
        op.create_index(op.f(f"ix_{table}_{column}"), table, [column])


def _fix(table: str, fixed: tuple[str, ...], ended: str) -> None:
    """Let a row be ended, once, and nothing else."""
    columns, once = ", ".join(fixed), f"OLD.{ended} IS NOT NULL"
    if op.get_bind().dialect.name == "sqlite":
        refuse = f"BEGIN SELECT RAISE(ABORT, '{WORDS.format(table=table)}'); END"
        op.execute(
            f"CREATE TRIGGER {table}_fixed BEFORE UPDATE OF {columns} ON {table} "
            f"{refuse}"
        )
        op.execute(
            f"CREATE TRIGGER {table}_ended BEFORE UPDATE ON {table} WHEN {once} "
            f"{refuse}"
        )
        op.execute(
            f"CREATE TRIGGER {table}_no_delete BEFORE DELETE ON {table} {refuse}"
        )
        return
    refuse = "EXECUTE FUNCTION refuse_change()"
    op.execute(
        f"CREATE TRIGGER {table}_fixed BEFORE UPDATE OF {columns} OR DELETE "
        f"ON {table} FOR EACH ROW {refuse}"
    )
    op.execute(
        f"CREATE TRIGGER {table}_ended BEFORE UPDATE ON {table} "
        f"FOR EACH ROW WHEN ({once}) {refuse}"
    )
    op.execute(
        f"CREATE TRIGGER {table}_kept BEFORE TRUNCATE ON {table} "
        "FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()"
    )
