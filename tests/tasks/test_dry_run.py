"""A dry run says what a command would do, and leaves no trace: every command is tried on everything there is."""

import json
from typing import Any

import pytest
import sqlalchemy as sa
from sqlmodel import SQLModel

from taskora.api import wire
from taskora.api.client import TasksClient
from tests.tasks.world import World, only, repeating, target

pytestmark = pytest.mark.anyio
Json = dict[str, Any]

ONE = {"items": [{"task": "#1"}]}
COMMANDS: dict[str, tuple[str, str, Json]] = {
    "create": ("POST", "/tasks", {"items": [{"text": "water plants daily #new"}, {"title": ""}]}),
    "update": (
        "PATCH",
        "/tasks",
        {"items": [{"task": "#1", "title": "other", "tags_add": ["fresh"], "repeat": "daily"}]},
    ),
    "complete": ("POST", "/tasks/complete", ONE),
    "skip": ("POST", "/tasks/skip", ONE),
    "stop": ("POST", "/tasks/stop", ONE),
    "reopen": ("POST", "/tasks/reopen", {"items": [{"task": "#2"}]}),
    "delete": ("POST", "/tasks/delete", ONE),
    "restore": ("POST", "/tasks/restore", {"items": [{"task": "#3"}]}),
    "undo": ("POST", "/undo", {}),
    "tag": ("PATCH", "/tags", {"items": [{"tag": "home", "name": "house", "colour": "red"}]}),
    "untag": ("POST", "/tags/delete", {"items": [{"tag": "home"}]}),
    "preferences": ("PATCH", "/preferences", {"zone": "Asia/Tokyo"}),
}


async def furnish(ada: TasksClient) -> None:
    """Let there be an open repeating task, a completed one and a deleted one."""
    await ada.create([repeating(tags=["home"]), wire.NewTask(title="done"), wire.NewTask(title="gone")])
    await ada.complete([target("#2")])
    await ada.delete([target("#3")])


async def everything(world: World) -> dict[str, list[Any]]:
    """Return all rows of all tables."""

    def look(connection: sa.Connection) -> dict[str, list[Any]]:
        names = [name for name in SQLModel.metadata.tables if sa.inspect(connection).has_table(name)]
        rows = {name: connection.execute(sa.select(SQLModel.metadata.tables[name])).all() for name in names}
        return {name: sorted(map(repr, found)) for name, found in rows.items()}

    return await world.database.read(look)


async def send(world: World, method: str, path: str, body: Json, **headers: str) -> Json:
    answer = await world.http.request(method, f"/api/v1{path}", json=body, headers=world.headers(**headers))
    assert answer.status_code == 200, answer.text
    found: Json = answer.json()
    return found


@pytest.mark.parametrize("command", COMMANDS)
@pytest.mark.parametrize("atomic", [False, True])
async def test_a_dry_run_answers_as_the_command_would_and_leaves_no_row(
    world: World, ada: TasksClient, command: str, atomic: bool
) -> None:
    await furnish(ada)
    method, path, body = COMMANDS[command]
    asked = body | ({"atomic": True} if atomic and "items" in body else {})
    before = await everything(world)
    tried = await send(world, method, path, asked | {"dry_run": True}, **{"Idempotency-Key": "k"})
    assert await everything(world) == before
    assert tried.pop("dry_run") is True
    done = await send(world, method, path, asked, **{"Idempotency-Key": "k"})
    assert tried.pop("command_id", None) is None
    done.pop("command_id", None)
    assert shape(tried) == shape(done)


def shape(answer: Json) -> object:
    """Return an answer without the ids that are drawn anew."""

    def plain(value: object) -> object:
        if isinstance(value, dict):
            return {name: plain(one) for name, one in value.items() if name not in {"id", "series_id"}}
        return [plain(one) for one in value] if isinstance(value, list) else value

    return json.loads(json.dumps(plain(answer)))


async def test_the_first_dry_run_of_a_user_makes_no_user(world: World, ada: TasksClient) -> None:
    before = await everything(world)
    answer = await ada.create([wire.NewTask(title="a")], dry_run=True)
    assert (answer.dry_run, answer.command_id, only(answer).number) == (True, None, 1)
    assert await everything(world) == before
    assert only(await ada.create([wire.NewTask(title="b")])).number == 1


async def test_a_dry_run_of_one_bad_item_says_so(ada: TasksClient) -> None:
    answer = await ada.complete([target("#7")], dry_run=True)
    assert answer.dry_run
    assert not answer.results[0].ok


async def test_a_key_of_a_dry_run_is_free_afterwards(ada: TasksClient) -> None:
    await ada.create([wire.NewTask(title="a")], key="k", dry_run=True)
    assert only(await ada.create([wire.NewTask(title="b")], key="k")).title == "b"


async def test_all_or_none_can_be_asked_for_by_the_client(ada: TasksClient) -> None:
    answer = await ada.create([wire.NewTask(title="a"), wire.NewTask(title="")], atomic=True)
    assert [result.ok for result in answer.results] == [False, False]
    assert (await ada.tasks()).total == 0
