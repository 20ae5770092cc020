"""Hosts with a defect, to see that a soak finds it: each does now and then what must never be done."""

import dataclasses
import itertools
from collections.abc import Callable, Sequence
from typing import Any, TypeVar

from sqlalchemy import text
from uuid_utils import uuid7

from services.local.host import Wrappers
from taskora.domain.events import Event, EventType, Topic
from taskora.runtime.ports import Handled, Handler, Publisher
from taskora.storage.database import Database
from taskora.storage.unit_of_work import UnitOfWork
from tests.wrapped import WrappedDatabase

T = TypeVar("T")
EVERY = 5
"""How often a defect shows: the fifth time, the tenth, …"""


def broken(wrap: Wrappers, defect: str | None) -> Wrappers:
    """Return the wrappers of a host with a defect, or the very same without one."""
    if not defect:
        return wrap
    now = _now_and_then()
    if defect in OF_UNITS:
        breaks = OF_UNITS[defect]
        return dataclasses.replace(wrap, database=lambda inner: wrap.database(_Database(inner, breaks, now)))
    if defect in OF_EVENTS:
        change = OF_EVENTS[defect]
        return dataclasses.replace(wrap, publisher=lambda inner: wrap.publisher(_Publisher(inner, change, now)))
    return dataclasses.replace(wrap, handler=lambda inner: wrap.handler(_again_under_another_id(inner)))


def _now_and_then() -> Callable[[], bool]:
    numbers = itertools.count(1)
    return lambda: next(numbers) % EVERY == 0


class _Unit:
    """A unit of work with another way to do one thing."""

    def __init__(self, inner: UnitOfWork) -> None:
        self.inner = inner

    def __getattr__(self, name: str) -> Any:
        return getattr(self.inner, name)


class _Forgetful(_Unit):
    """The inbox remembers nothing."""

    def first_time(self, *what: str) -> bool:
        self.inner.first_time(*what)
        return True


class _LosesEvents(_Unit):
    """A change is recorded and its event is not sent."""

    def send(self, service: str, event: Event) -> None:
        if event.type == EventType.TASK_COMPLETED:
            self.inner.send(service, event)


class _SkipsNumbers(_Unit):
    """A number of a user's changes is left out."""

    def record(self, change: Any) -> int:
        number = self.inner.record(change)
        for rows in self.inner._changes.values():
            rows[-1]["sequence"] += 1000
        return number


class _ForgetsKeys(_Unit):
    """No idempotency key is known when it comes again."""

    def __init__(self, inner: UnitOfWork) -> None:
        super().__init__(inner)
        inner.connection.execute(text("UPDATE tasks_command SET idempotency_key = NULL"))


class _ForgetsFields(_Unit):
    """A task is stored as something else than its change says."""

    def record(self, change: Any) -> int:
        statement = text("UPDATE tasks_task SET priority = 0, title = 'another' WHERE id = :task")
        self.inner.connection.execute(statement, {"task": change.subject})
        return self.inner.record(change)


class _Lost(Exception):
    def __init__(self, value: object) -> None:
        self.value = value


class _NotDurable(_Unit):
    """A write is answered and then not kept."""


OF_UNITS: dict[str, type[_Unit]] = {
    "inbox that remembers nothing": _Forgetful,
    "change without event": _LosesEvents,
    "number left out": _SkipsNumbers,
    "key forgotten": _ForgetsKeys,
    "task stored otherwise": _ForgetsFields,
    "answered and not kept": _NotDurable,
}


class _Database(WrappedDatabase):
    def __init__(self, inner: Database, breaks: type[_Unit], now: Callable[[], bool]) -> None:
        super().__init__(inner)
        self._breaks = breaks
        self._now = now

    async def write(self, work: Callable[[UnitOfWork], T]) -> T:
        lost = self._breaks is _NotDurable

        def act(unit: UnitOfWork) -> T:
            value = work(unit if lost or not self._now() else self._breaks(unit))  # type: ignore[arg-type]  # it acts like one
            if lost and unit.sent and self._now():  # a command, and nothing that the broker does
                raise _Lost(value)
            return value

        try:
            return await self.inner.write(act)
        except _Lost as loss:
            return loss.value  # type: ignore[return-value]  # what the work returned


def _other_title(topic: Topic, event: Event) -> list[Event]:
    """An event says something else than the change."""
    task = event.data.get("task")
    if topic is Topic.TASK_COMMANDS or not isinstance(task, dict):
        return [event]
    return [dataclasses.replace(event, data={**event.data, "task": {**task, "title": "another"}})]


def _none_at_the_broker(topic: Topic, event: Event) -> list[Event]:  # noqa: ARG001  the form of the others
    """An event is said to be with the broker and is not."""
    return []


def _from_nowhere(topic: Topic, event: Event) -> list[Event]:  # noqa: ARG001  the form of the others
    """An event of which no change tells is published."""
    return [event, dataclasses.replace(event, id=str(uuid7()))]


def _a_day_later(topic: Topic, event: Event) -> list[Event]:
    """The next date of a series is wrong by a day."""
    due = event.data.get("due")
    if topic is not Topic.TASK_COMMANDS or not isinstance(due, dict):
        return [event]
    day = int(due["date"][8:]) % 28 + 1
    return [dataclasses.replace(event, data={**event.data, "due": {**due, "date": f"{due['date'][:8]}{day:02}"}})]


OF_EVENTS: dict[str, Callable[[Topic, Event], list[Event]]] = {
    "event with other content": _other_title,
    "event lost on the way": _none_at_the_broker,
    "event from nowhere": _from_nowhere,
    "next date a day later": _a_day_later,
}


class _Publisher:
    def __init__(
        self, inner: Publisher, change: Callable[[Topic, Event], list[Event]], now: Callable[[], bool]
    ) -> None:
        self._inner = inner
        self._change = change
        self._now = now

    async def publish(self, topic: Topic, events: Sequence[Event]) -> None:
        told = [one for event in events for one in (self._change(topic, event) if self._now() else [event])]
        if told:
            await self._inner.publish(topic, told)


def _again_under_another_id(inner: Handler) -> Handler:
    """A handler does its effect twice, the second time as if for another event."""

    async def handle(event: Event) -> Handled:
        handled = await inner(event)
        await inner(dataclasses.replace(event, id=str(uuid7())))
        return handled

    return handle


_KEYS = "two answers under the key|nobody asked for|right at no time|changes of a command|refused by the model"

DEFECTS = {
    "inbox that remembers nothing": "events at the witness",
    "change without event": "nothing came of a completion|event is missing",
    "number left out": "numbers of changes",
    "key forgotten": _KEYS,
    "task stored otherwise": "another",
    "answered and not kept": f"{_KEYS}|nothing came of|missing",
    "event with other content": "witness|event",
    "event lost on the way": "nothing came of a completion|witness",
    "event from nowhere": "witness|id of the command",
    "next date a day later": "found, expected",
    "effect twice": "commands that the task service did|witness",
}
"""The defects, and what the comparison says of each."""
