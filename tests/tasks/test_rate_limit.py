"""Who asks too often is told to wait, on every route, and nothing is done for them; others are served."""

import pytest

from services.kit.app import make_app
from services.kit.identity import TokenVerifier
from services.tasks.app import TasksService
from taskora.api import wire
from taskora.api.client import TasksClient
from taskora.config import Settings
from taskora.domain.errors import TooMany
from taskora.domain.preferences import Preferences
from taskora.runtime.embedded.invoke import client_for
from tests.tasks.world import KEY, World

pytestmark = pytest.mark.anyio


def limited(world: World, per_minute: int) -> TasksService:
    preferences = Preferences(zone="UTC")
    return TasksService(world.database, world.clock, TokenVerifier(KEY), preferences, rate_limit=per_minute)


async def test_who_asks_too_often_is_told_to_wait(world: World) -> None:
    app = make_app("tasks", Settings())
    app.include_router(limited(world, 2).router)
    http = client_for(app)
    ada, bob = world.client("ada", http=http), world.client("bob", http=http)
    await ada.create([wire.NewTask(title="a")])
    await ada.tasks()
    with pytest.raises(TooMany) as refused:
        await ada.create([wire.NewTask(title="b")])
    assert refused.value.extra["limit"] == 2
    answer = await http.get("/api/v1/tags", headers=world.headers("ada"))
    assert (answer.status_code, answer.headers["retry-after"]) == (429, "30")
    assert answer.json()["type"] == "/problems/too_many_requests"
    assert (await bob.tasks()).tasks == []
    assert (await world.client("ada").tasks()).total == 1


async def test_without_the_setting_there_is_no_limit(ada: TasksClient) -> None:
    assert Settings().rate_limit is None
    assert Settings.read({"TASKORA_RATE_LIMIT": "600"}).rate_limit == 600
    for _ in range(50):
        await ada.tags()
