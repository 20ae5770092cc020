"""What stands under dapr/ is what the code needs: subscriptions equal the handler tables, scopes bound every service."""

import json
from pathlib import Path
from typing import Any

import httpx2
import pytest

from taskora.domain.errors import Forbidden
from taskora.domain.events import EVENT_TABLE, EventType, Topic
from taskora.runtime.dapr.broker import DEAD_LETTERS, REDELIVER
from taskora.runtime.ports import Inbound
from tests.contracts.events import event
from tests.dapr.product import CONFIG, FOLDERS, documents, inbounds, metadata
from tests.dapr.resources import subscription, subscriptions_of
from tests.dapr.stack import API_TOKEN, Member, Redis

pytestmark = pytest.mark.anyio


def told(declared: list[dict[str, Any]]) -> list[str]:
    """Each subscription without its own name, in one order."""
    return sorted(json.dumps([one["spec"], one["scopes"]], sort_keys=True) for one in declared)


def scopes(component: str, kind: str) -> dict[str, set[str]]:
    pairs = (part.partition("=") for part in metadata(component)[kind].split(";"))
    return {app: set(topics.split(",")) for app, _, topics in pairs}


@pytest.mark.requirement("R-073")
def test_the_declared_subscriptions_equal_the_handler_tables(tmp_path: Path) -> None:
    services = inbounds(tmp_path)
    needed = [one for inbound in services for one in subscriptions_of(inbound)]
    for inbound in services:
        name = inbound.service
        needed.append(subscription("taskbus", DEAD_LETTERS + name, f"/dead-letters/{name}", "tasks"))
    assert told(documents("Subscription")) == told(needed)


def test_who_may_publish_and_subscribe_is_who_needs_it(tmp_path: Path) -> None:
    services = inbounds(tmp_path)
    consumers = {inbound.service for inbound in services}
    heard = {inbound.service: {one.topic.value for one in inbound.subscriptions} for inbound in services}
    may_hear = scopes("taskbus", "subscriptionScopes")
    may_publish = scopes("taskbus", "publishingScopes")
    for name in consumers:
        own = {REDELIVER + name} | ({DEAD_LETTERS + each for each in consumers} if name == "tasks" else set())
        assert may_hear[name] == heard[name] | own
    assert may_publish["recurrence"] == {Topic.TASK_COMMANDS.value, DEAD_LETTERS + "recurrence"}
    assert may_publish["tasks"] >= {DEAD_LETTERS + "tasks"} | {REDELIVER + name for name in consumers}
    assert Topic.TASK_COMMANDS.value not in may_publish["tasks"]
    assert scopes("taskbus-live", "publishingScopes") == {"tasks": {Topic.TASK_UPDATES.value}}
    changes = {topic.value for topic in EVENT_TABLE[EventType.TASK_CREATED].topics}
    assert changes <= may_publish["tasks"] | {Topic.TASK_UPDATES.value}


def test_every_interval_has_a_cron_binding_of_its_name(tmp_path: Path) -> None:
    needed = {
        (inbound.service, interval.name, f"@every {interval.every.total_seconds():.0f}s")
        for inbound in inbounds(tmp_path)
        for interval in inbound.intervals
    }
    bindings = [one for one in documents("Component") if one["spec"]["type"] == "bindings.cron"]
    declared = {(one["scopes"][0], name := one["metadata"]["name"], metadata(name)["schedule"]) for one in bindings}
    assert needed == declared


def test_every_target_has_bounds() -> None:
    (resiliency,) = documents("Resiliency")
    targets, policies = resiliency["spec"]["targets"], resiliency["spec"]["policies"]
    assert set(targets["components"]) == {one["metadata"]["name"] for one in documents("Component")}
    used = [way for target in targets["components"].values() for way in target.values()] + list(
        targets["apps"].values()
    )
    for way in used:
        assert policies["timeouts"][way["timeout"]]
        assert policies["retries"][way["retry"]]["maxRetries"] > 0 if "retry" in way else True
    breaker = targets["components"]["taskbus"]["outbound"]["circuitBreaker"]
    assert policies["circuitBreakers"][breaker]["trip"]


@pytest.fixture
def product(redis: Redis, tmp_path: Path) -> dict[str, Any]:
    """Give what a sidecar with the product's own resources needs to know."""
    secrets = tmp_path / "secrets.json"
    secrets.write_text(json.dumps({"signing-key": "a secret of thirty-two bytes or more", "other": "not for us"}))
    environment = {"REDIS_HOST": redis.address, "SECRETS_FILE": str(secrets)}
    return {"resources": FOLDERS, "folder": tmp_path, "config": CONFIG, "environment": environment}


async def test_the_sidecar_loads_every_component_and_subscription_of_its_service(
    product: dict[str, Any], tmp_path: Path
) -> None:
    for inbound in inbounds(tmp_path):
        async with Member(inbound, **product).running() as member:
            loaded = (await member.dapr.sidecar.send("GET", "/v1.0/metadata")).json()
        mine = [one for one in documents("Component") if inbound.service in one["scopes"]]
        assert {one["name"] for one in loaded["components"]} == {one["metadata"]["name"] for one in mine}
        heard = {one["topic"] for one in loaded["subscriptions"]}
        assert heard == {one["spec"]["topic"] for one in documents("Subscription") if inbound.service in one["scopes"]}


async def test_only_the_recurrence_service_may_publish_commands(product: dict[str, Any]) -> None:
    command = event("c1", kind="task.create")
    async with Member(Inbound("recurrence"), **product).running() as member:
        await member.dapr.broker.publish(Topic.TASK_COMMANDS, [command])
        with pytest.raises(Forbidden, match="task-events"):
            await member.dapr.broker.publish(Topic.TASK_EVENTS, [event("e1")])
    async with Member(Inbound("tasks"), **product).running() as member:
        await member.dapr.broker.publish(Topic.TASK_EVENTS, [event("e1")])
        await member.dapr.broker.publish(Topic.TASK_UPDATES, [event("e1")])
        with pytest.raises(Forbidden, match="task-commands"):
            await member.dapr.broker.publish(Topic.TASK_COMMANDS, [command])


@pytest.mark.requirement("R-075")
async def test_a_service_reads_the_secrets_that_are_meant_for_it(product: dict[str, Any]) -> None:
    async with Member(Inbound("tasks"), **product).running() as member:
        assert await member.dapr.secrets.get("signing-key") == "a secret of thirty-two bytes or more"
        assert await member.dapr.secrets.get("other") is None
        assert await member.dapr.secrets.get("missing") is None


async def test_a_sidecar_refuses_who_does_not_show_its_token(product: dict[str, Any]) -> None:
    async with Member(Inbound("tasks"), **product).running() as member:
        for headers in ({}, {"dapr-api-token": API_TOKEN + "x"}):
            async with httpx2.AsyncClient(base_url=member.dapr.sidecar.url, headers=headers) as stranger:
                assert (await stranger.get("/v1.0/metadata")).status_code == 401


def test_the_tries_of_the_sidecar_last_longer_than_its_broker_waits() -> None:
    (resiliency,) = documents("Resiliency")
    policy = resiliency["spec"]["policies"]["retries"]["delivery"]
    seconds = int(policy["duration"].removesuffix("s")) * policy["maxRetries"]
    assert policy["policy"] == "constant"
    assert seconds * 1000 > int(metadata("taskbus")["processingTimeout"])
