"""What every host promises of handing events to one consumer only."""

import pytest

from taskora.domain.errors import NotFound
from taskora.domain.events import Topic
from tests.contracts.conftest import EmbeddedWorld
from tests.contracts.events import Recorder, event, publish, subscription
from tests.waiting import until

pytestmark = pytest.mark.anyio


async def test_an_event_is_redelivered_to_one_consumer_and_no_other(world: EmbeddedWorld) -> None:
    first, second = Recorder(), Recorder()
    broker = await world.subscribe([subscription(first, consumer="one"), subscription(second, consumer="two")])
    sent = event("e1")
    await broker.redeliver("two", Topic.TASK_EVENTS, [sent])
    await until(lambda: second.events == [sent])
    await publish(broker, event("e2"))
    await until(lambda: "e2" in first.seen and "e2" in second.seen)
    assert first.seen == ["e2"]


async def test_types_that_the_consumer_does_not_handle_pass_unseen(world: EmbeddedWorld) -> None:
    recorder = Recorder()
    broker = await world.subscribe([subscription(recorder)])
    await broker.redeliver("worker", Topic.TASK_EVENTS, [event("other", kind="task.deleted"), event("mine")])
    await until(lambda: recorder.seen == ["mine"])
    assert await world.dead_letters() == []


async def test_a_consumer_that_is_not_known_is_refused_by_name(world: EmbeddedWorld) -> None:
    broker = await world.subscribe([subscription(Recorder())])
    with pytest.raises(NotFound, match="nobody") as refused:
        await broker.redeliver("nobody", Topic.TASK_EVENTS, [event("e1")])
    assert "worker" in refused.value.next_step
