"""What every host promises of intervals."""

import datetime as dt

import pytest

from taskora.domain.errors import Unavailable
from taskora.runtime.ports import Interval
from tests.contracts.conftest import EmbeddedWorld
from tests.waiting import until

pytestmark = pytest.mark.anyio
SECOND = dt.timedelta(seconds=1)


async def test_rounds_come_again_and_again(world: EmbeddedWorld) -> None:
    rounds: list[int] = []

    async def run() -> None:
        rounds.append(1)

    await world.intervals(Interval("steady-cron", SECOND, run))
    await until(lambda: len(rounds) >= 3)


@pytest.mark.parametrize("failure", [Unavailable("away"), RuntimeError("a defect")])
async def test_a_round_that_fails_ends_neither_the_interval_nor_others(
    world: EmbeddedWorld, failure: Exception
) -> None:
    bad: list[int] = []
    good: list[int] = []

    async def fail() -> None:
        bad.append(1)
        raise failure

    async def run() -> None:
        good.append(1)

    await world.intervals(Interval("failing-cron", SECOND, fail), Interval("steady-cron", SECOND, run))
    await until(lambda: len(bad) >= 2 and len(good) >= 2)


async def test_a_round_does_not_begin_before_the_last_one_has_ended(world: EmbeddedWorld) -> None:
    within = 0
    rounds: list[int] = []

    async def run() -> None:
        nonlocal within
        within += 1
        rounds.append(within)
        if len(rounds) == 1:
            await until(lambda: len(beats) >= 3)
        within -= 1

    beats: list[int] = []

    async def beat() -> None:
        beats.append(1)

    await world.intervals(Interval("slow-cron", SECOND, run), Interval("steady-cron", SECOND, beat))
    await until(lambda: len(rounds) >= 2)
    assert rounds == [1] * len(rounds)
