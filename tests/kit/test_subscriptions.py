"""What a handler says of an event: done, later, or never."""

import datetime as dt

import pytest

from services.kit.subscriptions import handler
from taskora.domain.errors import NotFound, StorageBusy, TaskoraError
from taskora.domain.events import Event
from taskora.runtime.ports import DONE, Outcome
from taskora.telemetry import correlation_id

pytestmark = pytest.mark.anyio

EVENT = Event(
    "1", "task.created", "/test", "t", dt.datetime(2026, 11, 24, tzinfo=dt.UTC), "ada", "line-7", {"number": 1}
)


def number_of(event: Event) -> int:
    return int(str(event.data["number"]))


async def test_an_event_that_was_handled_is_done_under_its_correlation_id() -> None:
    seen: list[tuple[int, str | None]] = []

    async def act(number: int) -> None:
        seen.append((number, correlation_id()))

    assert await handler(number_of, act)(EVENT) == DONE
    assert seen == [(1, "line-7")]


@pytest.mark.parametrize("data", [{}, {"number": "many"}])
async def test_an_event_that_cannot_be_read_is_dropped_with_the_reason(data: dict[str, object]) -> None:
    async def act(number: int) -> None:
        raise AssertionError(number)

    broken = Event.from_dict({**EVENT.to_dict(), "data": data})
    handled = await handler(number_of, act)(broken)
    assert handled.outcome is Outcome.DROP
    assert handled.reason.startswith("malformed task.created: ")


@pytest.mark.parametrize(("error", "outcome"), [(StorageBusy(), Outcome.RETRY), (NotFound("Gone."), Outcome.DROP)])
async def test_what_is_away_is_tried_again_and_what_is_refused_is_not(error: TaskoraError, outcome: Outcome) -> None:
    async def act(_: int) -> None:
        raise error

    handled = await handler(number_of, act)(EVENT)
    assert (handled.outcome, handled.reason) == (outcome, error.sentence)


async def test_a_defect_goes_up_to_the_host() -> None:
    async def act(_: int) -> None:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await handler(number_of, act)(EVENT)
