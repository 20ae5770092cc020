"""Completing a repeating task: what comes next, and that it comes once."""

import pytest

from taskora.api import wire
from taskora.api.client import TasksClient
from tests.tasks.world import World, only, problem, repeating, target

pytestmark = pytest.mark.anyio


@pytest.mark.requirement("R-019", "R-023")
async def test_completing_a_repeating_task_leaves_it_completed_and_opens_the_next(
    world: World, ada: TasksClient
) -> None:
    standup = only(await ada.create([repeating(tags=["work"], priority="high", description="daily")]))
    done = only(await ada.complete([target(standup)]))
    assert done.status == "completed"
    assert done.next is None
    await world.settle()
    (following,) = (await ada.tasks()).tasks
    completed = await ada.task(standup.id)
    assert completed.next is not None
    assert (completed.status, completed.next.reason, completed.next.task_id) == ("completed", "made", following.id)
    assert following.due is not None
    assert following.due.date.isoformat() == "2026-11-26"
    assert following.predecessor_id == standup.id
    assert (following.title, following.tags, following.priority, following.description) == (
        "standup",
        ["work"],
        "high",
        "daily",
    )
