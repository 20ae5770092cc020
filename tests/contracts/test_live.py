"""What every host promises of live subscriptions: every instance hears what happens from now on, and nobody depends on it."""

import asyncio
import dataclasses
import datetime as dt

import pytest

from taskora.domain.events import Event, Topic
from taskora.runtime.ports import LiveSubscription, Subscription
from taskora.telemetry import correlation_id
from tests.contracts.conftest import EmbeddedWorld
from tests.contracts.events import Recorder, event
from tests.waiting import until

pytestmark = pytest.mark.anyio


class Ear:
    """A live handler that notes what it hears, and fails for what it was told to."""

    def __init__(self, *bad: str) -> None:
        self.heard: list[str] = []
        self.correlations: list[str | None] = []
        self._bad = bad

    async def __call__(self, got: Event) -> None:
        self.heard.append(got.id)
        self.correlations.append(correlation_id())
        if got.id in self._bad:
            raise RuntimeError("a defect")

    @property
    def subscription(self) -> LiveSubscription:
        return LiveSubscription(Topic.TASK_UPDATES, self)


def nothing() -> Subscription:
    """Return a subscription that has nothing to do with the topic."""
    return Subscription("worker", Topic.TASK_EVENTS, {"task.completed": Recorder()})


async def test_every_live_handler_hears_of_an_event(world: EmbeddedWorld) -> None:
    first, second = Ear(), Ear()
    publisher = await world.subscribe([nothing()], live=[first.subscription, second.subscription])
    await publisher.publish(Topic.TASK_UPDATES, [event("e1")])
    await until(lambda: first.heard == ["e1"] and second.heard == ["e1"])
    assert first.correlations == ["correlation of e1"]


async def test_a_live_handler_that_fails_is_not_asked_again_and_hears_of_the_next(world: EmbeddedWorld) -> None:
    ear = Ear("bad")
    publisher = await world.subscribe([nothing()], live=[ear.subscription])
    await publisher.publish(Topic.TASK_UPDATES, [event("bad")])
    await until(lambda: ear.heard == ["bad"])
    await publisher.publish(Topic.TASK_UPDATES, [event("good")])
    await until(lambda: "good" in ear.heard)
    assert ear.heard == ["bad", "good"]
    assert await world.dead_letters() == []


async def test_a_live_handler_hears_nothing_of_before_the_start(world: EmbeddedWorld) -> None:
    ear = Ear()
    publisher = await world.subscribe([nothing()], live=[ear.subscription])
    earlier = dataclasses.replace(event("old"), time=dt.datetime.now(dt.UTC) - dt.timedelta(minutes=1))
    await publisher.publish(Topic.TASK_UPDATES, [earlier, event("new")])
    await until(lambda: ear.heard == ["new"])


async def test_a_live_handler_that_hangs_holds_up_no_consumer(world: EmbeddedWorld) -> None:
    async def hang(_: Event) -> None:
        await asyncio.Event().wait()

    recorder = Recorder()
    worker = Subscription("worker", Topic.TASK_UPDATES, {"task.completed": recorder})
    publisher = await world.subscribe([worker], live=[LiveSubscription(Topic.TASK_UPDATES, hang)])
    await publisher.publish(Topic.TASK_UPDATES, [event("e1"), event("e2")])
    await until(lambda: sorted(recorder.seen) == ["e1", "e2"])
