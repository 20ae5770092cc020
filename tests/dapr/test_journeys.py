"""The journeys of tests/journeys on Dapr: a process per service, each with its sidecar; one instance of each, then two."""

from collections.abc import Iterator
from pathlib import Path

import httpx2
import pytest

from taskora.api import wire
from taskora.api.client import TasksClient
from tests.dapr.system import System
from tests.tasks.world import only, target
from tests.waiting import until

pytestmark = pytest.mark.anyio


@pytest.fixture(scope="module", params=[1, 2], ids=["one of each", "two of each"])
def system(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, postgresql_server: object
) -> Iterator[System]:
    url = postgresql_server.migrated()  # type: ignore[attr-defined]  # tests.postgresql.Server
    folder: Path = tmp_path_factory.mktemp("system")
    with System(folder, url, request.param).started() as running:
        yield running
    postgresql_server.drop(url)  # type: ignore[attr-defined]  # the same


async def next_of(client: TasksClient, task: wire.Task) -> wire.Task | None:
    done = await client.task(task.id)
    return None if done.next is None or done.next.task_id is None else await client.task(done.next.task_id)


async def test_a_sentence_becomes_a_task_and_its_completion_the_next_one(system: System) -> None:
    last = system.instances - 1
    said = await system.say("ann", "add daily task standup due 9am tagged work", conversation="morning")
    assert "standup" in said
    async with system.client("ann", last) as client:
        [task] = (await client.tasks()).tasks
        assert (task.title, [tag for tag in task.tags]) == ("standup", ["work"])  # noqa: C416  whatever kind of sequence
        said = await system.say("ann", "done with standup", instance=last, conversation="morning")
        assert "standup" in said
        following = await until(lambda: next_of(client, task))
        assert following.due is not None
        assert task.due is not None
        assert following.due.date > task.due.date


async def test_users_do_not_see_each_other(system: System) -> None:
    await system.say("bea", "add a secret plan")
    async with system.client("bea") as bea, system.client("cy") as cy:
        assert len((await bea.tasks()).tasks) == 1
        assert (await cy.tasks()).tasks == []


async def test_many_completions_at_once_give_one_next_task_each(system: System) -> None:
    async with system.client("dan") as dan:
        items = [
            wire.NewTask.model_validate({"title": f"water {n}", "when": "today", "repeat": "every day"})
            for n in range(40)
        ]
        made = [one.task for one in (await dan.create(items)).results if one.task is not None]
        assert len(made) == 40
        await dan.complete([target(task) for task in made])
        for task in made:
            await until(lambda: next_of(dan, task))  # noqa: B023  awaited in this round
        assert len((await dan.tasks(wire.TaskQuery(limit=100))).tasks) == 40


async def test_a_single_task_of_a_user_is_written_through_either_instance(system: System) -> None:
    async with system.client("eve") as one, system.client("eve", system.instances - 1) as other:
        task = only(await one.create([wire.NewTask(title="pay rent")]))
        assert only(await other.complete([target(task)])).status == "completed"


async def test_health_says_that_every_process_works(system: System) -> None:
    async with httpx2.AsyncClient(trust_env=False) as http:
        for instance in system.running:

            async def ready(url: str = f"{instance.url}/health/ready") -> bool:
                return (await http.get(url)).status_code == 200

            await until(ready)
