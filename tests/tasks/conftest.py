"""A task service of its own for every test, on either database system."""

from collections.abc import AsyncIterator

import pytest

from taskora.api.client import TasksClient
from taskora.storage.database import Database
from tests.tasks.world import World


@pytest.fixture
async def world(database_url: str, anyio_backend: str) -> AsyncIterator[World]:  # noqa: ARG001  the loop comes first
    database = Database(database_url)
    yield World(database)
    await database.close()


@pytest.fixture
def ada(world: World) -> TasksClient:
    return world.client("ada")


@pytest.fixture
def bob(world: World) -> TasksClient:
    return world.client("bob")
