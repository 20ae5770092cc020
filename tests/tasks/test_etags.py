"""Entity tags: what is known is not sent again, and one task is changed by its address only if it is as it was read."""

import pytest

from taskora.api import wire
from taskora.api.client import TasksClient
from tests.tasks.world import World, repeating, target

pytestmark = pytest.mark.anyio
ONE = "/api/v1/tasks/1"
READS = ("/tasks", "/tasks/1", "/tasks/1/dates", "/activity", "/tags", "/preferences", "/changes", "/overview")


@pytest.fixture(autouse=True)
async def task(ada: TasksClient) -> None:
    await ada.create([repeating("standup", tags=["work"])])


async def tag_of(world: World, path: str = "/tasks/1") -> str:
    return str((await world.http.get(f"/api/v1{path}", headers=world.headers())).headers["etag"])


@pytest.mark.parametrize("path", READS)
async def test_an_answer_that_is_known_is_not_sent_again(world: World, path: str) -> None:
    tag = await tag_of(world, path)
    for known in (tag, f"W/{tag}", f'"other", {tag}', "*"):
        answer = await world.http.get(f"/api/v1{path}", headers=world.headers(**{"If-None-Match": known}))
        assert (answer.status_code, answer.content, answer.headers["etag"]) == (304, b"", tag)
        assert answer.headers["cache-control"] == "private, no-cache"
    answer = await world.http.get(f"/api/v1{path}", headers=world.headers(**{"If-None-Match": '"other"'}))
    assert answer.status_code == 200


async def test_a_tag_changes_with_what_it_stands_for(world: World, ada: TasksClient) -> None:
    tags = {await tag_of(world)}
    await ada.update([wire.TaskEdit(task="#1", title="other")])
    tags.add(await tag_of(world))
    await ada.update_tags([wire.TagEdit(tag="work", name="job")])
    tags.add(await tag_of(world))
    await ada.complete([target("#1")])
    tags.add(await tag_of(world))
    await world.settle()
    tags.add(await tag_of(world))
    assert len(tags) == 5


async def test_a_task_is_changed_by_its_address(world: World) -> None:
    answer = await world.http.patch(ONE, json={"title": "other", "when": "friday"}, headers=world.headers())
    assert answer.status_code == 200
    body = wire.OneAnswer.model_validate(answer.json())
    assert (body.task.title, body.task.version, body.dry_run) == ("other", 2, False)
    assert body.command_id is not None
    assert answer.headers["etag"] == await tag_of(world)


async def test_a_task_is_deleted_by_its_address(world: World, ada: TasksClient) -> None:
    answer = await world.http.delete(ONE, headers=world.headers())
    assert answer.json()["task"]["deleted_at"] is not None
    assert (await ada.tasks()).total == 0
    await ada.undo_command(answer.json()["command_id"])
    assert (await ada.tasks()).total == 1


async def test_a_change_is_made_only_to_the_version_that_was_read(world: World, ada: TasksClient) -> None:
    tag = await tag_of(world)
    await ada.update([wire.TaskEdit(task="#1", title="meanwhile")])
    for method, body in (("PATCH", {"title": "late"}), ("DELETE", None)):
        answer = await world.http.request(method, ONE, json=body, headers=world.headers(**{"If-Match": tag}))
        assert answer.status_code == 412
        problem = answer.json()
        assert (problem["code"], problem["type"]) == ("precondition_failed", "/problems/precondition_failed")
        assert (problem["field"], problem["task"]["title"]) == ("If-Match", "meanwhile")
    tag = await tag_of(world)
    answer = await world.http.patch(ONE, json={"title": "in time"}, headers=world.headers(**{"If-Match": tag}))
    assert answer.status_code == 200
    assert (await world.http.delete(ONE, headers=world.headers(**{"If-Match": "*"}))).status_code == 200


@pytest.mark.parametrize("tag", ['W/"1-00"', '"1"', "1", '""', "x" * 5000, '"1-00", "2-00"'])
async def test_a_tag_that_was_never_given_matches_nothing(world: World, tag: str) -> None:
    answer = await world.http.delete(ONE, headers=world.headers(**{"If-Match": tag}))
    assert (answer.status_code, answer.json()["code"]) == (412, "precondition_failed")


async def test_a_version_in_the_body_is_a_conflict_when_it_is_stale(world: World) -> None:
    answer = await world.http.patch(ONE, json={"title": "late", "version": 7}, headers=world.headers())
    assert (answer.status_code, answer.json()["code"]) == (409, "stale_version")
    tag = await tag_of(world)
    both = await world.http.patch(ONE, json={"title": "a", "version": 7}, headers=world.headers(**{"If-Match": tag}))
    assert (both.status_code, both.json()["field"]) == (422, "version")


async def test_a_refusal_has_the_status_of_its_problem(world: World) -> None:
    for body, status in (({"priority": "highest"}, 422), ({}, 422), ({"task": "#1"}, 422), ({"when": "blue"}, 422)):
        assert (await world.http.patch(ONE, json=body, headers=world.headers())).status_code == status
    assert (await world.http.delete("/api/v1/tasks/9", headers=world.headers())).status_code == 404
    await world.http.delete(ONE, headers=world.headers())
    assert (await world.http.delete(ONE, headers=world.headers())).status_code == 409


async def test_words_of_a_title_are_no_address(world: World, ada: TasksClient) -> None:
    await ada.create([wire.NewTask(title="buy 12 eggs")])
    for name in ("standup", "12", "eggs"):
        assert (await world.http.delete(f"/api/v1/tasks/{name}", headers=world.headers())).status_code == 404
    assert (await ada.tasks()).total == 2


async def test_it_can_be_tried_and_repeated_like_any_command(world: World, ada: TasksClient) -> None:
    tried = await world.http.patch(ONE, json={"title": "a", "dry_run": True}, headers=world.headers())
    assert (tried.json()["dry_run"], tried.json()["task"]["title"]) == (True, "a")
    tried = await world.http.delete(f"{ONE}?dry_run=true", headers=world.headers())
    assert tried.json()["dry_run"]
    assert (await ada.task("1")).version == 1
    keyed = world.headers(**{"Idempotency-Key": "k"})
    first = await world.http.patch(ONE, json={"note": "once"}, headers=keyed)
    assert (await world.http.patch(ONE, json={"note": "once"}, headers=keyed)).json() == first.json()
    assert (await ada.task("1")).description == "once"
    other = await world.http.patch("/api/v1/tasks/2", json={"note": "once"}, headers=keyed)
    assert other.status_code == 404
    assert (await world.http.delete(ONE, headers=keyed)).json()["code"] == "idempotency_key_reused"
