"""What every test may ask for: the event loop, a clock to move, a host in this process, a host as a process of its own."""

from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.clocks import MovableClock

pytest_plugins = ["tests.databases"]

if TYPE_CHECKING:
    from tests.hosts import HostProcess, LocalHost


@pytest.fixture(scope="session")
def anyio_backend() -> str:
    return "asyncio"


@pytest.fixture
def clock(tmp_path: Path) -> MovableClock:
    """Give a clock file outside the data folder; Tuesday, 24 November 2026, 10:00 in New York until the test moves it."""
    return MovableClock(tmp_path / "clock")


@pytest.fixture
async def host(tmp_path: Path, clock: MovableClock) -> "AsyncIterator[LocalHost]":
    """Give a host in this process, with an empty folder, whose person lives in New York."""
    from tests.hosts import LocalHost  # noqa: PLC0415  a test of pure code does not wait for a host's imports

    local = await LocalHost.start(tmp_path / "data", clock)
    yield local
    await local.close()


@pytest.fixture
def host_process(tmp_path: Path, clock: MovableClock) -> "Iterator[HostProcess]":
    """Give a host that runs as `taskora up` does, with an empty folder, whose person lives in New York."""
    from tests.hosts import HostProcess  # noqa: PLC0415  the same

    process = HostProcess(tmp_path / "data", clock)
    process.start()
    yield process
    process.stop()
