"""An event through a real sidecar and a real broker."""

import datetime as dt
from pathlib import Path

import pytest

from taskora.domain.events import Event, Topic
from taskora.runtime.ports import DONE, Handled, Inbound, Subscription
from tests.dapr.resources import component, resiliency, subscriptions_of, write
from tests.dapr.stack import Member, Redis
from tests.waiting import until

pytestmark = pytest.mark.anyio


async def test_thin(redis: Redis, tmp_path: Path) -> None:
    seen: list[Event] = []

    async def note(event: Event) -> Handled:
        seen.append(event)
        return DONE

    inbound = Inbound("worker", (Subscription("worker", Topic.TASK_EVENTS, {"task.completed": note}),))
    resources = tmp_path / "resources"
    member = Member(inbound, [resources], tmp_path)
    write(
        resources,
        [
            component("taskbus", "pubsub.redis", {"redisHost": redis.address}),
            *subscriptions_of(inbound, member.settings),
            resiliency(10, "300ms"),
        ],
    )
    sent = Event(
        id="e1",
        type="task.completed",
        source="/taskora/tasks",
        subject="t",
        time=dt.datetime(2026, 11, 24, 9, tzinfo=dt.UTC),
        partitionkey="ann",
        correlationid="c",
        data={"schema": 1, "text": "größer"},
    )
    async with member.running():
        await member.dapr.sidecar.wait_until_ready()
        await member.dapr.broker.publish(Topic.TASK_EVENTS, [sent])
        await until(lambda: seen)
    assert seen == [sent]
