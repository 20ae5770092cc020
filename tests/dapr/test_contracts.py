"""What every host promises, on Dapr: the very tests of tests/contracts, over real sidecars.

Two promises are the embedded broker's alone and stand with it: the order of a user's events (here several workers deliver side
by side, and no consumer relies on it) and that a repeated publish of what still waits is ignored (here the inbox does that).
"""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.contracts.test_invoke import *  # noqa: F403  every test of it
from tests.contracts.test_publish import *  # noqa: F403  the same
from tests.contracts.test_state import *  # noqa: F403  the same
from tests.dapr.stack import Member, Redis
from tests.dapr.world import DaprWorld

del test_events_of_a_user_come_in_order, test_a_repeated_publish_of_what_still_waits_is_ignored  # noqa: F821  see above


@pytest.fixture
async def world(base: Member, redis: Redis, tmp_path: Path) -> AsyncIterator[DaprWorld]:
    host = DaprWorld(base, redis, tmp_path)
    yield host
    await host.restart()
