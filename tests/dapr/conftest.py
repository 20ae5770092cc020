"""Redis and the scheduler for a session of tests; each test uses its own topics' names by its own sidecars' databases."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.dapr.stack import Redis, Scheduler, started


@pytest.fixture(scope="session")
def redis(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Redis]:
    server = Redis(tmp_path_factory.mktemp("redis"))
    with started(server):
        yield server


@pytest.fixture(scope="session")
def scheduler(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Scheduler]:
    server = Scheduler(tmp_path_factory.mktemp("scheduler"))
    with started(server):
        yield server


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path
