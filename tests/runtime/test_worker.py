"""Workers: rounds that are woken, that rest, and that go on after failures."""

import asyncio

import pytest

from taskora.domain.errors import Unavailable
from taskora.runtime.worker import Backoff, Worker
from tests.waiting import until

pytestmark = pytest.mark.anyio
QUICK = Backoff(0.001, 0.01)


def test_pauses_double_up_to_the_cap() -> None:
    backoff = Backoff(0.1, 1.0)
    assert [round(backoff.pause(failures), 3) for failures in (1, 2, 3, 4, 5, 1000)] == [0.1, 0.2, 0.4, 0.8, 1.0, 1.0]


async def test_a_worker_at_rest_does_a_round_when_it_is_woken() -> None:
    rounds: list[int] = []

    async def work() -> None:
        rounds.append(1)

    worker = Worker("test", work, QUICK)
    worker.start()
    await until(lambda: len(rounds) == 1)
    worker.wake()
    await until(lambda: len(rounds) == 2)
    await worker.stop()


async def test_a_wake_during_a_round_is_not_lost() -> None:
    rounds: list[int] = []

    async def work() -> None:
        rounds.append(1)
        if len(rounds) == 1:
            worker.wake()

    worker = Worker("test", work, QUICK)
    worker.start()
    await until(lambda: len(rounds) == 2)
    await worker.stop()


@pytest.mark.parametrize("failure", [Unavailable("away"), RuntimeError("a defect")])
async def test_a_worker_goes_on_after_failures(failure: Exception) -> None:
    rounds: list[int] = []

    async def work() -> None:
        rounds.append(1)
        if len(rounds) < 4:
            raise failure

    worker = Worker("test", work, QUICK)
    worker.start()
    await until(lambda: len(rounds) == 4)
    await worker.stop()


async def test_wakes_do_not_shorten_the_pause_after_a_failure() -> None:
    rounds: list[int] = []

    async def work() -> None:
        rounds.append(1)
        raise Unavailable("away")

    worker = Worker("test", work, Backoff(60.0, 60.0))
    worker.start()
    await until(lambda: rounds)
    for _ in range(20):
        worker.wake()
        await asyncio.sleep(0)
    assert len(rounds) == 1
    await worker.stop()


async def test_a_stop_breaks_off_a_round_that_does_not_end() -> None:
    broken_off: list[bool] = []

    async def work() -> None:
        try:
            await asyncio.Event().wait()
        finally:
            broken_off.append(True)

    worker = Worker("test", work, QUICK)
    worker.start()
    await asyncio.sleep(0)
    await worker.stop(grace=0.01)
    assert broken_off == [True]
