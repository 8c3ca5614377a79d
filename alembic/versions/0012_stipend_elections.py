"""Keep elections of a stipend, the proofs of a contract, and when a stipend pauses.

Revision ID: 0012
Revises: 0011
"""

import sqlalchemy as sa

from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

FROZEN = ("election_decision", "proof_request")
WORDS = "rows of {table} are kept as they were written"
ONE_OPEN = sa.text("state IN ('draft', 'asked', 'approved', 'with_payroll')")
MONEY = sa.BigInteger()
MOMENT = sa.DateTime(timezone=True)
PAUSE_FIXED = (
    "id",
    "stipend_id",
    "cause",
    "paused_from",
    "reason",
    "made_by",
    "made_at",
)
PROOF_FIXED = (
    "id",
    "employer_id",
    "person_id",
    "carrier",
    "plan",
    "monthly_cost",
    "is_prepaid",
    "is_active",
    "contract_end",
    "file_name",
    "file_kind",
    "file_sha256",
    "file_size",
    "typed_at",
    "handed_in_on",
)
STIPEND_FIXED = (
    "id",
    "person_id",
    "stipend_class",
    "monthly_amount",
    "out_of_pocket",
    "held_from",
    "authority",
)


def upgrade() -> None:
    _create_proofs()
    _create_elections()
    _create_pauses()
    _rebuild_stipend("held_until >= held_from")
    for table in FROZEN:
        _freeze(table)
    _guard("stipend_pause", PAUSE_FIXED, "paused_until", "paused_until IS NOT NULL")
    _guard("contract_proof", PROOF_FIXED, "", "state <> 'draft'")


def downgrade() -> None:
    op.drop_table("stipend_pause")
    op.drop_table("election_decision")
    op.drop_table("proof_request")
    op.drop_table("stipend_election")
    op.drop_table("contract_proof")
    _remove_called_off()
    _rebuild_stipend("held_until > held_from")


def _create_proofs() -> None:
    op.create_table(
        "contract_proof",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("employer_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("carrier", sa.String(), nullable=False),
        sa.Column("plan", sa.String(), nullable=False),
        sa.Column("monthly_cost", MONEY, nullable=False),
        sa.Column("is_prepaid", sa.Boolean(), nullable=False),
        sa.Column("is_active", sa.Boolean(), nullable=False),
        sa.Column("contract_end", sa.Date(), nullable=True),
        sa.Column("file_name", sa.String(), nullable=False),
        sa.Column("file_kind", sa.String(), nullable=False),
        sa.Column("file_sha256", sa.String(), nullable=False),
        sa.Column("file_size", sa.Integer(), nullable=False),
        sa.Column("typed_at", MOMENT, nullable=False),
        sa.Column("handed_in_on", sa.Date(), nullable=True),
        sa.Column("decided_by", sa.Integer(), nullable=True),
        sa.Column("decided_at", MOMENT, nullable=True),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "state IN ('draft', 'waiting', 'accepted', 'declined', 'withdrawn')",
            name=op.f("ck_contract_proof_state_known"),
        ),
        sa.CheckConstraint(
            "monthly_cost >= 0", name=op.f("ck_contract_proof_cost_not_negative")
        ),
        sa.CheckConstraint(
            "state IN ('draft', 'withdrawn') OR file_sha256 <> ''",
            name=op.f("ck_contract_proof_has_file"),
        ),
        *_people("contract_proof", "person_id", "decided_by"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contract_proof")),
    )
    _index("contract_proof", "employer_id", "person_id", "state")
    op.create_table(
        "proof_request",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("employer_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("requested_by", sa.Integer(), nullable=False),
        sa.Column("requested_at", MOMENT, nullable=False),
        sa.Column("requested_on", sa.Date(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        *_people("proof_request", "person_id", "requested_by"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_proof_request")),
    )
    _index("proof_request", "employer_id", "person_id")


def _create_elections() -> None:
    op.create_table(
        "stipend_election",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("employer_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("department_id", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("stipend_class", sa.String(), nullable=False),
        sa.Column("duties", sa.String(), nullable=False),
        sa.Column("needs_voice", sa.Boolean(), nullable=False),
        sa.Column("device_model", sa.String(), nullable=False),
        sa.Column("device_synchronizes", sa.Boolean(), nullable=False),
        sa.Column("proof_id", sa.Integer(), nullable=True),
        sa.Column("begun_at", MOMENT, nullable=False),
        sa.Column("asked_on", sa.Date(), nullable=True),
        sa.Column("approved_on", sa.Date(), nullable=True),
        sa.Column("returned_on", sa.Date(), nullable=True),
        sa.Column("penalty", MONEY, nullable=True),
        sa.Column("granted_class", sa.String(), nullable=False),
        sa.Column("monthly_amount", MONEY, nullable=True),
        sa.Column("months_waited", sa.Integer(), nullable=True),
        sa.Column("first_month", sa.Date(), nullable=True),
        sa.Column("first_amount", MONEY, nullable=True),
        sa.Column("granted_until", sa.Date(), nullable=True),
        sa.Column("last_month", sa.Date(), nullable=True),
        sa.Column("stipend_id", sa.Integer(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "state IN ('draft', 'asked', 'approved', 'with_payroll', 'deferred', "
            "'active', 'suspended', 'ended', 'refused', 'withdrawn')",
            name=op.f("ck_stipend_election_state_known"),
        ),
        sa.CheckConstraint(
            "stipend_class IN ('cell', 'smart')",
            name=op.f("ck_stipend_election_stipend_class_known"),
        ),
        *_people("stipend_election", "person_id"),
        _points("stipend_election", "department_id", "department"),
        _points("stipend_election", "proof_id", "contract_proof"),
        _points("stipend_election", "stipend_id", "stipend"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_stipend_election")),
    )
    _index(
        "stipend_election",
        "employer_id",
        "person_id",
        "department_id",
        "state",
        "stipend_id",
    )
    op.create_index(
        "ix_stipend_election_one_open",
        "stipend_election",
        ["person_id"],
        unique=True,
        sqlite_where=ONE_OPEN,
        postgresql_where=ONE_OPEN,
    )
    op.create_table(
        "election_decision",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("election_id", sa.Integer(), nullable=False),
        sa.Column("step", sa.String(), nullable=False),
        sa.Column("as_role", sa.String(), nullable=False),
        sa.Column("decided_by", sa.Integer(), nullable=True),
        sa.Column("decided_at", MOMENT, nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("facts", sa.JSON(), nullable=False),
        sa.Column("working", sa.JSON(), nullable=False),
        sa.Column("edition", sa.String(), nullable=False),
        sa.Column("content_hash", sa.String(), nullable=False),
        sa.CheckConstraint(
            "step IN ('asked', 'approved', 'checked', 'entered', 'begun', 'recorded', "
            "'suspended', 'restored', 'reopened', 'amount_changed', 'ended', "
            "'refused', 'withdrawn')",
            name=op.f("ck_election_decision_step_known"),
        ),
        _points("election_decision", "election_id", "stipend_election"),
        _points("election_decision", "decided_by", "person"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_election_decision")),
    )
    _index("election_decision", "election_id")


def _create_pauses() -> None:
    op.create_table(
        "stipend_pause",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("stipend_id", sa.Integer(), nullable=False),
        sa.Column("cause", sa.String(), nullable=False),
        sa.Column("paused_from", sa.Date(), nullable=False),
        sa.Column("paused_until", sa.Date(), nullable=True),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("made_by", sa.Integer(), nullable=True),
        sa.Column("made_at", MOMENT, nullable=False),
        sa.CheckConstraint(
            "cause IN ('proof', 'inactive', 'city_device')",
            name=op.f("ck_stipend_pause_cause_known"),
        ),
        sa.CheckConstraint(
            "paused_until IS NULL OR paused_until >= paused_from",
            name=op.f("ck_stipend_pause_forward"),
        ),
        _points("stipend_pause", "stipend_id", "stipend"),
        _points("stipend_pause", "made_by", "person"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_stipend_pause")),
    )
    _index("stipend_pause", "stipend_id")


def _people(table: str, *columns: str) -> tuple[sa.ForeignKeyConstraint, ...]:
    return (
        _points(table, "employer_id", "employer"),
        *(_points(table, column, "person") for column in columns),
    )


def _points(table: str, column: str, target: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        [column], [f"{target}.id"], name=op.f(f"fk_{table}_{column}")
    )


def _index(table: str, *columns: str) -> None:
    for column in columns:
        op.create_index(op.f(f"ix_{table}_{column}"), table, [column])


def _freeze(table: str) -> None:
    refuse = f"BEGIN SELECT RAISE(ABORT, '{WORDS.format(table=table)}'); END"
    if op.get_bind().dialect.name == "sqlite":
        for verb in ("UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER {table}_no_{verb.lower()} BEFORE {verb} ON {table} "
                f"{refuse}"
            )
        return
    op.execute(
        f"CREATE TRIGGER {table}_frozen BEFORE UPDATE OR DELETE ON {table} "
        "FOR EACH ROW EXECUTE FUNCTION refuse_change()"
    )
    _keep(table)


def _guard(table: str, fixed: tuple[str, ...], filled: str, once: str) -> None:
    """Fix columns: all along where one is filled in once, else once a row is `once`."""
    refuse = f"BEGIN SELECT RAISE(ABORT, '{WORDS.format(table=table)}'); END"
    on_postgres = "EXECUTE FUNCTION refuse_change()"
    columns = ", ".join(fixed)
    guard = "" if filled else f"(OLD.{once}) "
    if op.get_bind().dialect.name == "sqlite":
        when = f"WHEN {guard}" if guard else ""
        op.execute(
            f"CREATE TRIGGER {table}_fixed BEFORE UPDATE OF {columns} ON {table} "
            f"{when}{refuse}"
        )
        if filled:
            op.execute(
                f"CREATE TRIGGER {table}_filled BEFORE UPDATE OF {filled} ON {table} "
                f"WHEN OLD.{once} {refuse}"
            )
        op.execute(
            f"CREATE TRIGGER {table}_no_delete BEFORE DELETE ON {table} {refuse}"
        )
        return
    when = f"WHEN {guard}" if guard else ""
    op.execute(
        f"CREATE TRIGGER {table}_fixed BEFORE UPDATE OF {columns} ON {table} "
        f"FOR EACH ROW {when}{on_postgres}"
    )
    if filled:
        op.execute(
            f"CREATE TRIGGER {table}_filled BEFORE UPDATE OF {filled} ON {table} "
            f"FOR EACH ROW WHEN (OLD.{once}) {on_postgres}"
        )
    op.execute(
        f"CREATE TRIGGER {table}_no_delete BEFORE DELETE ON {table} "
        f"FOR EACH ROW {on_postgres}"
    )
    _keep(table)


def _keep(table: str) -> None:
    op.execute(
        f"CREATE TRIGGER {table}_kept BEFORE TRUNCATE ON {table} "
        "FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()"
    )


def _remove_called_off() -> None:
    """Remove stipends that never began: the older rule has no word for them."""
    bind = op.get_bind()
    trigger = "stipend_no_delete"
    if bind.dialect.name == "sqlite":
        op.execute(f"DROP TRIGGER {trigger}")
    else:
        op.execute("ALTER TABLE stipend DISABLE TRIGGER USER")
    op.execute("DELETE FROM stipend WHERE held_until = held_from")
    if bind.dialect.name != "sqlite":
        op.execute("ALTER TABLE stipend ENABLE TRIGGER USER")


def _rebuild_stipend(forward: str) -> None:
    """Say anew which ranges a stipend may have; an empty one was called off.

    SQLite cannot change a check, so the table is built anew there with its triggers.
    """
    check = f"held_until IS NULL OR {forward}"
    name = op.f("ck_stipend_forward")
    if op.get_bind().dialect.name != "sqlite":
        op.drop_constraint(name, "stipend", type_="check")
        op.create_check_constraint(name, "stipend", check)
        return
    # Others point to `stipend` by its name, so the new one is built under another.
    op.create_table(
        "stipend_anew",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("stipend_class", sa.String(), nullable=False),
        sa.Column("monthly_amount", MONEY, nullable=False),
        sa.Column("out_of_pocket", MONEY, nullable=False),
        sa.Column("held_from", sa.Date(), nullable=False),
        sa.Column("held_until", sa.Date(), nullable=True),
        sa.Column("authority", sa.String(), nullable=False),
        sa.CheckConstraint(
            "stipend_class IN ('cell', 'smart')",
            name=op.f("ck_stipend_stipend_class_known"),
        ),
        sa.CheckConstraint(
            "monthly_amount >= 0", name=op.f("ck_stipend_amount_not_negative")
        ),
        sa.CheckConstraint(
            "out_of_pocket >= 0", name=op.f("ck_stipend_cost_not_negative")
        ),
        sa.CheckConstraint(check, name=name),
        _points("stipend", "person_id", "person"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_stipend")),
    )
    columns = (
        "id, person_id, stipend_class, monthly_amount, out_of_pocket, held_from, "
        "held_until, authority"
    )
    op.execute(f"INSERT INTO stipend_anew ({columns}) SELECT {columns} FROM stipend")
    op.execute("DROP TABLE stipend")
    op.execute("ALTER TABLE stipend_anew RENAME TO stipend")
    op.create_index(op.f("ix_stipend_person_id"), "stipend", ["person_id"])
    _guard_stipend_again()


def _guard_stipend_again() -> None:
    refuse = f"BEGIN SELECT RAISE(ABORT, '{WORDS.format(table='stipend')}'); END"
    fixed = ", ".join(STIPEND_FIXED)
    op.execute(
        f"CREATE TRIGGER stipend_fixed BEFORE UPDATE OF {fixed} ON stipend {refuse}"
    )
    op.execute(
        "CREATE TRIGGER stipend_ended BEFORE UPDATE OF held_until ON stipend "
        f"WHEN OLD.held_until IS NOT NULL {refuse}"
    )
    op.execute(f"CREATE TRIGGER stipend_no_delete BEFORE DELETE ON stipend {refuse}")
