"""Fresh databases for tests, of either system, at the present revision: copies of one that was migrated once a session."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from taskora.storage.migration import migrate
from tests import postgresql

SYSTEMS = ("sqlite", "postgresql")


@pytest.fixture(scope="session")
def postgresql_server() -> Iterator[postgresql.Server]:
    """Give the session's server."""
    server = postgresql.Server()
    try:
        server.start()
        yield server
    finally:
        server.stop()


@pytest.fixture(scope="session")
def migrated_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a SQLite file at the present revision, to be copied."""
    path = tmp_path_factory.mktemp("migrated") / "taskora.db"
    migrate(f"sqlite:///{path}")
    return path


@pytest.fixture(params=SYSTEMS)
def database_url(request: pytest.FixtureRequest) -> Iterator[str]:
    """Give a database of its own to a test, which runs once on each system."""
    if request.param == "sqlite":
        yield request.getfixturevalue("sqlite_url")
    else:
        yield request.getfixturevalue("postgresql_url")


@pytest.fixture
def sqlite_url(tmp_path: Path, migrated_file: Path) -> str:
    """Give a SQLite file of its own."""
    path = tmp_path / "taskora.db"
    shutil.copy(migrated_file, path)
    return f"sqlite:///{path}"


@pytest.fixture
def postgresql_url(postgresql_server: postgresql.Server) -> Iterator[str]:
    """Give a PostgreSQL database of its own."""
    url = postgresql_server.migrated()
    yield url
    postgresql_server.drop(url)
