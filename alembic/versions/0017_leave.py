"""Keep leave as it is told, long leave, and what is done about a line meanwhile.

A stipend can be paused for long leave, too.

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
PAUSE_FIXED = (
    "id",
    "stipend_id",
    "cause",
    "paused_from",
    "reason",
    "made_by",
    "made_at",
)
CAUSES_BEFORE = ("proof", "inactive", "city_device")
CAUSES = (*CAUSES_BEFORE, "leave")
WORDS = "rows of {table} are kept as they were written"
ONE_OPEN = sa.text("lifted_at IS NULL")
MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    _create_leaves()
    _create_long_leaves()
    _create_services()
    _fix("leave", LEAVE_FIXED, "ended_at")
    _fix("line_service", SERVICE_FIXED, "lifted_at")
    _let_pauses_have(CAUSES)


def downgrade() -> None:
    _remove_pauses_for_leave()
    _let_pauses_have(CAUSES_BEFORE)
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


def _let_pauses_have(causes: tuple[str, ...]) -> None:
    """Say anew what a stipend may be paused for.

    SQLite cannot change a check, so the table is built anew there with its triggers.
    """
    listed = ", ".join(f"'{cause}'" for cause in causes)
    check, name = f"cause IN ({listed})", op.f("ck_stipend_pause_cause_known")
    if op.get_bind().dialect.name != "sqlite":
        op.drop_constraint(name, "stipend_pause", type_="check")
        op.create_check_constraint(name, "stipend_pause", check)
        return
    op.create_table(
        "stipend_pause_anew",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("stipend_id", sa.Integer(), nullable=False),
        sa.Column("cause", sa.String(), nullable=False),
        sa.Column("paused_from", sa.Date(), nullable=False),
        sa.Column("paused_until", sa.Date(), nullable=True),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("made_by", sa.Integer(), nullable=True),
        sa.Column("made_at", MOMENT, nullable=False),
        sa.CheckConstraint(check, name=name),
        sa.CheckConstraint(
            "paused_until IS NULL OR paused_until >= paused_from",
            name=op.f("ck_stipend_pause_forward"),
        ),
        _points("stipend_pause", "stipend_id", "stipend"),
        _points("stipend_pause", "made_by", "person"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_stipend_pause")),
    )
    columns = (
        "id, stipend_id, cause, paused_from, paused_until, reason, made_by, made_at"
    )
    op.execute(
        f"INSERT INTO stipend_pause_anew ({columns}) "
        f"SELECT {columns} FROM stipend_pause"
    )
    op.execute("DROP TABLE stipend_pause")
    op.execute("ALTER TABLE stipend_pause_anew RENAME TO stipend_pause")
    _index("stipend_pause", "stipend_id")
    _guard_pauses_again()


def _guard_pauses_again() -> None:
    table, fixed = "stipend_pause", ", ".join(PAUSE_FIXED)
    refuse = f"BEGIN SELECT RAISE(ABORT, '{WORDS.format(table=table)}'); END"
    op.execute(
        f"CREATE TRIGGER {table}_fixed BEFORE UPDATE OF {fixed} ON {table} {refuse}"
    )
    op.execute(
        f"CREATE TRIGGER {table}_filled BEFORE UPDATE OF paused_until ON {table} "
        f"WHEN OLD.paused_until IS NOT NULL {refuse}"
    )
    op.execute(f"CREATE TRIGGER {table}_no_delete BEFORE DELETE ON {table} {refuse}")


def _remove_pauses_for_leave() -> None:
    """Remove the pauses for which the older rule has no word."""
    is_sqlite = op.get_bind().dialect.name == "sqlite"
    if is_sqlite:
        op.execute("DROP TRIGGER stipend_pause_no_delete")
    else:
        op.execute("ALTER TABLE stipend_pause DISABLE TRIGGER USER")
    op.execute("DELETE FROM stipend_pause WHERE cause = 'leave'")
    if not is_sqlite:
        op.execute("ALTER TABLE stipend_pause ENABLE TRIGGER USER")
