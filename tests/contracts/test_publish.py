"""What every host promises of publishing and subscribing."""

import asyncio

import pytest

from taskora.domain.errors import TooLarge
from taskora.domain.events import EVENT_SIZE_LIMIT, EVENT_TABLE, Event, EventType, Topic
from taskora.runtime.ports import DONE, Handled, Subscription
from taskora.telemetry import correlation_id
from tests.contracts.conftest import EmbeddedWorld
from tests.contracts.events import DROP, RETRY, Recorder, event, publish, subscription
from tests.waiting import until

pytestmark = pytest.mark.anyio


async def test_a_handler_gets_the_event_as_it_was_published(world: EmbeddedWorld) -> None:
    recorder = Recorder()
    publisher = await world.subscribe([subscription(recorder)])
    sent = event("e1", text="größer than ASCII")
    await publish(publisher, sent)
    await until(lambda: recorder.seen)
    assert recorder.events == [sent]


async def test_every_consumer_of_a_topic_gets_the_event(world: EmbeddedWorld) -> None:
    first, second = Recorder(), Recorder()
    publisher = await world.subscribe([subscription(first, consumer="one"), subscription(second, consumer="two")])
    await publish(publisher, event("e1"))
    await until(lambda: first.seen and second.seen)


@pytest.mark.requirement("R-056")
@pytest.mark.parametrize("topic", [Topic.TASK_EVENTS, Topic.REMINDERS, Topic.TASK_UPDATES])
async def test_each_topic_carries_events_to_its_own_consumers(world: EmbeddedWorld, topic: Topic) -> None:
    recorder = Recorder()
    publisher = await world.subscribe([Subscription("worker", topic, {"task.completed": recorder})])
    await publisher.publish(topic, [event("e1")])
    await until(lambda: recorder.seen == ["e1"])


async def test_types_without_a_handler_succeed_unseen(world: EmbeddedWorld) -> None:
    recorder = Recorder()
    publisher = await world.subscribe([subscription(recorder)])
    await publish(publisher, event("other", kind="task.deleted"), event("mine"))
    await until(lambda: "mine" in recorder.seen)
    assert recorder.seen == ["mine"]
    assert await world.dead_letters() == []


@pytest.mark.requirement("R-058")
async def test_an_event_is_delivered_again_until_its_handler_succeeds(world: EmbeddedWorld) -> None:
    recorder = Recorder({"e1": [RETRY, RuntimeError("a defect")]})
    publisher = await world.subscribe([subscription(recorder)])
    await publish(publisher, event("e1"))
    await until(lambda: len(recorder.seen) == 3)
    await publish(publisher, event("after"))
    await until(lambda: "after" in recorder.seen)
    assert recorder.seen == ["e1", "e1", "e1", "after"]


async def test_an_event_that_fails_holds_up_neither_later_events_nor_other_users(world: EmbeddedWorld) -> None:
    recorder = Recorder({"bad": [RETRY, RETRY]})
    publisher = await world.subscribe([subscription(recorder)])
    await publish(publisher, event("bad"), event("later"), event("other user", user="bob"))
    await until(lambda: recorder.seen.count("bad") == 3)
    first_retry = [place for place, name in enumerate(recorder.seen) if name == "bad"][1]
    assert {"later", "other user"} <= set(recorder.seen[:first_retry])


async def test_a_handler_that_hangs_is_given_up_and_repeated(world: EmbeddedWorld) -> None:
    seen: list[str] = []

    async def hang_once(got: Event) -> Handled:
        seen.append(got.id)
        if len(seen) == 1:
            await asyncio.Event().wait()
        return DONE

    publisher = await world.subscribe([subscription(hang_once)])
    await publish(publisher, event("e1"))
    await until(lambda: seen == ["e1", "e1"])


async def test_a_dropped_event_becomes_a_dead_letter_with_its_reason(world: EmbeddedWorld) -> None:
    recorder = Recorder({"bad": [DROP]})
    publisher = await world.subscribe([subscription(recorder)])
    await publish(publisher, event("bad"), event("good"))
    letters = await until(world.dead_letters)
    assert letters == [("worker", "bad", "it can never work")]
    assert sorted(recorder.seen) == ["bad", "good"]


async def test_an_event_that_fails_too_often_becomes_a_dead_letter(world: EmbeddedWorld) -> None:
    recorder = Recorder({"bad": [RETRY, RuntimeError("a defect"), RETRY, RETRY]})
    publisher = await world.subscribe([subscription(recorder)])
    await publish(publisher, event("bad"))
    letters = await until(world.dead_letters)
    assert letters == [("worker", "bad", "not yet")]
    assert recorder.seen == ["bad"] * 3


@pytest.mark.requirement("R-064")
async def test_an_unhandled_event_outlives_the_process(world: EmbeddedWorld) -> None:
    publisher = await world.subscribe([subscription(Recorder({"e1": [RETRY]}))])
    await publish(publisher, event("e1"))
    await world.restart()
    recorder = Recorder()
    await world.subscribe([subscription(recorder)])
    await until(lambda: recorder.seen == ["e1"])


async def test_an_event_over_the_limit_is_refused(world: EmbeddedWorld) -> None:
    publisher = await world.subscribe([subscription(Recorder())])
    with pytest.raises(TooLarge):
        await publish(publisher, event("huge", text="x" * EVENT_SIZE_LIMIT))


async def test_a_handler_can_tell_the_correlation_id_of_its_event(world: EmbeddedWorld) -> None:
    seen: list[str | None] = []

    async def note(_: Event) -> Handled:
        seen.append(correlation_id())
        return DONE

    publisher = await world.subscribe([subscription(note)])
    await publish(publisher, event("e1"))
    await until(lambda: seen)
    assert seen == ["correlation of e1"]
    assert correlation_id() is None


async def test_an_event_of_unknown_type_becomes_a_dead_letter_and_blocks_nothing_behind_it(
    world: EmbeddedWorld,
) -> None:
    recorder = Recorder()
    publisher = await world.subscribe([subscription(recorder)])
    await publish(publisher, event("new", kind="task.teleported"), event("after"))
    letters = await until(world.dead_letters)
    assert letters == [("worker", "new", "unknown type task.teleported")]
    await until(lambda: recorder.seen == ["after"])


@pytest.mark.parametrize("schema", [EVENT_TABLE[EventType.TASK_COMPLETED].schema_version + 1, "one", None])
async def test_an_event_of_unknown_schema_becomes_a_dead_letter_and_blocks_nothing_behind_it(
    world: EmbeddedWorld, schema: object
) -> None:
    recorder = Recorder()
    publisher = await world.subscribe([subscription(recorder)])
    await publish(publisher, event("new", schema=schema), event("after"))
    [(consumer, name, reason)] = await until(world.dead_letters)
    assert (consumer, name) == ("worker", "new")
    assert "schema" in reason
    await until(lambda: recorder.seen == ["after"])


async def test_an_event_that_hangs_holds_up_nobody_behind_it(world: EmbeddedWorld) -> None:
    seen: list[str] = []

    async def hang_on_poison(got: Event) -> Handled:
        seen.append(got.id)
        if got.id == "poison":
            await asyncio.Event().wait()
        return DONE

    publisher = await world.subscribe([subscription(hang_on_poison)])
    await publish(publisher, event("poison"))
    await until(lambda: seen == ["poison"])
    await publish(publisher, event("after"))
    await until(lambda: "after" in seen)
    assert seen[:2] == ["poison", "after"]
    [(_, name, reason)] = await until(world.dead_letters)
    assert name == "poison"
    assert "longer than" in reason
