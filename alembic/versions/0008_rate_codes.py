"""Keep what officials say a carrier's rate codes mean.

How the portal treats an item follows from what its code means, so those two columns
may change while the bill is open. What the carrier said of it never does.

Revision ID: 0008
Revises: 0007
"""

import sqlalchemy as sa

from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

FROZEN = ("rate_code", "rate_code_withdrawal", "code_legend")
WORDS = "rows of {table} are kept as they were written"
SAID = (
    *("id", "bill_id", "row_no", "kind", "started", "is_late", "direction", "party"),
    *("party_type", "origin", "destination", "quantity", "unit", "rate_period"),
    *("usage_code", "airtime", "extra", "tax", "description"),
)
UNMAPPED = sa.text("counts IS NULL AND kind = 'voice'")
OPEN = "('prepared', 'released', 'in_review')"
USES = """
INSERT INTO code_use
    (bill_id, code, kind, usage_class, counts, items, minutes, charged)
SELECT bill_id, usage_code, kind, usage_class, counts, count(*),
    sum(CASE WHEN kind = 'voice' THEN (quantity + 999) / 1000 ELSE 0 END),
    sum(airtime + extra + tax)
FROM usage_item
GROUP BY bill_id, usage_code, kind, usage_class, counts
"""
# A call under a code nobody has mapped no longer counts as one of the plan. What was
# signed stays as it was signed.
BEGUN = "coalesce(sum((item.quantity + 999) / 1000), 0)"
KNOWN = "item.bill_id = bill.id AND item.kind = 'voice' AND item.counts"
RECOUNT = f"""
UPDATE bill SET
    counted_minutes = (SELECT {BEGUN} FROM usage_item AS item WHERE {KNOWN}),
    counted_personal = (SELECT {BEGUN} FROM usage_item AS item
        JOIN item_mark AS mark ON mark.item_id = item.id
        WHERE {KNOWN} AND mark.mark = 'personal'),
    counted_incidental = (SELECT {BEGUN} FROM usage_item AS item
        JOIN item_mark AS mark ON mark.item_id = item.id
        WHERE {KNOWN} AND mark.mark = 'incidental')
WHERE state IN {OPEN} AND id IN
    (SELECT bill_id FROM code_use WHERE kind = 'voice' AND counts IS NULL)
"""


def upgrade() -> None:
    _codes()
    _what_the_files_hold()
    op.execute(USES)
    op.execute(RECOUNT)
    for table in FROZEN:
        _freeze(table)
    if op.get_bind().dialect.name == "sqlite":
        _open_treatment_sqlite()
    else:
        _open_treatment()


def _codes() -> None:
    op.create_table(
        "rate_code",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("employer_id", sa.Integer(), nullable=False),
        sa.Column("carrier", sa.String(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("period", sa.String(), nullable=False),
        sa.Column("feature", sa.String(), nullable=False),
        sa.Column("is_exact", sa.Boolean(), nullable=False),
        sa.Column("usage_class", sa.String(), nullable=False),
        sa.Column("counts", sa.Boolean(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("set_by", sa.Integer(), nullable=False),
        sa.Column("set_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("idempotency_key", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["employer_id"], ["employer.id"], name=op.f("fk_rate_code_employer_id")
        ),
        sa.ForeignKeyConstraint(
            ["set_by"], ["person.id"], name=op.f("fk_rate_code_set_by")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rate_code")),
        sa.UniqueConstraint(
            "idempotency_key", name=op.f("uq_rate_code_idempotency_key")
        ),
    )
    op.create_index(op.f("ix_rate_code_employer_id"), "rate_code", ["employer_id"])
    op.create_table(
        "rate_code_withdrawal",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("rate_code_id", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("withdrawn_by", sa.Integer(), nullable=False),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["rate_code_id"],
            ["rate_code.id"],
            name=op.f("fk_rate_code_withdrawal_rate_code_id"),
        ),
        sa.ForeignKeyConstraint(
            ["withdrawn_by"],
            ["person.id"],
            name=op.f("fk_rate_code_withdrawal_withdrawn_by"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rate_code_withdrawal")),
        sa.UniqueConstraint(
            "rate_code_id", name=op.f("uq_rate_code_withdrawal_rate_code_id")
        ),
    )


def _what_the_files_hold() -> None:
    op.create_table(
        "code_use",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("bill_id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("usage_class", sa.String(), nullable=False),
        sa.Column("counts", sa.Boolean(), nullable=True),
        sa.Column("items", sa.Integer(), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("charged", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["bill_id"], ["bill.id"], name=op.f("fk_code_use_bill_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_code_use")),
    )
    op.create_index(op.f("ix_code_use_bill_id"), "code_use", ["bill_id"])
    op.create_index(
        "ix_code_use_unmapped",
        "code_use",
        ["code"],
        sqlite_where=UNMAPPED,
        postgresql_where=UNMAPPED,
    )
    op.create_table(
        "code_legend",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("invoice_id", sa.Integer(), nullable=False),
        sa.Column("carrier", sa.String(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("period", sa.String(), nullable=False),
        sa.Column("feature", sa.String(), nullable=False),
        sa.Column("words", sa.String(), nullable=False),
        sa.Column("usage_class", sa.String(), nullable=False),
        sa.Column("counts", sa.Boolean(), nullable=True),
        sa.ForeignKeyConstraint(
            ["invoice_id"], ["invoice.id"], name=op.f("fk_code_legend_invoice_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_code_legend")),
    )
    op.create_index(op.f("ix_code_legend_invoice_id"), "code_legend", ["invoice_id"])


def _freeze(table: str) -> None:
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
    op.execute(
        f"CREATE TRIGGER {table}_kept BEFORE TRUNCATE ON {table} "
        "FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()"
    )


def _open_treatment_sqlite() -> None:
    words = WORDS.format(table="usage_item")
    op.execute("DROP TRIGGER usage_item_no_update")
    op.execute(
        f"CREATE TRIGGER usage_item_no_update BEFORE UPDATE OF {', '.join(SAID)} "
        f"ON usage_item BEGIN SELECT RAISE(ABORT, '{words}'); END"
    )
    op.execute(
        "CREATE TRIGGER usage_item_signed BEFORE UPDATE OF usage_class, counts "
        "ON usage_item WHEN (SELECT state FROM bill WHERE id = OLD.bill_id) "
        f"NOT IN {OPEN} BEGIN SELECT RAISE(ABORT, '{words}'); END"
    )


def _open_treatment() -> None:
    op.execute(
        "CREATE FUNCTION refuse_change_of_item() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN "
        "IF to_jsonb(NEW) - 'usage_class' - 'counts' "
        "IS DISTINCT FROM to_jsonb(OLD) - 'usage_class' - 'counts' "
        f"OR (SELECT state FROM bill WHERE id = OLD.bill_id) NOT IN {OPEN} THEN "
        "RAISE EXCEPTION 'rows of usage_item are kept as they were written'; "
        "END IF; RETURN NEW; END $$"
    )
    op.execute("DROP TRIGGER usage_item_frozen ON usage_item")
    op.execute(
        "CREATE TRIGGER usage_item_frozen BEFORE DELETE ON usage_item "
        "FOR EACH ROW EXECUTE FUNCTION refuse_change()"
    )
    op.execute(
        "CREATE TRIGGER usage_item_said BEFORE UPDATE ON usage_item "
        "FOR EACH ROW EXECUTE FUNCTION refuse_change_of_item()"
    )


def downgrade() -> None:
    for table in ("code_legend", "code_use", "rate_code_withdrawal", "rate_code"):
        op.drop_table(table)
    words = WORDS.format(table="usage_item")
    if op.get_bind().dialect.name == "sqlite":
        op.execute("DROP TRIGGER usage_item_signed")
        op.execute("DROP TRIGGER usage_item_no_update")
        op.execute(
            "CREATE TRIGGER usage_item_no_update BEFORE UPDATE ON usage_item "
            f"BEGIN SELECT RAISE(ABORT, '{words}'); END"
        )
        return
    op.execute("DROP TRIGGER usage_item_said ON usage_item")
    op.execute("DROP TRIGGER usage_item_frozen ON usage_item")
    op.execute("DROP FUNCTION refuse_change_of_item()")
    op.execute(
        "CREATE TRIGGER usage_item_frozen BEFORE UPDATE OR DELETE ON usage_item "
        "FOR EACH ROW EXECUTE FUNCTION refuse_change()"
    )
