"""What the scheduler adds to the contracts of jobs: it may be killed, and a service may be away when its job is due."""

import asyncio
from pathlib import Path

import httpx2
import pytest

from taskora.runtime.ports import DONE, Handled, Inbound, Job
from tests.contracts.events import DROP
from tests.contracts.test_jobs import Worker, now, soon
from tests.dapr.stack import APP_TOKEN, Member, Scheduler, started
from tests.waiting import until

pytestmark = pytest.mark.anyio


def member(scheduler: Scheduler, folder: Path, worker: Worker) -> Member:
    return Member(Inbound("alarms", jobs={"call": worker}), [folder], folder, scheduler_port=scheduler.ports.api)


@pytest.mark.requirement("R-077")
async def test_a_job_outlives_a_killed_scheduler(tmp_path: Path) -> None:
    scheduler = Scheduler(tmp_path / "scheduler")
    worker = Worker()
    with started(scheduler):
        async with member(scheduler, tmp_path, worker).running() as one:
            at = soon()
            await one.dapr.jobs.schedule("call.1", at, {"kept": True})
            scheduler.process.kill()
            await until(lambda: now() > at)
            scheduler.process.start()
            await until(lambda: worker.jobs, limit=60)
    assert worker.jobs == [Job("call.1", {"kept": True})]


async def test_a_job_that_is_due_while_its_service_is_away_comes_when_it_is_back(
    scheduler: Scheduler, tmp_path: Path
) -> None:
    at = soon()
    async with member(scheduler, tmp_path, Worker()).running() as one:
        await one.dapr.jobs.schedule("call.away", at, {})
    await until(lambda: now() > at)
    worker = Worker()
    async with member(scheduler, tmp_path, worker).running():
        await until(lambda: worker.done == ["call.away"], limit=60)


async def test_a_job_of_a_kind_that_is_not_known_is_kept_and_one_that_can_never_work_ends(
    scheduler: Scheduler, tmp_path: Path
) -> None:
    one = member(scheduler, tmp_path, Worker({"call.bad": [DROP]}))
    async with one.serving(), httpx2.AsyncClient(base_url=f"http://127.0.0.1:{one.app_port}") as sidecar:
        headers = {"dapr-api-token": APP_TOKEN}
        assert (await sidecar.post("/job/unknown.1", json={}, headers=headers)).status_code == 503
        assert (await sidecar.post("/job/call.bad", json={}, headers=headers)).status_code == 200


async def test_a_job_that_hangs_is_given_up_and_repeated(scheduler: Scheduler, tmp_path: Path) -> None:
    done: list[str] = []

    async def hang_once(job: Job) -> Handled:
        done.append(job.name)
        if len(done) == 1:
            await asyncio.Event().wait()
        return DONE

    one = Member(
        Inbound("alarms", jobs={"hang": hang_once}),
        [tmp_path],
        tmp_path,
        scheduler_port=scheduler.ports.api,
        patience=0.5,
    )
    async with one.running():
        await one.dapr.jobs.schedule("hang.1", now(), {})
        await until(lambda: done == ["hang.1"] * 2)
