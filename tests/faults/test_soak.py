"""A short soak: `make soak` is the long one. Whoever breaks the long one finds the seed in its first line."""

from pathlib import Path

import pytest

from tests.faults.soak import soak

KILLS = 12


@pytest.mark.requirement("R-062", "R-064")
@pytest.mark.timeout(300)
def test_random_kills_under_work_with_a_bad_broker_and_a_moving_clock_leave_no_difference(tmp_path: Path) -> None:
    tally = soak(tmp_path / "house", "short", KILLS)
    assert tally.commands > KILLS
