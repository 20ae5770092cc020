"""One request is followed from the door to the last consumer: its correlation id and its trace are on every message."""

import json
from collections.abc import Sequence

import pytest
from sqlalchemy import text

from taskora.api import wire
from taskora.domain.events import Event, Topic
from taskora.runtime.ports import Publisher
from tests.clocks import MovableClock
from tests.hosts import LocalHost, settings_for
from tests.schemas import check

pytestmark = pytest.mark.anyio
TRACE = "4bf92f3577b34da6a3ce929d0e0e4736"


class Tap:
    """A publisher that notes what goes through to the broker."""

    def __init__(self, inner: Publisher) -> None:
        self._inner = inner
        self.events: list[tuple[Topic, Event]] = []

    async def publish(self, topic: Topic, events: Sequence[Event]) -> None:
        self.events += [(topic, event) for event in events]
        await self._inner.publish(topic, events)


@pytest.mark.requirement("R-066", "R-067")
async def test_a_completion_its_command_and_the_next_task_carry_the_requests_ids(
    tmp_path_factory: pytest.TempPathFactory, clock: MovableClock
) -> None:
    from services.local.host import Host, Wrappers  # noqa: PLC0415  a host's imports are slow

    taps: list[Tap] = []

    def tap(inner: Publisher) -> Publisher:
        taps.append(Tap(inner))
        return taps[0]

    settings = settings_for(tmp_path_factory.mktemp("data"), clock)
    host = LocalHost(await Host.start(settings, wrap=Wrappers(publisher=tap)), clock)
    try:
        await host.tasks.create([wire.NewTask(text="daily task standup due 9am")])
        await host.host.drain()
        taps[0].events.clear()
        headers = {
            "Authorization": f"Bearer {host.token('tasks')}",
            "X-Correlation-ID": "line-7",
            "traceparent": f"00-{TRACE}-00f067aa0ba902b7-01",
        }
        answer = await host.http.post("/api/v1/tasks/complete", json={"items": [{"task": "#1"}]}, headers=headers)
        assert answer.status_code == 200, answer.text
        await host.host.drain()
        seen = {(topic.value, event.type): event for topic, event in taps[0].events}
        assert {
            ("task-events", "task.completed"),
            ("task-updates", "task.completed"),
            ("task-commands", "task.create"),
            ("task-events", "task.created"),
            ("task-updates", "task.created"),
        } <= set(seen)
        for event in seen.values():
            check(event)
            assert event.correlationid == "line-7"
            assert event.traceparent is not None
            assert event.traceparent.split("-")[1] == TRACE
            assert event.data["user_id"] == event.partitionkey == "local"
        query = text("SELECT correlation_id, traceparent FROM tasks_change WHERE sequence > 1")
        rows = await host.host.database.read(lambda connection: connection.execute(query).all())
        assert {row.correlation_id for row in rows} == {"line-7"}
        assert {row.traceparent.split("-")[1] for row in rows} == {TRACE}
    finally:
        await host.close()


async def test_what_is_said_in_the_chat_is_one_trace_down_to_the_event(host: LocalHost) -> None:
    headers = {
        "Authorization": f"Bearer {host.token('agent')}",
        "X-Correlation-ID": "line-8",
        "traceparent": f"00-{TRACE}-00f067aa0ba902b7-01",
    }
    body = {"text": "add buy milk", "said_at": host.clock.instant.isoformat()}
    answer = await host.http.post("/chat", json=body, headers=headers)
    assert answer.status_code == 200, answer.text
    query = text("SELECT correlation_id, traceparent FROM tasks_change")
    [row] = await host.host.database.read(lambda connection: connection.execute(query).all())
    assert (row.correlation_id, row.traceparent.split("-")[1]) == ("line-8", TRACE), json.dumps(dict(row._mapping))
