"""Keep the checks of an invoice, its PDF, and corrections that are proposed.

Revision ID: 0007
Revises: 0006
"""

import json

import sqlalchemy as sa

from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

FROZEN = ("invoice_check", "invoice_pdf", "correction_entry")
WORDS = "rows of {table} are kept as they were written"


def upgrade() -> None:
    _checks()
    _corrections()
    _take_over_checks()
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
    for table in ("correction_entry", "correction", "invoice_pdf", "invoice_check"):
        op.drop_table(table)


def _checks() -> None:
    op.create_table(
        "invoice_check",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("invoice_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(), nullable=True),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("unit", sa.String(), nullable=False),
        sa.Column("expected", sa.String(), nullable=False),
        sa.Column("found", sa.String(), nullable=False),
        sa.Column("difference", sa.String(), nullable=False),
        sa.Column("verdict", sa.String(), nullable=False),
        sa.CheckConstraint(
            "verdict IN ('ok', 'warning', 'failed')",
            name=op.f("ck_invoice_check_verdict_known"),
        ),
        _foreign("invoice_check", "invoice_id", "invoice"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_invoice_check")),
    )
    op.create_index(
        "ix_invoice_check_invoice_verdict", "invoice_check", ["invoice_id", "verdict"]
    )
    op.create_table(
        "invoice_pdf",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("invoice_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        _foreign("invoice_pdf", "invoice_id", "invoice"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_invoice_pdf")),
    )
    op.create_index(op.f("ix_invoice_pdf_invoice_id"), "invoice_pdf", ["invoice_id"])


def _corrections() -> None:
    op.create_table(
        "correction",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("employer_id", sa.Integer(), nullable=False),
        sa.Column("bill_id", sa.Integer(), nullable=False),
        sa.Column("invoice_id", sa.Integer(), nullable=False),
        sa.Column("corrected_bill_id", sa.Integer(), nullable=True),
        sa.Column("certification_id", sa.Integer(), nullable=True),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("content_hash", sa.String(), nullable=False),
        sa.Column("cost_before", sa.BigInteger(), nullable=False),
        sa.Column("cost_after", sa.BigInteger(), nullable=False),
        sa.Column("owed_before", sa.BigInteger(), nullable=False),
        sa.Column("owed_after", sa.BigInteger(), nullable=True),
        sa.Column("difference", sa.BigInteger(), nullable=True),
        sa.Column("edition", sa.String(), nullable=False),
        sa.Column("working", sa.JSON(), nullable=False),
        sa.Column("problem", sa.String(), nullable=False),
        sa.Column("marks_carried", sa.Integer(), nullable=False),
        sa.Column("marks_lost", sa.Integer(), nullable=False),
        sa.Column("proposed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("decided_by", sa.Integer(), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "state IN ('proposed', 'accepted', 'declined', 'replaced')",
            name=op.f("ck_correction_state_known"),
        ),
        _foreign("correction", "employer_id", "employer"),
        _foreign("correction", "bill_id", "bill"),
        _foreign("correction", "invoice_id", "invoice"),
        _foreign("correction", "corrected_bill_id", "bill"),
        _foreign("correction", "certification_id", "certification"),
        _foreign("correction", "decided_by", "person"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_correction")),
    )
    for column in ("employer_id", "bill_id", "invoice_id", "state"):
        op.create_index(op.f(f"ix_correction_{column}"), "correction", [column])
    op.create_table(
        "correction_entry",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("correction_id", sa.Integer(), nullable=False),
        sa.Column("bill_id", sa.Integer(), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("entered_by", sa.Integer(), nullable=False),
        sa.Column("entered_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("amount <> 0", name=op.f("ck_correction_entry_not_nothing")),
        _foreign("correction_entry", "correction_id", "correction"),
        _foreign("correction_entry", "bill_id", "bill"),
        _foreign("correction_entry", "entered_by", "person"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_correction_entry")),
        sa.UniqueConstraint(
            "correction_id", name=op.f("uq_correction_entry_correction_id")
        ),
    )
    op.create_index(
        op.f("ix_correction_entry_bill_id"), "correction_entry", ["bill_id"]
    )


def _foreign(table: str, column: str, to: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        [column], [f"{to}.id"], name=op.f(f"fk_{table}_{column}")
    )


def _take_over_checks() -> None:
    """Keep the checks that the reports of published imports list: the first thousand.

    Their amounts' unit was not written down then; the words of the check tell it.
    """
    bind = op.get_bind()
    published = bind.execute(
        sa.text(
            "SELECT i.id, i.account, m.report FROM invoice i "
            "JOIN invoice_import m ON m.id = i.import_id"
        )
    ).all()
    insert = sa.text(
        "INSERT INTO invoice_check "
        "(invoice_id, number, name, unit, expected, found, difference, verdict) VALUES "
        "(:invoice_id, :number, :name, :unit, :expected, :found, :difference, :verdict)"
    )
    for invoice_id, account, report in published:
        kept = json.loads(report) if isinstance(report, str) else report
        rows = [
            {
                "invoice_id": invoice_id,
                "number": check["number"] or None,
                "name": check["name"],
                "unit": "minute" if "minutes" in check["name"] else "USD",
                "expected": str(check["expected"]),
                "found": str(check["found"]),
                "difference": str(check["difference"]),
                "verdict": check["verdict"],
            }
            for check in (kept or {}).get("checks", ())
            if check["account"] == account
        ]
        if rows:
            bind.execute(insert, rows)


def _freeze() -> None:
    is_sqlite = op.get_bind().dialect.name == "sqlite"
    for table in FROZEN:
        if is_sqlite:
            for verb in ("UPDATE", "DELETE"):
                op.execute(
                    f"CREATE TRIGGER {table}_no_{verb.lower()} BEFORE {verb} "
                    f"ON {table} BEGIN SELECT RAISE(ABORT, '{WORDS.format(table=table)}'); END"
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
