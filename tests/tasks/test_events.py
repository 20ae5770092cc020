"""Every change has a number without a gap and one event; an event says who, what, and how the task is now."""

import datetime as dt

import pytest
from uuid_utils import UUID

from taskora.api import wire
from taskora.api.client import TasksClient
from taskora.domain.actor import ActorKind, Channel
from taskora.domain.encoding import task_from_json
from taskora.domain.errors import InvalidField
from taskora.domain.events import Topic
from tests.tasks.world import World, only, repeating, target

pytestmark = pytest.mark.anyio


@pytest.mark.requirement("R-053")
async def test_creating_updating_completing_and_deleting_each_publish_one_event(world: World, ada: TasksClient) -> None:
    task = only(await ada.create([wire.NewTask(title="milk")]))
    await ada.update([wire.TaskEdit(task=task.id, title="oat milk")])
    await ada.complete([target(task)])
    await ada.reopen([target(task)])
    await ada.delete([target(task)])
    await ada.restore([target(task)])
    types = ["task.created", "task.updated", "task.completed", "task.reopened", "task.deleted", "task.restored"]
    events = await world.waiting(Topic.TASK_EVENTS)
    assert [event.type for event in events] == types
    assert [event.data["sequence"] for event in events] == [1, 2, 3, 4, 5, 6]
    copies = await world.waiting(Topic.TASK_UPDATES)
    assert [event.id for event in copies] == [event.id for event in events]


@pytest.mark.requirement("R-054")
async def test_an_event_carries_the_whole_task_and_what_changed(world: World, ada: TasksClient) -> None:
    task = only(await ada.create([wire.NewTask(title="milk", tags=["food"])]))
    await ada.update(
        [wire.TaskEdit.model_validate({"task": task.id, "title": "oat milk", "due": {"date": "2026-11-30"}})]
    )
    created, updated = await world.waiting()
    assert created.data["changes"] == {
        "number": [None, 1],
        "title": [None, "milk"],
        "status": [None, "open"],
        "priority": [None, "medium"],
        "tags": [None, ["food"]],
    }
    day = {"date": "2026-11-30", "time": None, "zone": None}
    assert updated.data["changes"] == {"title": ["milk", "oat milk"], "due": [None, day]}
    assert isinstance(updated.data["task"], dict)
    snapshot = task_from_json(updated.data["task"])
    assert (snapshot.id, snapshot.title, snapshot.tags, snapshot.version) == (task.id, "oat milk", ("food",), 2)
    assert (updated.data["user_id"], updated.data["audience"]) == ("ada", ["ada"])


@pytest.mark.requirement("R-055")
async def test_an_event_is_a_cloudevent_with_a_versioned_schema(world: World, ada: TasksClient) -> None:
    task = only(await ada.create([wire.NewTask(title="milk")]))
    (event,) = await world.waiting()
    envelope = event.to_dict()
    assert envelope["specversion"] == "1.0"
    assert (envelope["type"], envelope["source"]) == ("task.created", "/taskora/tasks")
    assert (envelope["subject"], envelope["partitionkey"]) == (task.id, "ada")
    assert envelope["time"] == "2026-11-24T15:00:00Z"
    assert envelope["datacontenttype"] == "application/json"
    assert UUID(event.id).version == 7
    assert event.data["schema"] == 1


async def test_a_deletion_carries_the_last_snapshot(world: World, ada: TasksClient) -> None:
    task = only(await ada.create([wire.NewTask(title="milk", description="oat")]))
    await ada.delete([target(task)])
    deleted = (await world.waiting())[-1]
    assert isinstance(deleted.data["task"], dict)
    snapshot = task_from_json(deleted.data["task"])
    assert (snapshot.title, snapshot.description) == ("milk", "oat")
    assert snapshot.deleted_at == world.clock.now()


@pytest.mark.requirement("R-070")
async def test_a_change_says_who_made_it_and_through_which_door(world: World) -> None:
    await world.client("ada", ActorKind.USER, Channel.WEB).create([wire.NewTask(title="a")])
    await world.client("ada", ActorKind.AGENT, Channel.MCP).create([wire.NewTask(title="b")])
    first, second = await world.waiting()
    assert (first.data["actor"], first.data["channel"]) == ({"kind": "user", "name": ""}, "web")
    assert (second.data["actor"], second.data["channel"]) == ({"kind": "agent", "name": "assistant"}, "mcp")


async def test_all_changes_of_a_batch_share_their_command_and_correlation_id(world: World, ada: TasksClient) -> None:
    headers = world.headers(**{"X-Correlation-ID": "line-7"})
    body = {"items": [{"title": "a"}, {"title": ""}, {"title": "b"}]}
    response = await world.http.post("/api/v1/tasks", headers=headers, json=body)
    assert response.headers["x-correlation-id"] == "line-7"
    events = await world.waiting()
    assert [event.data["command_id"] for event in events] == [response.json()["command_id"]] * 2
    assert {event.correlationid for event in events} == {"line-7"}
    assert [change.sequence for change in (await ada.changes()).changes] == [1, 2]


async def test_what_happens_to_a_series_is_told_by_events_of_its_own(world: World, ada: TasksClient) -> None:
    task = only(await ada.create([repeating()]))
    await ada.update([wire.TaskEdit(task=task.id, rrule="FREQ=WEEKLY;BYDAY=FR")])
    await ada.delete([target(task)])
    events = await world.waiting()
    assert [event.type for event in events] == [
        "task.created",
        "task.updated",
        "series.updated",
        "task.deleted",
        "series.stopped",
    ]
    assert task.repeats is not None
    stopped = events[-1]
    assert stopped.subject == task.repeats.series_id
    assert stopped.data["changes"] == {"state": ["active", "stopped"], "stopped_by": [None, task.id]}


async def test_a_completion_carries_all_that_the_next_occurrence_depends_on(world: World, ada: TasksClient) -> None:
    task = only(await ada.create([repeating()]))
    await ada.set_preferences(wire.PreferencesEdit(zone="Asia/Tokyo"))
    await ada.complete([target(task)])
    completion = (await world.waiting())[-1]
    assert isinstance(completion.data["series"], dict)
    assert task.repeats is not None
    assert completion.data["series"]["id"] == task.repeats.series_id
    assert completion.data["user_zone"] == "Asia/Tokyo"
    assert completion.data["completed_at"] == "2026-11-24T15:00:00Z"


async def test_the_changes_can_be_read_from_any_number_on(ada: TasksClient) -> None:
    for title in ("a", "b", "c"):
        await ada.create([wire.NewTask(title=title)])
    page = await ada.changes(since=1, limit=1)
    assert ([change.sequence for change in page.changes], page.more) == ([2], True)
    page = await ada.changes(since=2)
    assert ([change.sequence for change in page.changes], page.more) == ([3], False)
    (change,) = page.changes
    assert (change.type, change.snapshot["title"], change.at) == (
        "task.created",
        "c",
        dt.datetime(2026, 11, 24, 15, tzinfo=dt.UTC),
    )
    with pytest.raises(InvalidField):
        await ada.changes(since=-1)
