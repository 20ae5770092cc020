"""A short soak: `make soak` is the long one. Whoever breaks the long one finds the seed in its first line.

And the proof that it would find something: hosts with a defect are soaked, and each defect is found.
"""

from pathlib import Path

import pytest

from tests.faults.soaking.broken import DEFECTS
from tests.faults.soaking.round import run

SEED = "200 kills"
KILLS = 100
ROUNDS = 2
SEEN_BY_ASKING_AGAIN = {"key forgotten": (8, 600)}
"""Kills and commands for a defect that shows only to somebody whose answer a kill took: the run ends with the first of them."""


@pytest.mark.requirement("R-030", "R-058", "R-062", "R-064", "R-065")
@pytest.mark.timeout(900)
@pytest.mark.parametrize("number", range(ROUNDS))
def test_a_hundred_kills_under_work_with_a_bad_broker_and_a_moving_clock_leave_no_difference(
    tmp_path: Path, number: int
) -> None:
    tally = run(tmp_path / "house", f"{SEED}.{number}", KILLS)
    assert tally.kills == KILLS
    assert tally.changes > KILLS


@pytest.mark.timeout(300)
def test_kills_at_drawn_places_leave_no_difference_and_are_the_same_every_time(tmp_path: Path) -> None:
    first, second = (run(tmp_path / name, "steady", 6, steady=True) for name in ("first", "second"))
    assert (first.commands, first.changes, first.tasks) == (second.commands, second.changes, second.tasks)
    assert first.changes > 6


@pytest.mark.timeout(300)
@pytest.mark.parametrize("defect", DEFECTS)
def test_a_host_with_a_defect_is_found_out(tmp_path: Path, defect: str) -> None:
    kills, least = SEEN_BY_ASKING_AGAIN.get(defect, (2, 150))
    with pytest.raises(AssertionError, match=DEFECTS[defect]):
        run(tmp_path / "house", "defects", kills, people=4, least=least, broken=defect)
