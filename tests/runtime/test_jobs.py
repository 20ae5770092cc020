"""Jobs of the embedded host: domain time, and what happens around a job that runs."""

import asyncio
import datetime as dt
from collections.abc import AsyncIterator

import pytest

from taskora.runtime.embedded.clock import open_clock
from taskora.runtime.embedded.jobs import Timer
from taskora.runtime.ports import DONE, Handled, Job
from taskora.runtime.worker import Backoff
from taskora.storage.database import Database
from tests.clocks import MovableClock
from tests.waiting import until

pytestmark = pytest.mark.anyio


class World:
    """A timer over a database, with a clock file to move."""

    def __init__(self, url: str, clock: MovableClock) -> None:
        self.clock = clock
        self.database = Database(url)
        self.done: list[Job] = []
        self.released = asyncio.Event()
        self.timer = Timer(self.database, open_clock(clock.path), pause=Backoff(0.01, 0.02))
        self.timer.add("test", {"call": self._call, "slow": self._slow})
        self.jobs = self.timer.jobs_of("test")

    async def _call(self, job: Job) -> Handled:
        self.done.append(job)
        return DONE

    async def _slow(self, job: Job) -> Handled:
        self.done.append(job)
        await self.released.wait()
        return DONE

    def at(self, **amount: float) -> dt.datetime:
        return self.clock.instant + dt.timedelta(**amount)

    async def close(self) -> None:
        await self.timer.stop()
        await self.database.close()


@pytest.fixture
async def world(database_url: str, clock: MovableClock, anyio_backend: str) -> AsyncIterator[World]:  # noqa: ARG001  the loop comes first
    made = World(database_url, clock)
    yield made
    await made.close()


async def test_a_job_is_due_by_the_clock_file_whose_change_wakes_the_timer(world: World) -> None:
    world.timer.start()
    await world.jobs.schedule("call.tomorrow", world.at(days=1), {})
    await world.jobs.schedule("call.next_week", world.at(days=7), {})
    world.clock.advance(days=1)
    await until(lambda: world.done)
    assert [job.name for job in world.done] == ["call.tomorrow"]
    world.clock.advance(days=6)
    await until(lambda: len(world.done) == 2)


async def test_jobs_that_came_due_while_nobody_ran_are_done_at_the_start(world: World) -> None:
    for number in range(250):
        await world.jobs.schedule(f"call.{number}", world.at(hours=1), {"number": number})
    world.clock.advance(days=3)
    world.timer.start()
    await until(lambda: len(world.done) >= 250)
    assert len({job.name for job in world.done}) == len(world.done) == 250


async def test_a_job_that_is_set_again_while_it_runs_is_done_again(world: World) -> None:
    world.timer.start()
    await world.jobs.schedule("slow.1", world.at(), {"edition": 1})
    await until(lambda: world.done)
    await world.jobs.schedule("slow.1", world.at(hours=1), {"edition": 2})
    world.released.set()
    world.clock.advance(hours=2)
    await until(lambda: [job.data for job in world.done] == [{"edition": 1}, {"edition": 2}])


async def test_jobs_of_another_service_are_left_alone(world: World) -> None:
    world.timer.start()
    await world.timer.jobs_of("other").schedule("call.theirs", world.at(), {})
    await world.jobs.schedule("call.ours", world.at(), {})
    await until(lambda: world.done)
    assert [job.name for job in world.done] == ["call.ours"]


async def test_a_job_that_runs_at_the_end_is_finished_and_not_repeated(world: World) -> None:
    world.timer.start()
    await world.jobs.schedule("slow.1", world.at(), {})
    await until(lambda: world.done)
    stopping = asyncio.create_task(world.timer.stop())
    await asyncio.sleep(0)
    world.released.set()
    await stopping
    world.timer.start()
    await world.jobs.schedule("call.after", world.at(), {})
    await until(lambda: len(world.done) == 2)
    assert [job.name for job in world.done] == ["slow.1", "call.after"]
