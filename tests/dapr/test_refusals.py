"""What must not get in does not: bad tokens in both directions, commands from elsewhere, poison, another's conversation."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx2
import pytest

from taskora.api import wire
from taskora.api.client import TasksClient
from taskora.domain.events import SOURCE_RECURRENCE
from tests.contracts.events import event
from tests.dapr.stack import API_TOKEN
from tests.dapr.system import KEY, Instance, System
from tests.postgresql import Server
from tests.server.forgeries import forgeries
from tests.tasks.world import only, repeating, target
from tests.waiting import until

pytestmark = [pytest.mark.anyio, pytest.mark.timeout(240), pytest.mark.requirement("R-013", "R-063")]
SERVICES = ("tasks", "recurrence", "agent")
FROM_SIDECARS = (
    "/events/tasks/task-commands",
    "/events/recurrence/task-events",
    "/redeliver/tasks",
    "/redeliver/recurrence",
    "/dead-letters/tasks",
    "/dead-letters/recurrence",
    "/live/task-updates",
    "/job/anything",
    "/recurrence-cron",
    "/trash-cron",
)
"""What sidecars call. A service has some of them."""
TO_SIDECARS = (
    ("POST", "/v1.0/publish/taskbus/task-events"),
    ("POST", "/v1.0/publish/bulk/taskbus/task-commands"),
    ("GET", "/v1.0/secrets/secretstore/signing-key"),
    ("GET", "/v1.0/state/statestore/conversation"),
    ("POST", "/v1.0/jobs/anything"),
    ("GET", "/v1.0/invoke/tasks/method/health"),
)


@pytest.fixture(scope="module")
def system(tmp_path_factory: pytest.TempPathFactory, postgresql_server: Server) -> Iterator[System]:
    folder: Path = tmp_path_factory.mktemp("system")
    url = postgresql_server.migrated()
    with System(folder, url).started() as running:
        yield running
    postgresql_server.drop(url)


async def ask(method: str, url: str, *, headers: dict[str, str] | None = None, body: object = None) -> httpx2.Response:
    async with httpx2.AsyncClient(trust_env=False, timeout=30) as http:
        return await http.request(method, url, headers=headers, json=body)


def sidecar_of(instance: Instance) -> str:
    return f"http://127.0.0.1:{instance.ports.http}"


async def letters(system: System) -> list[dict[str, Any]]:
    headers = {"Authorization": f"Bearer {system.token('operator', 'ops')}"}
    answer = await ask("GET", f"{system.of('tasks')[0].url}/ops/dead-letters", headers=headers)
    found: list[dict[str, Any]] = answer.json()["dead_letters"]
    return found


async def followed(client: TasksClient, task: wire.Task) -> bool:
    following = (await client.task(task.id)).next
    return following is not None and following.task_id is not None


async def works(system: System, user: str) -> None:
    """Fail unless a completion is followed by its next occurrence."""
    async with system.client(user) as client:
        task = only(await client.create([repeating()]))
        await client.complete([target(task)])
        await until(lambda: followed(client, task), limit=60)


@pytest.mark.parametrize("service", SERVICES)
async def test_a_service_takes_nothing_from_who_does_not_show_its_sidecar_s_token(system: System, service: str) -> None:
    [instance] = system.of(service)
    envelope = json.loads(event("forged").to_text())
    users = {"Authorization": f"Bearer {system.token('ada', 'tasks')}"}
    found = 0
    for path in FROM_SIDECARS:
        for headers in ({}, {"dapr-api-token": ""}, {"dapr-api-token": API_TOKEN}, users):
            answer = await ask("POST", f"{instance.url}{path}", headers=headers, body=envelope)
            assert answer.status_code in {401, 404}, (path, headers)
            found += answer.status_code == 401
    assert found > 0
    assert "forged" not in {letter["event_id"] for letter in await letters(system)}


@pytest.mark.parametrize("service", SERVICES)
async def test_a_sidecar_takes_nothing_from_who_does_not_show_its_service_s_token(system: System, service: str) -> None:
    [instance] = system.of(service)
    for method, path in TO_SIDECARS:
        for headers in ({}, {"dapr-api-token": "a guess"}, {"Authorization": f"Bearer {API_TOKEN}"}):
            answer = await ask(method, f"{sidecar_of(instance)}{path}", headers=headers, body={})
            assert answer.status_code == 401, (path, headers, answer.text)


@pytest.mark.parametrize("service", ["tasks", "agent"])
async def test_only_the_recurrence_service_may_send_commands(system: System, service: str) -> None:
    [instance] = system.of(service)
    url = f"{sidecar_of(instance)}/v1.0/publish/taskbus/task-commands"
    answer = await ask("POST", url, headers={"dapr-api-token": API_TOKEN}, body={"id": "forged command"})
    assert answer.status_code in {400, 403, 404}, answer.text


async def test_poison_is_kept_with_its_reason_holds_up_nobody_and_is_replayed(system: System) -> None:
    url = f"{sidecar_of(system.of('recurrence')[0])}/v1.0/publish/taskbus/task-commands"
    headers = {"dapr-api-token": API_TOKEN, "content-type": "application/cloudevents+json"}
    sound = json.loads(event("poison", kind="task.create").to_text()) | {"source": SOURCE_RECURRENCE}
    poison = {
        "no type": sound | {"id": "no type", "type": "task.exploded"},
        "newer": sound | {"id": "newer", "data": {"schema": 99}},
        "malformed": sound | {"id": "malformed"},
        "from elsewhere": sound | {"id": "from elsewhere", "source": "/somebody"},
    }
    for envelope in poison.values():
        answer = await ask("POST", url, headers=headers, body=envelope)
        assert answer.status_code == 204, answer.text
    await works(system, "pia")

    async def kept() -> dict[str, dict[str, Any]] | None:
        found = {letter["event_id"]: letter for letter in await letters(system)}
        return found if found.keys() >= poison.keys() else None

    first = await until(kept)
    reasons = {name: letter["reason"] for name, letter in first.items()}
    assert "unknown type" in reasons["no type"]
    assert "newer" in reasons["newer"]
    assert "malformed" in reasons["malformed"]
    assert "only the recurrence service" in reasons["from elsewhere"]

    operator = {"Authorization": f"Bearer {system.token('operator', 'ops')}"}
    base = f"{system.of('tasks')[0].url}/ops/dead-letters"
    answer = await ask("POST", f"{base}/replay", headers=operator, body={"ids": [one["id"] for one in first.values()]})
    assert all(result["ok"] for result in answer.json()["results"]), answer.text

    async def died_anew() -> bool:
        found = await kept()
        # by its time, not its id: one that dies again before its old row is removed keeps the row
        return found is not None and all(found[name]["at"] != first[name]["at"] for name in poison)

    await until(died_anew, limit=60)
    await works(system, "pia")


async def test_no_bad_token_of_a_user_opens_a_service(system: System) -> None:
    doors = (("tasks", "GET", "/api/v1/tasks"), ("agent", "POST", "/chat"), ("tasks", "GET", "/ops/dead-letters"))
    for service, method, path in doors:
        # of this key's claims nothing holds here: the forger does not know the system's key
        for kind, bad in forgeries("ops" if path.startswith("/ops") else service).items():
            answer = await ask(
                method,
                f"{system.of(service)[0].url}{path}",
                headers={"Authorization": f"Bearer {bad}"},
                body={"text": "hello"},
            )
            assert answer.status_code == 401, (path, kind)


async def test_a_question_that_waits_in_the_state_store_is_answered_by_its_user_alone(system: System) -> None:
    for line in ("essay yesterday", "lab report yesterday"):
        assert "Added" in await system.say("sue", line, conversation="shared")
    assert "overdue" in await system.say("sue", "what is overdue", conversation="shared")
    assert "Shall I?" in await system.say("sue", "complete everything overdue", conversation="shared")
    for user in ("tom", "SUE", "sue/shared"):
        assert "no open question" in await system.say(user, "yes", conversation="shared")
    async with system.client("sue") as sue:
        assert len((await sue.tasks()).tasks) == 2
        await system.say("sue", "yes", conversation="shared")
        assert (await sue.tasks()).tasks == []


async def test_a_service_with_a_wrong_token_for_its_sidecar_loses_nothing_and_goes_on_when_it_is_right(
    system: System,
) -> None:
    [instance] = system.of("tasks")
    right = instance.process._environment
    assert instance.process.stop() == 0
    instance.process._environment = right | {"DAPR_API_TOKEN": "outdated", "TASKORA_SIGNING_KEY": KEY}
    instance.process.start()
    async with system.client("uma") as uma:
        task = only(await uma.create([repeating()]))
        await uma.complete([target(task)])
        assert (await uma.task(task.id)).next is None
        assert instance.process.stop() == 0
        instance.process._environment = right
        instance.process.start()
        await until(lambda: followed(uma, task), limit=60)
    assert "uma" not in {letter["user_id"] for letter in await letters(system)}
