"""The host in this process: its parts together, and what it does when the disk is full or it is stopped."""

import asyncio
import datetime as dt

import pytest
from sqlalchemy import text

from taskora.api import wire
from taskora.domain.actor import Actor, ActorKind, Channel
from taskora.domain.errors import StorageFull, Unauthenticated
from tests.hosts import LocalHost
from tests.waiting import until

pytestmark = pytest.mark.anyio


async def test_completion_makes_one_next_task_through_relay_broker_and_recurrence(host: LocalHost) -> None:
    made = await host.tasks.create([wire.NewTask(text="daily task standup due 9am tagged work")])
    assert made.results[0].ok
    await host.tasks.complete([wire.TaskTarget(task="standup")])
    await host.host.drain()
    page = await host.tasks.tasks(wire.TaskQuery(status="open"))
    [successor] = page.tasks
    assert successor.due is not None
    assert successor.due.date == dt.date(2026, 11, 26)


@pytest.mark.requirement("R-064")
async def test_a_hundred_commands_at_once_lose_nothing(host: LocalHost) -> None:
    await asyncio.gather(
        *(host.tasks.create([wire.NewTask(text=f"daily task number {n} due 9am")]) for n in range(100))
    )
    open_tasks = (await host.tasks.tasks(wire.TaskQuery(status="open", limit=100))).tasks
    assert len({task.number for task in open_tasks}) == 100
    await asyncio.gather(*(host.tasks.complete([wire.TaskTarget(task=f"#{task.number}")]) for task in open_tasks))
    await host.host.drain(limit=100)
    completed = (await host.tasks.tasks(wire.TaskQuery(status="completed", limit=100))).tasks
    successors = (await host.tasks.tasks(wire.TaskQuery(status="open", limit=100))).tasks
    assert {task.predecessor_id for task in successors} == {task.id for task in completed}
    assert (len(completed), len(successors)) == (100, 100)
    assert await numbers(host) == list(range(1, 301))


async def numbers(host: LocalHost) -> list[int]:
    """Return the sequence numbers of all changes, page by page."""
    found: list[int] = []
    while page := (await host.tasks.changes(found[-1] if found else 0)).changes:
        found += [change.sequence for change in page]
    return found


async def test_a_full_disk_refuses_writes_by_name_and_loses_nothing(host: LocalHost) -> None:
    await host.tasks.create([wire.NewTask(title="before")])
    await host.host.drain()
    pages = await host.host.database.read(lambda connection: connection.execute(text("PRAGMA page_count")).scalar_one())

    async def limit(count: int) -> None:
        await host.host.database.write(
            lambda unit: unit.connection.execute(text(f"PRAGMA max_page_count={count}")).scalar_one()
        )

    await limit(pages + 4)

    async def fill() -> None:
        for number in range(200):
            await host.tasks.create([wire.NewTask(title=f"task {number}", description="x" * 2000)])

    with pytest.raises(StorageFull, match="disk"):
        await fill()
    kept = (await host.tasks.tasks(wire.TaskQuery(limit=100, total=True))).total
    assert kept
    await limit(1_000_000)
    await host.tasks.create([wire.NewTask(title="after")])
    await host.host.drain()
    page = await host.tasks.tasks(wire.TaskQuery(limit=100, total=True))
    assert page.total == kept + 1


async def test_another_hosts_key_opens_nothing(host: LocalHost) -> None:
    host.host.key = "another key that is long enough for a signature"
    with pytest.raises(Unauthenticated):
        await host.tasks.tasks()


async def test_the_actor_and_channel_of_a_change_are_those_of_the_token(host: LocalHost) -> None:
    assistant = Actor(ActorKind.AGENT, "mcp")
    host.tasks._token = lambda: host.token("tasks", actor=assistant, channel=Channel.MCP)
    await host.tasks.create([wire.NewTask(title="by an agent")])
    [change] = (await host.tasks.changes()).changes
    assert (change.actor, change.channel) == ({"kind": "agent", "name": "mcp"}, "mcp")


async def test_the_first_line_of_chat_reaches_the_task_service(host: LocalHost) -> None:
    assert "milk" in await host.say("add buy milk tomorrow")

    async def stored() -> bool:
        return (await host.tasks.tasks()).total == 1

    await until(stored)
