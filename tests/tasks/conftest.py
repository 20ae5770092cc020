"""A task service of its own for every test."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from taskora.api.client import TasksClient
from taskora.storage.database import Database
from taskora.storage.migration import migrate
from tests.tasks.world import World


@pytest.fixture
async def world(tmp_path: Path, anyio_backend: str) -> AsyncIterator[World]:  # noqa: ARG001  the loop comes first
    url = f"sqlite:///{tmp_path / 'taskora.db'}"
    migrate(url)
    database = Database(url)
    yield World(database)
    await database.close()


@pytest.fixture
def ada(world: World) -> TasksClient:
    return world.client("ada")


@pytest.fixture
def bob(world: World) -> TasksClient:
    return world.client("bob")
