"""Undo covers commands on tags: names, colours, and tags that went, with the tasks that had them."""

from typing import Any

import pytest

from services.tasks.commands import tags as tag_commands
from taskora.api import wire
from taskora.api.client import TasksClient
from taskora.domain.errors import Conflict
from tests.tasks.world import World, target

pytestmark = pytest.mark.anyio


@pytest.fixture(autouse=True)
async def tagged(ada: TasksClient) -> None:
    for title, names in (("report", ["Work", "urgent"]), ("invoice", ["work"]), ("milk", ["home", "work"])):
        await ada.create([wire.NewTask(title=title, tags=names)])
    await ada.update_tags([wire.TagEdit(tag="work", colour="#123456")])


async def state(client: TasksClient) -> dict[str, Any]:
    """Return what a user sees of tags."""
    shown = (await client.tasks(wire.TaskQuery(status="all", sort="number"))).tasks
    found = {name: (await client.tasks(wire.TaskQuery(text=name, sort="number"))).tasks for name in ("work", "home")}
    return {
        "tags": (await client.tags()).tags,
        "tasks": [(task.title, task.tags) for task in shown],
        "found": {name: [task.title for task in tasks] for name, tasks in found.items()},
    }


CHANGES: dict[str, tuple[str, Any]] = {
    "renaming the tag “Work”": ("update", {"tag": "work", "name": "Office"}),
    "renaming the tag “urgent”": ("update", {"tag": "urgent", "name": "asap", "colour": "red"}),
    "colouring the tag “Work”": ("update", {"tag": "work", "colour": "green"}),
    "removing the tag “Work”": ("delete", {"tag": "work"}),
    "joining the tag “home”": ("update", {"tag": "home", "name": "work", "colour": "red"}),
    "joining the tag “urgent”": ("update", {"tag": "urgent", "name": "home"}),
}


@pytest.mark.parametrize("said", CHANGES)
async def test_a_command_on_tags_is_taken_back(ada: TasksClient, said: str) -> None:
    kind, item = CHANGES[said]
    before = await state(ada)
    if kind == "update":
        answer = await ada.update_tags([wire.TagEdit.model_validate(item)])
    else:
        answer = await ada.delete_tags([wire.TagTarget.model_validate(item)])
    assert answer.results[0].ok
    assert await state(ada) != before
    undone = await ada.undo()
    assert (undone.undone, undone.results) == (said, [])
    assert await state(ada) == before
    lines = (await ada.activity()).activity
    assert lines[0].text.startswith("undone: ")
    assert lines[-1].undone is False


async def test_undo_goes_back_over_commands_on_tags_and_on_tasks(ada: TasksClient) -> None:
    states = [await state(ada)]
    await ada.delete_tags([wire.TagTarget(tag="home")])
    states.append(await state(ada))
    await ada.update([wire.TaskEdit(task="milk", tags_add=["home"])])
    states.append(await state(ada))
    await ada.update_tags([wire.TagEdit(tag="home", name="house"), wire.TagEdit(tag="work", name="house")])
    while states:
        await ada.undo()
        seen, known = await state(ada), states.pop()
        assert (seen["tasks"], seen["found"]) == (known["tasks"], known["found"])
    assert (await ada.undo()).undone == "colouring the tag “Work”"
    assert (await ada.undo()).undone == "adding “milk”"


async def test_a_command_on_tags_is_named_by_its_id(ada: TasksClient, bob: TasksClient) -> None:
    renamed = await ada.update_tags([wire.TagEdit(tag="work", name="Office")])
    await ada.create([wire.NewTask(title="later")])
    assert (await ada.undo_command(str(renamed.command_id), dry_run=True)).dry_run
    assert (await ada.undo_command(str(renamed.command_id))).undone == "renaming the tag “Work”"
    with pytest.raises(Conflict):
        await ada.undo_command(str(renamed.command_id))
    with pytest.raises(Conflict):
        await bob.undo()


async def test_a_task_that_is_gone_by_now_does_not_come_back_with_its_tag(world: World, ada: TasksClient) -> None:
    await ada.delete([target("milk")])
    await ada.delete_tags([wire.TagTarget(tag="home")])
    world.clock.advance(days=31)
    (empty_trash,) = [one for one in world.service.inbound.intervals if "trash" in one.name]
    await empty_trash.run()
    await ada.undo()
    assert [(tag.name, tag.open) for tag in (await ada.tags()).tags] == [("home", 0), ("urgent", 1), ("Work", 2)]


async def test_a_tag_that_went_from_too_many_tasks_is_passed_over(
    ada: TasksClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tag_commands, "REMEMBERED", 2)
    gone = await ada.delete_tags([wire.TagTarget(tag="work")])
    with pytest.raises(Conflict, match="can't be undone"):
        await ada.undo_command(str(gone.command_id))
    assert (await ada.undo()).undone == "colouring the tag “Work”"
    assert (await ada.undo()).undone == "adding “milk”"
