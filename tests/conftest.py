"""Fixtures every test may ask for: a real database of each kind, migrated for real.

`session` runs a test on SQLite and again on PostgreSQL. PostgreSQL comes from
TEST_DATABASE_URL, else from the `pgserver` wheel; without either the tests fail: one
that passes by skipping proves nothing.
"""

import gc
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

os.environ.setdefault("DATA_DIR", tempfile.mkdtemp(prefix="portal-test-"))
os.environ.setdefault("XDG_RUNTIME_DIR", os.environ["DATA_DIR"])
os.environ.setdefault("SECRET_KEY", "a key for tests only, never for a city")

from sqlalchemy import Engine, text
from sqlalchemy.engine import make_url
from sqlmodel import Session

from mobile_selfservice.database import open_engine
from tests.factories import Factory

ROOT = Path(__file__).parents[1]
# Which part of `make test` this is; parts that run side by side share nothing.
PART = os.environ.get("TESTS_PART", "")


def migrate(url: str, target: str = "head") -> None:
    """Bring a database to a revision, as an operator would."""
    subprocess.run(
        [sys.executable, "-m", "alembic", "upgrade", target],
        cwd=ROOT,
        env={**os.environ, "DATABASE_URL": url},
        check=True,
        capture_output=True,
    )


@pytest.fixture(scope="session")
def migrated_sqlite(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Migrate one empty SQLite file, to be copied for each test."""
    path = tmp_path_factory.mktemp("sqlite") / "empty.db"
    migrate(f"sqlite:///{path}")
    engine = open_engine(f"sqlite:///{path}")
    with engine.connect() as connection:
        connection.exec_driver_sql("ROLLBACK")
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
        connection.exec_driver_sql("BEGIN")
    engine.dispose()
    return path


@pytest.fixture(scope="session")
def postgres_url() -> Iterator[str]:
    """Return the address of a PostgreSQL server for tests.

    Its folder is not pytest's: another run would sweep that away under the server.
    """
    if given := os.environ.get("TEST_DATABASE_URL"):
        yield given
        return
    import pgserver

    folder = tempfile.mkdtemp(prefix="portal-postgres-")
    server = pgserver.get_server(folder)
    yield server.get_uri()
    server.cleanup()
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="session")
def migrated_postgres(postgres_url: str) -> str:
    """Migrate one empty database, to be used as a template for each test."""
    url = _database_named(postgres_url, f"portal_template{PART}", anew=True)
    migrate(url)
    return url


def _database_named(
    server: str, name: str, *, anew: bool, template: str = "template1"
) -> str:
    admin = open_engine(server).execution_options(isolation_level="AUTOCOMMIT")
    with admin.connect() as connection:
        if anew:
            connection.execute(text(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)"))
            connection.execute(text(f"CREATE DATABASE {name} TEMPLATE {template}"))
    admin.dispose()
    made = make_url(server).set(database=name)
    return made.render_as_string(hide_password=False)


KINDS = ["sqlite", "postgresql"]


@pytest.fixture(scope="session")
def new_database(request: pytest.FixtureRequest) -> Callable[[str, Path], str]:
    """Return a function that makes a fresh, migrated database of a kind."""

    def make(kind: str, folder: Path) -> str:
        if kind == "sqlite":
            return _copied_sqlite(request, folder)
        template = make_url(request.getfixturevalue("migrated_postgres")).database
        server = request.getfixturevalue("postgres_url")
        name = f"portal_test{PART}"
        return _database_named(server, name, anew=True, template=str(template))

    return make


@pytest.fixture(params=KINDS)
def database_url(
    request: pytest.FixtureRequest,
    tmp_path: Path,
    new_database: Callable[[str, Path], str],
) -> str:
    """Return a fresh, migrated database of each kind in turn, for acts that commit."""
    return new_database(request.param, tmp_path)


@pytest.fixture(scope="session")
def shared_postgres(postgres_url: str, migrated_postgres: str) -> Iterator[Engine]:
    """One migrated database for every test that rolls back."""
    template = str(make_url(migrated_postgres).database)
    url = _database_named(
        postgres_url, f"portal_shared{PART}", anew=True, template=template
    )
    made = open_engine(url)
    yield made
    made.dispose()


@pytest.fixture(params=KINDS)
def engine(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Engine]:
    """Give an engine on an empty, migrated database of each kind in turn."""
    if request.param == "postgresql":
        yield request.getfixturevalue("shared_postgres")
        return
    made = open_engine(_copied_sqlite(request, tmp_path))
    yield made
    made.dispose()


@pytest.fixture
def session(engine: Engine) -> Iterator[Session]:
    """Give one changing session, rolled back at the end."""
    writer = engine.execution_options(writer=True)
    with Session(writer, expire_on_commit=False) as session:
        yield session
        session.rollback()


@pytest.fixture
def make(session: Session) -> Factory:
    return Factory(session)


def _copied_sqlite(request: pytest.FixtureRequest, folder: Path) -> str:
    empty = request.getfixturevalue("migrated_sqlite")
    shutil.copy(empty, folder / "portal.db")
    return f"sqlite:///{folder / 'portal.db'}"


def pytest_collection_finish() -> None:
    """Leave what the libraries made out of every later search for garbage."""
    gc.freeze()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Run the browser's tests last.

    Playwright keeps an event loop running in this thread from its first test on, and
    tests of loops of our own cannot start beside it.
    """
    items.sort(key=lambda item: item.get_closest_marker("browser") is not None)
