"""The recurrence service: from a completion event to the command for the next occurrence, the same every time."""

import datetime as dt
from dataclasses import replace
from uuid import UUID, uuid5

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from services.recurrence.handlers import next_command, read_completion, subscriptions
from taskora.domain.due import Due
from taskora.domain.encoding import due_to_json, series_to_json, task_to_json
from taskora.domain.errors import Unavailable
from taskora.domain.events import SOURCE_TASKS, Event, EventType, Topic
from taskora.domain.series import Anchor, End, Repeat, Rule, Series, SeriesState
from taskora.domain.task import Status, Task
from taskora.runtime.ports import Outcome
from tests.tasks.world import Mailbag

ZONE = "America/New_York"
EVENT_ID = "01a20c4f-8e84-7681-a7e1-926d9b3ca76f"
COMPLETED_AT = dt.datetime(2026, 11, 25, 14, 10, tzinfo=dt.UTC)
NINE = Due(dt.date(2026, 11, 25), dt.time(9), ZONE)
DAILY = Series("s1", "ada", Repeat((Rule("FREQ=DAILY", NINE.date, NINE.time),)), ZONE)


def completion(series: Series | None = DAILY, due: Due | None = NINE, at: dt.datetime = COMPLETED_AT) -> Event:
    task = Task(
        id="t1",
        user_id="ada",
        number=1,
        title="standup",
        created_at=at,
        updated_at=at,
        status=Status.COMPLETED,
        due=due,
        occurrence=due,
        series_id=None if series is None else series.id,
        completed_at=at,
        completed_by=EVENT_ID,
    )
    data = {
        "task": task_to_json(task),
        "series": None if series is None else series_to_json(series),
        "user_zone": ZONE,
        "completed_at": at.isoformat(),
    }
    return Event(EVENT_ID, EventType.TASK_COMPLETED, SOURCE_TASKS, "t1", at, "ada", "line-7", data)


def command_of(event: Event) -> Event | None:
    return next_command(read_completion(event))


@pytest.mark.requirement("R-032")
def test_a_completed_occurrence_asks_for_the_next_one() -> None:
    command = command_of(completion())
    assert command is not None
    assert (command.type, command.source, command.subject) == ("task.create", "/taskora/recurrence", "t1")
    assert (command.partitionkey, command.correlationid, command.time) == ("ada", "line-7", COMPLETED_AT)
    assert command.data == {
        "schema": 1,
        "user_id": "ada",
        "series_id": "s1",
        "series_version": 1,
        "predecessor_id": "t1",
        "completed_by": EVENT_ID,
        "completed_at": "2026-11-25T14:10:00Z",
        "user_zone": ZONE,
        "due": due_to_json(Due(dt.date(2026, 11, 26), dt.time(9), ZONE)),
        "passed_over": 0,
    }


@settings(deadline=None)
@given(
    minutes=st.integers(0, 10 * 366 * 24 * 60),
    anchor=st.sampled_from(Anchor),
    rrule=st.sampled_from(
        ["FREQ=DAILY", "FREQ=WEEKLY;BYDAY=MO,TH", "FREQ=MONTHLY;BYMONTHDAY=31", "FREQ=HOURLY;INTERVAL=5"]
    ),
)
def test_the_command_follows_from_the_event_alone(minutes: int, anchor: Anchor, rrule: str) -> None:
    repeat = Repeat((Rule(rrule, NINE.date, NINE.time),), anchor=anchor)
    event = completion(replace(DAILY, repeat=repeat), at=COMPLETED_AT + dt.timedelta(minutes=minutes))
    again = Event.from_dict(event.to_dict())
    assert command_of(event) == command_of(again)
    command = command_of(event)
    assert command is not None
    assert command.id == str(uuid5(UUID(EVENT_ID), "recurrence/next/0"))


def test_a_series_that_has_ended_is_told_so_that_the_task_service_can_note_it() -> None:
    ended = replace(DAILY, repeat=replace(DAILY.repeat, end=End(until=NINE.date)))
    command = command_of(completion(ended))
    assert command is not None
    assert (command.data["due"], command.data["passed_over"]) == (None, 0)


@pytest.mark.parametrize("series", [None, replace(DAILY, state=SeriesState.STOPPED)])
def test_a_task_that_does_not_repeat_any_more_asks_for_nothing(series: Series | None) -> None:
    assert command_of(completion(series)) is None


def test_a_repeating_task_without_a_due_goes_on_from_its_completion() -> None:
    command = command_of(completion(due=None))
    assert command is not None
    assert command.data["due"] == due_to_json(Due(dt.date(2026, 11, 26), dt.time(9), ZONE))


@pytest.mark.requirement("R-032")
@pytest.mark.anyio
async def test_only_completions_are_heard_and_commands_go_to_their_topic() -> None:
    bag = Mailbag()
    (subscription,) = subscriptions(bag)
    assert (subscription.consumer, subscription.topic) == ("recurrence", Topic.TASK_EVENTS)
    assert set(subscription.handlers) == {"task.completed"}
    handled = await subscription.handlers["task.completed"](completion())
    assert handled.outcome is Outcome.SUCCESS
    assert [event.type for event in bag.events] == ["task.create"]


@pytest.mark.anyio
@pytest.mark.parametrize(
    "broken",
    [
        {"data": {}},
        {"data": {**completion().data, "task": {}}},
        {"data": {**completion().data, "series": "daily"}},
        {"data": {**completion().data, "completed_at": "2026-11-25T14:10:00"}},
        {"id": "no-uuid"},
    ],
)
async def test_a_malformed_completion_is_dropped_with_the_reason(broken: dict[str, object]) -> None:
    bag = Mailbag()
    (subscription,) = subscriptions(bag)
    event = Event.from_dict({**completion().to_dict(), **broken})
    handled = await subscription.handlers["task.completed"](event)
    assert handled.outcome is Outcome.DROP
    assert "malformed task.completed" in handled.reason
    assert bag.events == []


@pytest.mark.anyio
async def test_a_broker_that_is_away_is_tried_again() -> None:
    class Away(Mailbag):
        async def publish(self, topic: Topic, events: object) -> None:
            raise Unavailable(f"{topic} {events}")

    (subscription,) = subscriptions(Away())
    assert (await subscription.handlers["task.completed"](completion())).outcome is Outcome.RETRY
