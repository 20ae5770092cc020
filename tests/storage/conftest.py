"""A migrated database in a folder of its own, and the door to it."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from taskora.storage.database import Database
from taskora.storage.migration import migrate


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "data" / "taskora.db"


@pytest.fixture
def url(path: Path) -> str:
    address = f"sqlite:///{path}"
    migrate(address)
    return address


@pytest.fixture
async def database(url: str, anyio_backend: str) -> AsyncIterator[Database]:  # noqa: ARG001  the loop comes first
    database = Database(url)
    yield database
    await database.close()
