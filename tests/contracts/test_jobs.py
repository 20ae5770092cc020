"""What every host promises of jobs."""

import asyncio
import datetime as dt
from collections.abc import Sequence

import pytest

from taskora.domain.errors import InvalidField
from taskora.runtime.ports import DONE, Handled, Job
from tests.contracts.conftest import EmbeddedWorld
from tests.contracts.events import DROP, RETRY
from tests.waiting import until

pytestmark = pytest.mark.anyio


class Worker:
    """A job handler that notes what it does and when, and answers in turn; DONE where nothing is said."""

    def __init__(self, answers: dict[str, Sequence[Handled | Exception]] | None = None) -> None:
        self.done: list[str] = []
        self.jobs: list[Job] = []
        self.times: list[dt.datetime] = []
        self._answers = {name: list(given) for name, given in (answers or {}).items()}

    async def __call__(self, job: Job) -> Handled:
        self.done.append(job.name)
        self.jobs.append(job)
        self.times.append(now())
        left = self._answers.get(job.name)
        answer = left.pop(0) if left else DONE
        if isinstance(answer, Exception):
            raise answer
        return answer


def now() -> dt.datetime:
    return dt.datetime.now(dt.UTC)


def soon() -> dt.datetime:
    return now() + dt.timedelta(seconds=1)


def later() -> dt.datetime:
    return now() + dt.timedelta(hours=1)


async def test_a_job_is_done_at_its_time_with_its_data(world: EmbeddedWorld) -> None:
    worker = Worker()
    jobs = await world.jobs({"call": worker})
    at = soon()
    await jobs.schedule("call.1", at, {"number": 1, "text": "größer", "none": None})
    await until(lambda: worker.done)
    assert worker.jobs == [Job("call.1", {"number": 1, "text": "größer", "none": None})]
    assert worker.times[0] >= at


async def test_a_time_that_has_passed_means_at_once(world: EmbeddedWorld) -> None:
    worker = Worker()
    jobs = await world.jobs({"call": worker})
    await jobs.schedule("call.late", now() - dt.timedelta(days=1), {})
    await until(lambda: worker.done == ["call.late"])


async def test_the_part_before_the_first_dot_finds_the_handler(world: EmbeddedWorld) -> None:
    calls, letters = Worker(), Worker()
    jobs = await world.jobs({"call": calls, "letter": letters})
    await jobs.schedule("letter.1.2", now(), {})
    await jobs.schedule("call", now(), {})
    await until(lambda: calls.done == ["call"] and letters.done == ["letter.1.2"])


async def test_a_job_set_again_is_replaced(world: EmbeddedWorld) -> None:
    worker = Worker()
    jobs = await world.jobs({"call": worker})
    await jobs.schedule("call.1", later(), {"edition": 1})
    await jobs.schedule("call.1", now(), {"edition": 2})
    await until(lambda: worker.jobs)
    assert worker.jobs == [Job("call.1", {"edition": 2})]
    await jobs.schedule("call.1", now(), {"edition": 3})
    await until(lambda: len(worker.jobs) == 2)
    assert worker.jobs[1].data == {"edition": 3}


async def test_a_cancelled_job_is_not_done(world: EmbeddedWorld) -> None:
    worker = Worker()
    jobs = await world.jobs({"call": worker})
    await jobs.schedule("call.gone", soon(), {})
    await jobs.cancel("call.gone")
    await jobs.cancel("call.never_there")
    await jobs.schedule("call.after", soon() + dt.timedelta(seconds=1), {})
    await until(lambda: "call.after" in worker.done)
    assert worker.done == ["call.after"]


async def test_a_job_outlives_the_process(world: EmbeddedWorld) -> None:
    jobs = await world.jobs({"call": Worker()})
    await jobs.schedule("call.1", soon(), {"kept": True})
    await world.restart()
    worker = Worker()
    await world.jobs({"call": worker})
    await until(lambda: worker.jobs == [Job("call.1", {"kept": True})])


async def test_a_job_that_fails_is_tried_again_until_it_succeeds(world: EmbeddedWorld) -> None:
    worker = Worker({"call.1": [RETRY, RuntimeError("a defect")]})
    jobs = await world.jobs({"call": worker})
    await jobs.schedule("call.1", now(), {})
    await until(lambda: len(worker.done) == 3)
    await jobs.schedule("call.after", now(), {})
    await until(lambda: "call.after" in worker.done)
    assert worker.done == ["call.1"] * 3 + ["call.after"]


async def test_a_job_that_is_dropped_is_not_tried_again(world: EmbeddedWorld) -> None:
    worker = Worker({"call.bad": [DROP]})
    jobs = await world.jobs({"call": worker})
    await jobs.schedule("call.bad", now(), {})
    await until(lambda: worker.done)
    await jobs.schedule("call.after", soon(), {})
    await until(lambda: "call.after" in worker.done)
    assert worker.done == ["call.bad", "call.after"]


async def test_a_job_that_hangs_holds_up_no_other(world: EmbeddedWorld) -> None:
    worker = Worker()

    async def hang(_: Job) -> Handled:
        await asyncio.Event().wait()
        return DONE

    jobs = await world.jobs({"call": worker, "hang": hang})
    await jobs.schedule("hang.1", now(), {})
    await jobs.schedule("call.1", now(), {})
    await until(lambda: worker.done == ["call.1"])


@pytest.mark.parametrize("name", ["", "call/1", "call 1", "call.ü", "c" * 201])
async def test_a_name_that_not_every_host_takes_is_refused(world: EmbeddedWorld, name: str) -> None:
    jobs = await world.jobs({"call": Worker()})
    with pytest.raises(InvalidField) as refused:
        await jobs.schedule(name, later(), {})
    assert refused.value.field == "name"
