"""What the sidecar and the broker add to the contracts: dead letters by both ways, replays, tokens, outages, instances."""

import asyncio
import json
from contextlib import AsyncExitStack
from dataclasses import replace
from pathlib import Path

import httpx2
import pytest

from taskora.config import Settings
from taskora.domain.errors import CannotStart, NotFound, Unavailable
from taskora.domain.events import Event, Topic
from taskora.runtime.dapr.dead_letters import GIVEN_UP
from taskora.runtime.dapr.host import DaprHost
from taskora.runtime.ports import Handled, Inbound, LiveSubscription, Outcome, Subscription
from tests.contracts.events import DROP, Recorder, event
from tests.dapr.houses import House
from tests.dapr.stack import APP_TOKEN, Redis, started
from tests.waiting import until

pytestmark = pytest.mark.anyio
AWAY = Handled(Outcome.RETRY, "the database is away", counted=False)


def worker(recorder: Recorder) -> Inbound:
    return Inbound("worker", (Subscription("worker", Topic.TASK_EVENTS, {"task.completed": recorder}),))


async def test_a_part_that_is_away_makes_no_dead_letter(redis: Redis, tmp_path: Path) -> None:
    recorder = Recorder({"e1": [AWAY] * 4})
    house = House(redis, tmp_path, [worker(recorder)])
    async with house.running() as (one,):
        await one.dapr.broker.publish(Topic.TASK_EVENTS, [event("e1")])
        await until(lambda: len(recorder.seen) == 5)
    assert house.letters.kept == {}


async def test_a_part_that_is_away_is_waited_for_within_a_delivery(redis: Redis, tmp_path: Path) -> None:
    recorder = Recorder({"e1": [AWAY] * 3})
    house = House(redis, tmp_path, [worker(recorder)], tries=0, patience=30)
    async with house.running() as (one,):
        await one.dapr.broker.publish(Topic.TASK_EVENTS, [event("e1")])
        await until(lambda: len(recorder.seen) == 4)
    assert house.letters.kept == {}


@pytest.mark.parametrize("trace", ["00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01", None])
async def test_the_trace_of_an_event_is_its_own_and_not_the_sidecars(
    redis: Redis, tmp_path: Path, trace: str | None
) -> None:
    recorder = Recorder()
    house = House(redis, tmp_path, [worker(recorder)])
    sent = replace(event("e1"), traceparent=trace)
    async with house.running() as (one,):
        await one.dapr.broker.publish(Topic.TASK_EVENTS, [sent])
        await one.dapr.broker.redeliver("worker", Topic.TASK_EVENTS, [sent])
        await until(lambda: len(recorder.events) == 2)
    assert recorder.events == [sent, sent]


async def test_what_the_sidecar_gives_up_is_a_dead_letter_too(redis: Redis, tmp_path: Path) -> None:
    recorder = Recorder({"e1": [AWAY] * 3})
    house = House(redis, tmp_path, [worker(recorder)], tries=2)
    sent = event("e1")
    async with house.running() as (one,):
        await one.dapr.broker.publish(Topic.TASK_EVENTS, [sent])
        letter = await until(lambda: house.letters.of("e1"))
    assert (letter.consumer, letter.topic, letter.reason) == ("worker", "task-events", GIVEN_UP)
    assert Event.from_dict(json.loads(letter.envelope)) == sent


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"type": "task.exploded"}, "unknown type task.exploded"),
        ({"data": {"schema": 99}}, "schema 99 is newer"),
        ({"data": {}}, "data.schema"),
        ({"partitionkey": None}, "partitionkey"),
        ({"data": "text"}, "data: an object is needed"),
    ],
)
async def test_an_event_of_unknown_type_version_or_shape_is_a_dead_letter_and_blocks_nothing(
    redis: Redis, tmp_path: Path, changes: dict[str, object], why: str
) -> None:
    recorder = Recorder()
    house = House(redis, tmp_path, [worker(recorder)])
    content = json.dumps(event("bad").to_dict() | changes).encode()
    headers = {"content-type": "application/cloudevents+json"}
    async with house.running() as (one,):
        await one.dapr.sidecar.send("POST", "/v1.0/publish/taskbus/task-events", content=content, headers=headers)
        await one.dapr.broker.publish(Topic.TASK_EVENTS, [event("good")])
        letter = await until(lambda: house.letters.of("bad"))
        await until(lambda: recorder.seen == ["good"])
    assert why in letter.reason


async def test_a_dead_letter_is_replayed_to_its_consumer_alone(redis: Redis, tmp_path: Path) -> None:
    recorder, other = Recorder({"e1": [DROP]}), Recorder()
    others = Inbound("other", (Subscription("other", Topic.TASK_EVENTS, {"task.completed": other}),))
    house = House(redis, tmp_path, [others, worker(recorder)])
    async with house.running() as (one, _):
        sent = event("e1")
        await one.dapr.broker.publish(Topic.TASK_EVENTS, [sent])
        letter = await until(lambda: house.letters.of("e1"))
        assert (letter.consumer, letter.reason) == ("worker", DROP.reason)
        again = Event.from_dict(json.loads(letter.envelope))
        await one.dapr.broker.redeliver(letter.consumer, Topic(letter.topic), [again])
        await until(lambda: recorder.seen == ["e1", "e1"])
        with pytest.raises(NotFound, match="nobody"):
            await one.dapr.broker.redeliver("nobody", Topic.TASK_EVENTS, [again])
    assert recorder.events == [sent] * 2
    assert other.seen == ["e1"]


async def test_a_dead_letter_that_cannot_be_kept_comes_again(redis: Redis, tmp_path: Path) -> None:
    house = House(redis, tmp_path, [worker(Recorder({"e1": [DROP]}))], tries=20)
    keep, refusals = house.letters, iter([Unavailable("The database is away.")] * 3)

    async def keep_later(letter: object) -> None:
        for error in refusals:
            raise error
        await keep(letter)  # type: ignore[arg-type]  # whatever comes

    house.letters = keep_later  # type: ignore[assignment]  # a keeper of another kind
    async with house.running() as (one,):
        await one.dapr.broker.publish(Topic.TASK_EVENTS, [event("e1")])
        await until(lambda: keep.of("e1"))


@pytest.mark.parametrize("shown", [{}, {"dapr-api-token": APP_TOKEN + "x"}, {"dapr-api-token": ""}])
async def test_whoever_is_not_the_sidecar_is_refused_on_every_route(
    redis: Redis, tmp_path: Path, shown: dict[str, str]
) -> None:
    recorder = Recorder()
    house = House(redis, tmp_path, [worker(recorder)])
    async with house.running() as (one,), httpx2.AsyncClient(base_url=f"http://127.0.0.1:{one.app_port}") as stranger:
        for path in (
            "/events/worker/task-events",
            "/redeliver/worker",
            "/live/task-updates",
            "/job/a",
            "/dead-letters/a",
        ):
            answer = await stranger.post(path, json=event("forged").to_dict(), headers=shown)
            assert answer.status_code == 401, path
    assert recorder.seen == []
    assert house.letters.kept == {}


def test_a_service_does_not_start_without_its_token() -> None:
    with pytest.raises(CannotStart, match="APP_API_TOKEN"):
        DaprHost(Settings()).router(Inbound("worker"))


async def test_events_of_a_task_reach_the_broker_in_order(redis: Redis, tmp_path: Path) -> None:
    house = House(redis, tmp_path, [worker(Recorder())])
    sent = [
        replace(event(f"{user}{number:02}", user=user), subject=f"task of {user}")
        for number in range(30)
        for user in ("ann", "bob", "cy")
    ]
    async with house.running() as (one,):
        await one.dapr.broker.publish(Topic.TASK_EVENTS, sent)
        lines = redis.say("XRANGE", "task-events", "-", "+")
    ids = [json.loads(line)["id"] for line in lines if line.startswith("{") and '"specversion"' in line]
    assert len(ids) == len(sent)
    for user in ("ann", "bob", "cy"):
        assert [one for one in ids if one.startswith(user)] == [f"{user}{number:02}" for number in range(30)]


async def test_while_the_broker_is_away_publishing_is_unavailable_and_what_it_confirmed_stays(tmp_path: Path) -> None:
    server, recorder = Redis(tmp_path / "redis"), Recorder()
    house = House(server, tmp_path, [worker(recorder)])
    with started(server):
        async with house.running() as (one,):
            recorder._answers["e1"] = [AWAY]
            await one.dapr.broker.publish(Topic.TASK_EVENTS, [event("e1")])
            await until(lambda: recorder.seen)
            server.process.kill()
            with pytest.raises(Unavailable):
                await one.dapr.broker.publish(Topic.TASK_EVENTS, [event("e2")])
            server.process.start()

            async def published() -> bool:
                try:
                    await one.dapr.broker.publish(Topic.TASK_EVENTS, [event("e2")])
                except Unavailable:
                    return False
                return True

            await until(published)
            await until(lambda: "e2" in recorder.seen and recorder.seen.count("e1") >= 2)


async def test_without_a_sidecar_everything_is_unavailable(tmp_path: Path) -> None:
    dapr = DaprHost(Settings(data_dir=tmp_path, dapr_http_port=1))
    with pytest.raises(Unavailable):
        await dapr.broker.publish(Topic.TASK_EVENTS, [event("e1")])
    with pytest.raises(Unavailable):
        await dapr.state.get("key")
    with pytest.raises(Unavailable):
        await dapr.invoker.invoke("tasks", "GET", "/", headers={})
    with pytest.raises(Unavailable, match="not ready"):
        await dapr.sidecar.wait_until_ready(0.2)
    await dapr.aclose()


async def test_waiting_for_the_sidecar_holds_up_nothing_else(tmp_path: Path) -> None:
    dapr = DaprHost(Settings(data_dir=tmp_path, dapr_http_port=1))
    waiting = asyncio.create_task(dapr.sidecar.wait_until_ready(60))
    for _ in range(100):
        await asyncio.sleep(0)
    assert not waiting.done()
    waiting.cancel()
    await dapr.aclose()


async def test_instances_of_a_service_share_its_events(redis: Redis, tmp_path: Path) -> None:
    recorder = Recorder()
    house = House(redis, tmp_path, [worker(recorder)])
    async with house.running() as (one,), house.member(worker(recorder)).running():
        await one.dapr.broker.publish(Topic.TASK_EVENTS, [event(f"e{number}") for number in range(40)])
        await until(lambda: len(recorder.seen) >= 40)
    assert sorted(recorder.seen) == sorted(f"e{number}" for number in range(40))


async def test_every_instance_hears_what_is_new_and_nothing_of_before_its_start(redis: Redis, tmp_path: Path) -> None:
    first: list[str] = []
    second: list[str] = []

    def hearing(heard: list[str]) -> Inbound:
        async def note(got: Event) -> None:
            heard.append(got.id)

        return Inbound("sync", live=(LiveSubscription(Topic.TASK_UPDATES, note),))

    house = House(redis, tmp_path, [hearing(first)])
    async with AsyncExitStack() as running:
        (one,) = await running.enter_async_context(house.running())
        await one.dapr.broker.publish(Topic.TASK_UPDATES, [event("before")])
        await until(lambda: first)
        await running.enter_async_context(house.member(hearing(second)).running())
        await one.dapr.broker.publish(Topic.TASK_UPDATES, [event("after")])
        await until(lambda: second and len(first) == 2)
    assert (first, second) == (["before", "after"], ["after"])
