"""What every host promises of publishing and subscribing."""

import asyncio
import datetime as dt
from collections.abc import Sequence

import pytest

from taskora.domain.errors import TooLarge
from taskora.domain.events import EVENT_SIZE_LIMIT, Event, Topic
from taskora.runtime.ports import DONE, Handled, Handler, Outcome, Publisher, Subscription
from taskora.telemetry import correlation_id
from tests.contracts.conftest import EmbeddedWorld
from tests.waiting import until

pytestmark = pytest.mark.anyio


def event(name: str, *, user: str = "ann", kind: str = "task.completed", text: str = "") -> Event:
    return Event(
        id=name,
        type=kind,
        source="/taskora/tasks",
        subject=f"task of {name}",
        time=dt.datetime(2026, 11, 24, 9, tzinfo=dt.UTC),
        partitionkey=user,
        correlationid=f"correlation of {name}",
        data={"schema": 1, "text": text},
    )


def subscription(handler: Handler, *, consumer: str = "worker", kind: str = "task.completed") -> Subscription:
    return Subscription(consumer, Topic.TASK_EVENTS, {kind: handler})


async def publish(publisher: Publisher, *events: Event) -> None:
    await publisher.publish(Topic.TASK_EVENTS, events)


class Recorder:
    """A handler that notes what it gets, and answers by event id in turn; SUCCESS where nothing is said."""

    def __init__(self, answers: dict[str, Sequence[Handled | Exception]] | None = None) -> None:
        self.seen: list[str] = []
        self.events: list[Event] = []
        self._answers = {name: list(given) for name, given in (answers or {}).items()}

    async def __call__(self, got: Event) -> Handled:
        self.seen.append(got.id)
        self.events.append(got)
        left = self._answers.get(got.id)
        answer = left.pop(0) if left else DONE
        if isinstance(answer, Exception):
            raise answer
        return answer


RETRY = Handled(Outcome.RETRY, "not yet")
DROP = Handled(Outcome.DROP, "it can never work")


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


async def test_types_without_a_handler_succeed_unseen(world: EmbeddedWorld) -> None:
    recorder = Recorder()
    publisher = await world.subscribe([subscription(recorder)])
    await publish(publisher, event("other", kind="task.deleted"), event("mine"))
    await until(lambda: "mine" in recorder.seen)
    assert recorder.seen == ["mine"]
    assert await world.dead_letters() == []


async def test_events_of_a_user_come_in_order(world: EmbeddedWorld) -> None:
    recorder = Recorder()
    publisher = await world.subscribe([subscription(recorder)])
    names = [f"e{number:03}" for number in range(150)]
    for start in range(0, 150, 30):
        await publish(publisher, *(event(name) for name in names[start : start + 30]))
    await until(lambda: len(recorder.seen) == 150)
    assert recorder.seen == names


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
    assert recorder.seen == ["bad", "good"]


async def test_an_event_that_fails_too_often_becomes_a_dead_letter(world: EmbeddedWorld) -> None:
    recorder = Recorder({"bad": [RETRY, RuntimeError("a defect"), RETRY, RETRY]})
    publisher = await world.subscribe([subscription(recorder)])
    await publish(publisher, event("bad"))
    letters = await until(world.dead_letters)
    assert letters == [("worker", "bad", "not yet")]
    assert recorder.seen == ["bad"] * 3


async def test_a_repeated_publish_of_what_still_waits_is_ignored(world: EmbeddedWorld) -> None:
    released = asyncio.Event()
    seen: list[str] = []

    async def wait_for_release(got: Event) -> Handled:
        seen.append(got.id)
        await released.wait()
        return DONE

    publisher = await world.subscribe([subscription(wait_for_release)])
    await publish(publisher, event("e1"))
    await until(lambda: seen)
    await publish(publisher, event("e1"), event("e2"))
    released.set()
    await until(lambda: "e2" in seen)
    assert seen == ["e1", "e2"]


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
