"""What every host promises, on Dapr: the very tests of tests/contracts, over real sidecars."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.contracts.test_intervals import *  # noqa: F403  every test of it
from tests.contracts.test_invoke import *  # noqa: F403  the same
from tests.contracts.test_jobs import *  # noqa: F403  the same
from tests.contracts.test_live import *  # noqa: F403  the same
from tests.contracts.test_publish import *  # noqa: F403  the same
from tests.contracts.test_redeliver import *  # noqa: F403  the same
from tests.contracts.test_secrets import *  # noqa: F403  the same
from tests.contracts.test_state import *  # noqa: F403  the same
from tests.dapr.stack import Member, Redis, Scheduler
from tests.dapr.world import DaprWorld


@pytest.fixture
async def world(base: Member, redis: Redis, scheduler: Scheduler, tmp_path: Path) -> AsyncIterator[DaprWorld]:
    host = DaprWorld(base, redis, scheduler, tmp_path)
    yield host
    await host.restart()
