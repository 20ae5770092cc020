"""The activity: what was done by whom, the newest first, each change in one line of words."""

from typing import Any

import pytest

from taskora.api import wire
from taskora.api.client import TasksClient
from taskora.domain.actor import ActorKind, Channel
from taskora.domain.errors import InvalidField, NotFound, NotUnderstood
from tests.tasks.world import World, repeating, target

pytestmark = pytest.mark.anyio


async def told(client: TasksClient, **query: Any) -> list[str]:
    return [line.text for line in (await client.activity(wire.ActivityQuery(**query))).activity]


async def last(client: TasksClient, **edit: Any) -> str:
    await client.update([wire.TaskEdit(task="#1", **edit)])
    return (await told(client, limit=1))[0]


async def test_a_change_is_told_in_words(ada: TasksClient) -> None:
    await ada.create([wire.NewTask(title="call Ann", when="friday")])
    assert await told(ada) == ["added, due Fri 27 Nov"]
    assert await last(ada, when="monday") == "moved from Fri 27 Nov to Mon 30 Nov"
    assert await last(ada, when="jan 4 at 3pm") == "moved from Mon 30 Nov to Mon 4 Jan 2027, 15:00"
    assert await last(ada, clear=["due"]) == "no longer due Mon 4 Jan 2027, 15:00"
    assert await last(ada, when="tomorrow") == "due Wed 25 Nov"
    assert await last(ada, title="call Bob") == "renamed from “call Ann” to “call Bob”"
    assert await last(ada, priority="high", note="y") == "priority from medium to high, description added"
    assert await last(ada, tags=["a", "b"]) == "tagged #a and #b"
    assert await last(ada, tags=["b", "c"]) == "tagged #c, no longer tagged #a"
    assert await last(ada, tags=["c", "b"]) == "tags in another order"
    assert await last(ada, description="x") == "description changed"
    assert await last(ada, duration_min=90) == "takes 1 h 30 min"
    assert await last(ada, deadline="2026-12-01") == "deadline Tue 1 Dec"
    assert await last(ada, reminders=["-PT15M", "-PT1H"]) == "2 reminders"
    assert await last(ada, repeat="every wednesday") == "repeats every Wed"
    assert await last(ada, clear=["repeat"]) == "no longer repeats"


async def test_what_befalls_a_task_is_told(world: World, ada: TasksClient) -> None:
    await ada.create([repeating("standup", date="2026-11-25")])
    await ada.skip([target("#1")])
    await ada.complete([target("#1")])
    await world.settle()
    await ada.reopen([target("#1")])
    await ada.delete([target("#1")])
    await ada.restore([target("#1")])
    await ada.undo()
    assert await told(ada) == [
        "undone: moved to the trash",
        "brought back from the trash",
        "moved to the trash",
        "opened again",
        "taken back with the completion that had made it",
        "made as the next of its series, due Fri 27 Nov, 09:00",
        "completed",
        "skipped Wed 25 Nov, 09:00, moved from Wed 25 Nov, 09:00 to Thu 26 Nov, 09:00",
        "added, due Wed 25 Nov, 09:00, repeats every day at 09:00",
    ]


async def test_it_is_told_who_did_it_by_which_door_and_whether_it_still_stands(world: World, ada: TasksClient) -> None:
    agent = world.client("ada", ActorKind.AGENT, Channel.CHAT)
    await ada.create([repeating("standup", date="2026-11-25")])
    world.clock.advance(hours=1)
    await agent.complete([target("#1")])
    await world.settle()
    await ada.undo()
    lines = (await ada.activity()).activity
    assert [(line.actor, line.actor_text, line.channel, line.undone) for line in lines] == [
        ("user", "you", "api", False),
        ("user", "you", "api", False),
        ("system", "Taskora", "recurrence", False),
        ("agent", "the agent", "chat", True),
        ("user", "you", "api", False),
    ]
    done = lines[3]
    assert done.task is not None
    assert (done.task.number, done.task.title, done.type) == (1, "standup", "task.completed")
    assert (done.at.isoformat(), done.at_text) == ("2026-11-24T11:00:00-05:00", "Tue 24 Nov 2026, 11:00")
    assert [line.sequence for line in lines] == sorted((line.sequence for line in lines), reverse=True)


async def test_changes_of_tags_and_preferences_are_told(ada: TasksClient) -> None:
    await ada.create([wire.NewTask(title="a", tags=["home"])])
    await ada.update_tags([wire.TagEdit(tag="home", name="house", colour="#123456")])
    await ada.delete_tags([wire.TagTarget(tag="house")])
    await ada.set_preferences(wire.PreferencesEdit(zone="Asia/Tokyo", require_end=True))
    assert (await told(ada))[:3] == [
        "preferences: zone from America/New_York to Asia/Tokyo, require end from no to yes",
        "removed the tag “house”",
        "renamed the tag “home” to “house”, gave the tag “house” the colour #123456",
    ]


async def test_the_activity_can_be_narrowed(world: World, ada: TasksClient) -> None:
    agent = world.client("ada", ActorKind.AGENT, Channel.MCP)
    await ada.create([wire.NewTask(title="call Ann"), repeating("standup")])
    world.clock.advance(days=1)
    await agent.complete([target("call")])
    await agent.stop([target("standup")])
    assert await told(ada, actor="agent") == ["no longer repeats", "completed"]
    assert await told(ada, channel="api", limit=1) == ["added, due Wed 25 Nov, 09:00, repeats every day at 09:00"]
    assert await told(ada, task="call Ann") == ["completed", "added"]
    assert await told(ada, task="#1", type="task.created") == ["added"]
    assert await told(ada, when="today") == ["no longer repeats", "completed"]
    assert await told(ada, when="yesterday", limit=1) == ["added, due Wed 25 Nov, 09:00, repeats every day at 09:00"]
    assert await told(ada, type="series.stopped") == ["no longer repeats (every day at 09:00)"]
    with pytest.raises(NotFound):
        await told(ada, task="nothing like it")
    with pytest.raises(NotUnderstood):
        await told(ada, when="overdue")


async def test_pages_go_on_where_they_ended(ada: TasksClient) -> None:
    await ada.create([wire.NewTask(title=f"task {number}") for number in range(5)])
    seen: list[int] = []
    cursor = None
    while True:
        page = await ada.activity(wire.ActivityQuery(limit=2, cursor=cursor))
        seen += [line.sequence for line in page.activity]
        await ada.create([wire.NewTask(title="meanwhile")])
        cursor = page.next_cursor
        if cursor is None:
            break
    assert seen == [5, 4, 3, 2, 1]
    with pytest.raises(InvalidField):
        await ada.activity(wire.ActivityQuery(cursor="x"))
