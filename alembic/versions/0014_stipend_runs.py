"""Keep what payroll was told to pay; a run that was handed over never changes.

Revision ID: 0014
Revises: 0013
"""

import sqlalchemy as sa

from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

WORDS = "rows of {table} are kept as they were written"
LATE = "a run that was handed over takes no more lines"
FROZEN = ("stipend_run_line", "payroll_template")


def upgrade() -> None:
    _templates()
    _runs()
    _lines()
    if op.get_bind().dialect.name == "sqlite":
        _guard_sqlite()
    else:
        _guard_postgresql()


def downgrade() -> None:
    is_sqlite = op.get_bind().dialect.name == "sqlite"
    op.drop_table("stipend_run_line")
    op.drop_table("stipend_run")
    op.drop_table("payroll_template")
    if not is_sqlite:
        op.execute("DROP FUNCTION refuse_late_line()")


def _templates() -> None:
    op.create_table(
        "payroll_template",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("employer_id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("columns", sa.JSON(), nullable=False),
        sa.Column("pay_codes", sa.JSON(), nullable=False),
        sa.Column("separator", sa.String(), nullable=False),
        sa.Column("date_format", sa.String(), nullable=False),
        sa.Column("has_headings", sa.Boolean(), nullable=False),
        sa.Column("saved_by", sa.Integer(), nullable=False),
        sa.Column("saved_at", sa.DateTime(timezone=True), nullable=False),
        _foreign("payroll_template", "employer_id", "employer"),
        _foreign("payroll_template", "saved_by", "person"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_payroll_template")),
        sa.UniqueConstraint(
            "employer_id",
            "version",
            name=op.f("uq_payroll_template_employer_id_version"),
        ),
    )
    op.create_index(
        op.f("ix_payroll_template_employer_id"), "payroll_template", ["employer_id"]
    )


def _runs() -> None:
    op.create_table(
        "stipend_run",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("employer_id", sa.Integer(), nullable=False),
        sa.Column("pay_year", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("periods", sa.Integer(), nullable=False),
        sa.Column("frequency", sa.String(), nullable=False),
        sa.Column("proration", sa.String(), nullable=False),
        sa.Column("first_day", sa.Date(), nullable=False),
        sa.Column("last_day", sa.Date(), nullable=False),
        sa.Column("pay_on", sa.Date(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("edition", sa.String(), nullable=False),
        sa.Column("started_by", sa.Integer(), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("handed_over_by", sa.Integer(), nullable=True),
        sa.Column("handed_over_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("line_count", sa.Integer(), nullable=False),
        sa.Column("regular_total", sa.BigInteger(), nullable=False),
        sa.Column("correction_total", sa.BigInteger(), nullable=False),
        sa.Column("tax_treatment", sa.String(), nullable=False),
        sa.Column("regular_rate", sa.String(), nullable=False),
        sa.Column("content_hash", sa.String(), nullable=False),
        sa.Column("template_id", sa.Integer(), nullable=True),
        sa.Column("template_hash", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "state IN ('open', 'handed_over')", name=op.f("ck_stipend_run_state_known")
        ),
        sa.CheckConstraint(
            "last_day >= first_day", name=op.f("ck_stipend_run_forward")
        ),
        sa.CheckConstraint(
            "number >= 1 AND number <= periods",
            name=op.f("ck_stipend_run_number_of_year"),
        ),
        _foreign("stipend_run", "employer_id", "employer"),
        _foreign("stipend_run", "started_by", "person"),
        _foreign("stipend_run", "handed_over_by", "person"),
        _foreign("stipend_run", "template_id", "payroll_template"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_stipend_run")),
        sa.UniqueConstraint(
            "employer_id",
            "pay_year",
            "periods",
            "number",
            name=op.f("uq_stipend_run_employer_id_pay_year_periods_number"),
        ),
    )
    for column in ("employer_id", "state"):
        op.create_index(op.f(f"ix_stipend_run_{column}"), "stipend_run", [column])


def _lines() -> None:
    op.create_table(
        "stipend_run_line",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("run_id", sa.Integer(), nullable=False),
        sa.Column("stipend_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("corrects_run_id", sa.Integer(), nullable=True),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("employee_number", sa.String(), nullable=False),
        sa.Column("person_name", sa.String(), nullable=False),
        sa.Column("department_code", sa.String(), nullable=False),
        sa.Column("stipend_class", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("working", sa.JSON(), nullable=False),
        sa.CheckConstraint(
            "kind IN ('regular', 'correction')",
            name=op.f("ck_stipend_run_line_kind_known"),
        ),
        sa.CheckConstraint(
            "kind = 'correction' OR amount >= 0",
            name=op.f("ck_stipend_run_line_regular_not_negative"),
        ),
        sa.CheckConstraint(
            "(kind = 'correction') = (corrects_run_id IS NOT NULL)",
            name=op.f("ck_stipend_run_line_correction_names_run"),
        ),
        _foreign("stipend_run_line", "run_id", "stipend_run"),
        _foreign("stipend_run_line", "stipend_id", "stipend"),
        _foreign("stipend_run_line", "person_id", "person"),
        _foreign("stipend_run_line", "corrects_run_id", "stipend_run"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_stipend_run_line")),
    )
    for column in ("run_id", "stipend_id", "person_id"):
        op.create_index(
            op.f(f"ix_stipend_run_line_{column}"), "stipend_run_line", [column]
        )


def _foreign(table: str, column: str, to: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        [column], [f"{to}.id"], name=op.f(f"fk_{table}_{column}")
    )


def _guard_sqlite() -> None:
    for table in FROZEN:
        refuse = f"BEGIN SELECT RAISE(ABORT, '{WORDS.format(table=table)}'); END"
        for verb in ("UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER {table}_no_{verb.lower()} BEFORE {verb} ON {table} "
                f"{refuse}"
            )
    words = WORDS.format(table="stipend_run")
    for verb in ("UPDATE", "DELETE"):
        op.execute(
            f"CREATE TRIGGER stipend_run_no_{verb.lower()} BEFORE {verb} "
            "ON stipend_run WHEN OLD.state = 'handed_over' "
            f"BEGIN SELECT RAISE(ABORT, '{words}'); END"
        )
    op.execute(
        "CREATE TRIGGER stipend_run_line_not_late BEFORE INSERT ON stipend_run_line "
        "WHEN EXISTS (SELECT 1 FROM stipend_run WHERE id = NEW.run_id "
        f"AND state <> 'open') BEGIN SELECT RAISE(ABORT, '{LATE}'); END"
    )


def _guard_postgresql() -> None:
    refuse = "EXECUTE FUNCTION refuse_change()"
    for table in FROZEN:
        op.execute(
            f"CREATE TRIGGER {table}_frozen BEFORE UPDATE OR DELETE ON {table} "
            f"FOR EACH ROW {refuse}"
        )
    op.execute(
        "CREATE TRIGGER stipend_run_frozen BEFORE UPDATE OR DELETE ON stipend_run "
        f"FOR EACH ROW WHEN (OLD.state = 'handed_over') {refuse}"
    )
    for table in (*FROZEN, "stipend_run"):
        op.execute(
            f"CREATE TRIGGER {table}_kept BEFORE TRUNCATE ON {table} "
            f"FOR EACH STATEMENT {refuse}"
        )
    op.execute(
        "CREATE FUNCTION refuse_late_line() RETURNS trigger LANGUAGE plpgsql AS $$ "
        "BEGIN IF EXISTS (SELECT 1 FROM stipend_run WHERE id = NEW.run_id AND "
        f"state <> 'open') THEN RAISE EXCEPTION '{LATE}'; END IF; RETURN NEW; END $$"
    )
    op.execute(
        "CREATE TRIGGER stipend_run_line_not_late BEFORE INSERT ON stipend_run_line "
        "FOR EACH ROW EXECUTE FUNCTION refuse_late_line()"
    )
