"""What every host promises of the clock."""

import datetime as dt
from pathlib import Path

import pytest

from taskora.domain.errors import CannotStart
from tests.clocks import MovableClock
from tests.contracts.conftest import EmbeddedWorld

pytestmark = pytest.mark.anyio


async def test_now_is_the_present_in_utc(world: EmbeddedWorld) -> None:
    before = dt.datetime.now(dt.UTC)
    now = world.clock(None).now()
    assert before <= now <= dt.datetime.now(dt.UTC)
    assert now.utcoffset() == dt.timedelta(0)


async def test_a_clock_file_stands_for_the_present_and_is_followed(world: EmbeddedWorld, tmp_path: Path) -> None:
    file = MovableClock(tmp_path / "clock", "2026-11-24T09:00:00-05:00")
    clock = world.clock(file.path)
    assert clock.now() == dt.datetime(2026, 11, 24, 14, tzinfo=dt.UTC)
    file.advance(days=2)
    assert clock.now() == dt.datetime(2026, 11, 26, 14, tzinfo=dt.UTC)
    file.advance(days=-1)
    assert clock.now() == dt.datetime(2026, 11, 25, 14, tzinfo=dt.UTC)


@pytest.mark.parametrize("content", ["", "noon", "2026-11-24T09:00:00"])
async def test_a_clock_file_without_an_instant_is_refused(world: EmbeddedWorld, tmp_path: Path, content: str) -> None:
    (tmp_path / "clock").write_text(content)
    with pytest.raises(CannotStart, match="clock"):
        world.clock(tmp_path / "clock")
    with pytest.raises(CannotStart, match="missing"):
        world.clock(tmp_path / "missing")
