"""Redis and the scheduler of a session of tests, and two services with sidecars: one that calls and one that is called."""

from collections.abc import AsyncIterator, Iterator
from contextlib import AsyncExitStack
from pathlib import Path

import pytest

from taskora.runtime.ports import Inbound
from tests.contracts.echo import app as echo
from tests.dapr.resources import component, write
from tests.dapr.stack import Member, Redis, Scheduler, started


@pytest.fixture(scope="session")
def session_redis(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Redis]:
    server = Redis(tmp_path_factory.mktemp("redis"))
    with started(server):
        yield server


@pytest.fixture
def redis(session_redis: Redis) -> Redis:
    """Give an empty Redis."""
    session_redis.say("FLUSHALL")
    return session_redis


@pytest.fixture(scope="session")
def scheduler(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Scheduler]:
    server = Scheduler(tmp_path_factory.mktemp("scheduler"))
    with started(server):
        yield server


@pytest.fixture(scope="session")
async def base(session_redis: Redis, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Member]:
    """Give a service that has state and secrets and can call `echo`."""
    folder: Path = tmp_path_factory.mktemp("base")
    (folder / "secrets.json").write_text('{"signing-key": "a secret of thirty-two bytes or more"}')
    resources = write(
        folder / "resources",
        [
            component("statestore", "state.redis", {"redisHost": session_redis.address}),
            component("secretstore", "secretstores.local.file", {"secretsFile": str(folder / "secrets.json")}),
        ],
    )
    caller = Member(Inbound("caller"), [resources], folder)
    async with AsyncExitStack() as running:
        await running.enter_async_context(Member(Inbound("echo"), [resources], folder, app=echo).running())
        yield await running.enter_async_context(caller.running())
