"""From a commit to the broker, and from a completion to its next task, in a host of this process whose parts are watched.

Times begin when the commit has returned and end when the broker holds the event, or the next task's own commit has returned.
"""

import asyncio
import tempfile
import time
from collections.abc import Awaitable, Callable, Sequence
from contextvars import ContextVar
from functools import partial
from pathlib import Path
from typing import TypeVar

from fastapi import FastAPI

from benchmarks.figures import Figure, Section, percentile
from benchmarks.tasks import COUNT
from services.local.host import Host, Wrappers
from services.local.user import sign
from taskora.api import wire
from taskora.api.client import TasksClient
from taskora.config import Settings
from taskora.domain.actor import Actor, ActorKind, Channel
from taskora.domain.events import Event, EventType, Topic
from taskora.runtime.embedded.invoke import client_for
from taskora.runtime.ports import Handled, Handler, Publisher
from taskora.storage.unit_of_work import UnitOfWork
from tests.wrapped import WrappedDatabase

T = TypeVar("T")
TIMES = 300
BURST = 100
PAUSE = 0.05
_committed: ContextVar[list[float] | None] = ContextVar("committed", default=None)


class Watch:
    """Notes when what happened: commits by the request that asked for them, publications and effects by their command."""

    def __init__(self) -> None:
        self.published: dict[str, float] = {}
        self.effects: dict[str, float] = {}

    def wrappers(self) -> Wrappers:
        """Return what the host wraps its parts with."""
        return Wrappers(
            database=_Database,
            publisher=lambda publisher: _Publisher(publisher, self),
            handler=lambda handler: partial(self.handle, handler),
        )

    async def handle(self, handler: Handler, event: Event) -> Handled:
        """Handle an event and note when the effect of a command was durable."""
        handled = await handler(event)
        if event.type == EventType.TASK_CREATE:
            self.effects[str(event.data["predecessor_id"])] = time.perf_counter()
        return handled


class _Database(WrappedDatabase):
    """The database; a request that wants to know when its commit returned puts a list into the context."""

    async def write(self, work: Callable[[UnitOfWork], T]) -> T:
        value = await super().write(work)
        noted = _committed.get()
        if noted is not None:
            noted.append(time.perf_counter())
        return value


class _Publisher:
    def __init__(self, inner: Publisher, watch: Watch) -> None:
        self._inner = inner
        self._watch = watch

    async def publish(self, topic: Topic, events: Sequence[Event]) -> None:
        await self._inner.publish(topic, events)
        now = time.perf_counter()
        if topic is Topic.TASK_EVENTS:
            for event in events:
                self._watch.published.setdefault(str(event.data["command_id"]), now)


class Person:
    """Somebody who completes repeating tasks, and knows when each completion was durable."""

    def __init__(self, app: FastAPI, key: str) -> None:
        self._key = key
        self.http = client_for(app)
        self.tasks = TasksClient(self.http, self._token)
        self.commits: dict[str, float] = {}
        self.completions: dict[str, float] = {}

    async def create(self, count: int, **fields: object) -> list[str]:
        """Create tasks, a hundred at a time, and return their ids."""
        ids = []
        for first in range(0, count, 100):
            items = [wire.NewTask.model_validate({"title": f"water {first + n}", **fields}) for n in range(100)]
            answer = await self.tasks.create(items)
            ids += [result.task.id for result in answer.results if result.task is not None]
        return ids

    async def complete(self, ids: Sequence[str]) -> None:
        """Complete tasks with one command."""
        noted: list[float] = []
        _committed.set(noted)
        answer = await self.tasks.complete([wire.TaskTarget(task=one) for one in ids])
        self.commits[str(answer.command_id)] = noted[0]
        self.completions |= dict.fromkeys(ids, noted[0])

    def _token(self) -> str:
        return sign(self._key, actor=Actor(ActorKind.USER), channel=Channel.API, audience="tasks")


def measure() -> Section:
    """Measure completions one by one, and a hundred in one command."""
    with tempfile.TemporaryDirectory(prefix="taskora-bench-") as path:
        figures = asyncio.run(_measure(Settings(data_dir=Path(path), zone="America/New_York")))
    return Section(
        "Events and the next occurrence",
        f"{TIMES} completions of daily tasks, {1 / PAUSE:.0f} a second, then {BURST} in one command; 10,000 tasks; one "
        "process. From the return of the commit to the return of the publication, or of the next task's commit.",
        figures,
    )


async def _measure(settings: Settings) -> tuple[Figure, ...]:
    watch = Watch()
    host = await Host.start(settings, wrap=watch.wrappers())
    person = Person(host.app, host.key)
    figures = await workload(person, watch, host.drain)
    await host.stop()
    return figures


async def workload(person: Person, watch: Watch, drain: Callable[[float], Awaitable[None]]) -> tuple[Figure, ...]:
    """Let a person complete tasks, and return the figures. `drain` returns when no event is under way, or raises."""
    await person.create(COUNT - TIMES - BURST, when="tomorrow")
    ids = await person.create(TIMES + BURST, when="today 9am", repeat="every day")
    await drain(600)
    steady, burst = ids[:TIMES], ids[TIMES:]
    for one in steady:
        await person.complete([one])
        await asyncio.sleep(PAUSE)
    await drain(60)
    to_broker = [(watch.published[command] - at) * 1000 for command, at in person.commits.items()]
    to_next = [(watch.effects[one] - person.completions[one]) * 1000 for one in steady]
    await person.complete(burst)
    await drain(60)
    in_burst = [(watch.effects[one] - person.completions[one]) * 1000 for one in burst]
    await person.http.aclose()
    return (
        Figure("commit to broker, P50", percentile(to_broker, 0.5), "ms"),
        Figure("commit to broker, P99", percentile(to_broker, 0.99), "ms", 100),
        Figure("completion to next task, P50", percentile(to_next, 0.5), "ms"),
        Figure("completion to next task, P99", percentile(to_next, 0.99), "ms", 1000),
        Figure(f"completion to next task, {BURST} at once, last", max(in_burst), "ms", 1000),
    )
