"""Keep how the columns of other files are mapped.

Revision ID: 0009
Revises: 0008
"""

import sqlalchemy as sa

from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

FROZEN = ("column_profile",)
WORDS = "rows of {table} are kept as they were written"


def upgrade() -> None:
    op.create_table(
        "column_profile",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("employer_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("carrier", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("is_retired", sa.Boolean(), nullable=False),
        sa.Column("sample", sa.JSON(), nullable=False),
        sa.Column("saved_by", sa.Integer(), nullable=False),
        sa.Column("saved_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["employer_id"],
            ["employer.id"],
            name=op.f("fk_column_profile_employer_id"),
        ),
        sa.ForeignKeyConstraint(
            ["saved_by"], ["person.id"], name=op.f("fk_column_profile_saved_by")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_column_profile")),
        sa.UniqueConstraint(
            "employer_id",
            "name",
            "version",
            name=op.f("uq_column_profile_employer_id_name_version"),
        ),
    )
    op.create_index(
        op.f("ix_column_profile_employer_id"), "column_profile", ["employer_id"]
    )
    _create_samples_and_uses()
    _freeze()


def _create_samples_and_uses() -> None:
    op.create_table(
        "profile_sample",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("employer_id", sa.Integer(), nullable=False),
        sa.Column("files", sa.JSON(), nullable=False),
        sa.Column("kept_by", sa.Integer(), nullable=False),
        sa.Column("kept_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["employer_id"],
            ["employer.id"],
            name=op.f("fk_profile_sample_employer_id"),
        ),
        sa.ForeignKeyConstraint(
            ["kept_by"], ["person.id"], name=op.f("fk_profile_sample_kept_by")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_profile_sample")),
    )
    op.create_index(
        op.f("ix_profile_sample_employer_id"), "profile_sample", ["employer_id"]
    )
    op.create_table(
        "profile_use",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("profile_id", sa.Integer(), nullable=False),
        sa.Column("import_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["profile_id"],
            ["column_profile.id"],
            name=op.f("fk_profile_use_profile_id"),
        ),
        sa.ForeignKeyConstraint(
            ["import_id"],
            ["invoice_import.id"],
            name=op.f("fk_profile_use_import_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_profile_use")),
        sa.UniqueConstraint(
            "import_id", "profile_id", name=op.f("uq_profile_use_import_id_profile_id")
        ),
    )
    op.create_index(op.f("ix_profile_use_profile_id"), "profile_use", ["profile_id"])


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
    op.drop_table("profile_use")
    op.drop_table("profile_sample")
    op.drop_table("column_profile")
