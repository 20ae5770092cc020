"""What every test may ask for: the event loop, a clock to move, a host in this process, a host as a process of its own."""

from pathlib import Path

import pytest

from tests.clocks import MovableClock


@pytest.fixture(scope="session")
def anyio_backend() -> str:
    return "asyncio"


@pytest.fixture
def clock(tmp_path: Path) -> MovableClock:
    """Give a clock file outside the data folder; Tuesday, 24 November 2026, 15:00 UTC until the test moves it."""
    return MovableClock(tmp_path / "clock")
