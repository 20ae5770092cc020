"""A task service over a real database, its clients, and its events in the test's hand: it decides when which one arrives."""

import datetime as dt
import json
from collections.abc import Sequence
from dataclasses import dataclass, field

import httpx2

from services.kit.app import make_app
from services.kit.identity import TokenVerifier
from services.kit.tokens import TokenSigner
from services.recurrence.app import inbound as recurrence_inbound
from services.tasks.app import TasksService
from taskora.api import wire
from taskora.api.client import TasksClient
from taskora.config import Settings
from taskora.domain.actor import Actor, ActorKind, Channel, Principal
from taskora.domain.events import Event, Topic
from taskora.domain.preferences import Preferences
from taskora.runtime.embedded.invoke import client_for
from taskora.runtime.ports import Handled, Outcome
from taskora.storage import outbox
from taskora.storage.database import Database
from tests.schemas import check

KEY = "a key for tests that is long enough"
ZONE = "America/New_York"


@dataclass
class Clock:
    """The present, until the test moves it: Tuesday, 24 November 2026, 10:00 in New York."""

    instant: dt.datetime = dt.datetime(2026, 11, 24, 15, tzinfo=dt.UTC)

    def now(self) -> dt.datetime:
        return self.instant

    def advance(self, **amount: float) -> None:
        self.instant += dt.timedelta(**amount)


@dataclass
class Mailbag:
    """A publisher that keeps what it was given."""

    events: list[Event] = field(default_factory=list)

    async def publish(self, topic: Topic, events: Sequence[Event]) -> None:
        assert topic is Topic.TASK_COMMANDS
        self.events += events


class World:
    def __init__(self, database: Database) -> None:
        self.database = database
        self.clock = Clock()
        self.signer = TokenSigner(KEY)
        self.service = self._service()
        self.app = make_app("tasks", Settings())
        self.app.include_router(self.service.router)
        self.http = client_for(self.app)

    def _service(self, series_limit: int = 10_000) -> TasksService:
        preferences = Preferences(zone=ZONE)
        return TasksService(self.database, self.clock, TokenVerifier(KEY), preferences, series_limit=series_limit)

    def limit_series(self, limit: int) -> None:
        """Let the handlers of events go on with another limit."""
        self.service = self._service(limit)

    def client(
        self,
        user: str = "ada",
        kind: ActorKind = ActorKind.USER,
        channel: Channel = Channel.API,
        http: httpx2.AsyncClient | None = None,
    ) -> TasksClient:
        return TasksClient(http or self.http, lambda: self.token(user, kind, channel))

    def token(self, user: str = "ada", kind: ActorKind = ActorKind.USER, channel: Channel = Channel.API) -> str:
        name = "" if kind is ActorKind.USER else "assistant"
        return self.signer.sign(Principal(user, Actor(kind, name), channel), "tasks")

    def headers(self, user: str = "ada", **more: str) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.token(user)}", **more}

    async def waiting(self, topic: Topic = Topic.TASK_EVENTS) -> list[Event]:
        """Return the events that wait in the outbox, without taking them."""
        rows = await self.database.read(lambda connection: outbox.pending(connection, "tasks", 1000))
        events = [Event.from_dict(json.loads(row.envelope)) for row in rows if row.topic == topic.value]
        for event in events:
            check(event)
        return events

    async def take(self) -> list[Event]:
        """Take the events of topic task-events out of the outbox, in their order."""
        events = await self.waiting()
        rows = await self.database.read(lambda connection: outbox.pending(connection, "tasks", 1000))
        ids = [row.id for row in rows]
        await self.database.write(lambda unit: outbox.sent(unit.connection, "tasks", ids))
        return events

    async def recur(self, *events: Event) -> list[Event]:
        """Hand events to the recurrence service and return the commands it sends."""
        bag = Mailbag()
        (subscription,) = recurrence_inbound(bag).subscriptions
        for event in events:
            handler = subscription.handlers.get(event.type)
            if handler is not None:
                assert (await handler(event)).outcome is Outcome.SUCCESS
        for event in bag.events:
            check(event)
        return bag.events

    async def command(self, event: Event) -> Handled:
        """Hand a command to the task service."""
        (subscription,) = self.service.inbound.subscriptions
        return await subscription.handlers[event.type](event)

    async def settle(self) -> None:
        """Let every event arrive, and what follows from it."""
        while events := await self.take():
            for command in await self.recur(*events):
                assert (await self.command(command)).outcome is Outcome.SUCCESS


def only(answer: wire.BatchAnswer) -> wire.Task:
    """Return the task of an answer with one result that went well."""
    (result,) = answer.results
    assert result.ok, result.problem
    assert result.task is not None
    return result.task


def problem(answer: wire.BatchAnswer) -> wire.Problem:
    """Return the problem of an answer with one result that did not go well."""
    (result,) = answer.results
    assert not result.ok
    assert result.problem is not None
    return result.problem


def target(task: wire.Task | str, version: int | None = None) -> wire.TaskTarget:
    return wire.TaskTarget(task=task if isinstance(task, str) else task.id, version=version)


def repeating(
    title: str = "standup",
    rrule: str = "FREQ=DAILY",
    date: str = "2026-11-25",
    time: str | None = "09:00",
    **more: object,
) -> wire.NewTask:
    """Return a task that repeats from a date on."""
    due = wire.DueInput(date=dt.date.fromisoformat(date), time=None if time is None else dt.time.fromisoformat(time))
    return wire.NewTask.model_validate({"title": title, "rrule": rrule, "due": due, **more})
