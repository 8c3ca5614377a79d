"""Run the migrations, on SQLite and PostgreSQL alike (docs/decisions/0007).

Foreign keys are off on SQLite while tables are rebuilt: dropping a parent would
otherwise delete its children. They are checked at the end, before the commit.
"""

from sqlalchemy import Connection, text
from sqlalchemy.types import TypeDecorator
from sqlmodel import SQLModel
from sqlmodel.sql.sqltypes import AutoString

from alembic import context
from mobile_selfservice import models  # noqa: F401  the tables register themselves
from mobile_selfservice.database import open_engine
from mobile_selfservice.settings import settings


def render_item(kind, item, _autogen_context):
    """Write plain SQLAlchemy types: an old migration must not depend on our classes."""
    if kind != "type":
        return False
    if isinstance(item, AutoString):
        return f"sa.String(length={item.length})" if item.length else "sa.String()"
    if isinstance(item, TypeDecorator):
        return f"sa.{item.impl!r}"
    return False


def migrate(connection: Connection) -> None:
    """Bring one database to the newest revision, all or nothing."""
    is_sqlite = connection.dialect.name == "sqlite"
    context.configure(
        connection=connection,
        target_metadata=SQLModel.metadata,
        render_as_batch=is_sqlite,
        compare_type=True,
        render_item=render_item,
        transactional_ddl=True,
    )
    with context.begin_transaction():
        context.run_migrations()
        if is_sqlite and connection.execute(text("PRAGMA foreign_key_check")).first():
            raise RuntimeError("the migration left rows that point nowhere")


url = context.config.attributes.get("url") or settings().database_url
engine = open_engine(url)
with engine.connect() as connection:
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql("ROLLBACK")  # the pragma works outside transactions
        connection.exec_driver_sql("PRAGMA foreign_keys=OFF")
        connection.exec_driver_sql("BEGIN IMMEDIATE")
    migrate(connection)
    connection.commit()
engine.dispose()
