"""A task service of its own for every test, over a copy of a database that was migrated once."""

import shutil
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from taskora.api.client import TasksClient
from taskora.storage.database import Database
from taskora.storage.migration import migrate
from tests.tasks.world import World


@pytest.fixture(scope="session")
def migrated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("migrated") / "taskora.db"
    migrate(f"sqlite:///{path}")
    return path


@pytest.fixture
async def world(tmp_path: Path, migrated: Path, anyio_backend: str) -> AsyncIterator[World]:  # noqa: ARG001  the loop comes first
    path = tmp_path / "taskora.db"
    shutil.copy(migrated, path)
    database = Database(f"sqlite:///{path}")
    yield World(database)
    await database.close()


@pytest.fixture
def ada(world: World) -> TasksClient:
    return world.client("ada")


@pytest.fixture
def bob(world: World) -> TasksClient:
    return world.client("bob")
