"""The ports: everything a service may ask of the world around it. Services stand above, hosts below.

A port says what a service needs, never how it is done: no table, no broker's name, no HTTP client shows here. Each port has
its implementations in `embedded/` and `dapr/`, in modules of the same name, and one contract suite runs over both hosts.
"""

import datetime as dt
import re
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Protocol

from taskora.domain.errors import InvalidField
from taskora.domain.events import Event, Topic


class Outcome(StrEnum):
    """What a handler says of an event: done, try again later, or it can never work (it goes to the dead letters)."""

    SUCCESS = "SUCCESS"
    RETRY = "RETRY"
    DROP = "DROP"


@dataclass(frozen=True, slots=True)
class Handled:
    """A handler's answer with its reason, which a dead letter keeps.

    `counted` is False when a part is away (the database): such an attempt does not use up the attempts of the event.
    """

    outcome: Outcome
    reason: str = ""
    counted: bool = True


DONE = Handled(Outcome.SUCCESS)

Handler = Callable[[Event], Awaitable[Handled]]
"""A handler takes one event, may see it several times and in any order, and must not rely on either."""


@dataclass(frozen=True, slots=True)
class Subscription:
    """One consumer's interest in one topic: what is done by type of event. Types that are not named succeed unseen."""

    consumer: str
    topic: Topic
    handlers: Mapping[str, Handler]


LiveHandler = Callable[[Event], Awaitable[None]]
"""Takes one event in every instance of a service."""


@dataclass(frozen=True, slots=True)
class LiveSubscription:
    """Interest of every instance in one topic. Best effort: no inbox, no retry, no dead letter, nothing of before the start."""

    topic: Topic
    handler: LiveHandler


@dataclass(frozen=True, slots=True)
class Job:
    """A job whose time has come. `name` is unique in its service and begins with the job's kind: `reminder.<id>.<version>`."""

    name: str
    data: Mapping[str, object]

    @property
    def kind(self) -> str:
        """Return the part of the name before the first dot, by which the handler is found."""
        return self.name.partition(".")[0]


def checked_job_name(name: str) -> str:
    """Return a job's name. Raises InvalidField for one that would not fit into a path of any host."""
    if not _JOB_NAME.fullmatch(name):
        raise InvalidField(
            f"{name!r} is no name of a job.",
            field="name",
            advice="Use up to 200 letters, digits, dots, dashes and underscores.",
        )
    return name


_JOB_NAME = re.compile(r"[A-Za-z0-9._-]{1,200}")

JobHandler = Callable[[Job], Awaitable[Handled]]
"""Does a job; may see it several times. RETRY is tried again by the host's policy, DROP ends it with its reason in the log."""


@dataclass(frozen=True, slots=True)
class Interval:
    """Something a service does again and again, such as a reconciler. A round that fails is logged; the next one comes."""

    name: str
    every: dt.timedelta
    run: Callable[[], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class Inbound:
    """Everything that may reach a service from its host beside requests. `service` is the name of the service."""

    service: str
    subscriptions: tuple[Subscription, ...] = ()
    live: tuple[LiveSubscription, ...] = ()
    jobs: Mapping[str, JobHandler] = field(default_factory=dict)
    intervals: tuple[Interval, ...] = ()


class Publisher(Protocol):
    """Hands events to the broker. Embedded: `broker`."""

    async def publish(self, topic: Topic, events: Sequence[Event]) -> None:
        """Return once the broker holds every event durably.

        Raises Unavailable when it could not take them; any of them may then be there already, and a repetition under the
        same event id is harmless.
        """


class Redeliverer(Protocol):
    """Hands events to one consumer only, for replays. Embedded: `broker`; Dapr: a topic of that consumer's own."""

    async def redeliver(self, consumer: str, topic: Topic, events: Sequence[Event]) -> None:
        """Return once the broker holds them for that consumer, as if they had come on `topic`.

        Raises NotFound for a consumer that is not known, Unavailable when the broker is away.
        """


class Jobs(Protocol):
    """One-shot jobs in domain time. A host calls the service's job handler at the time or soon after it, at least once.

    Embedded: `jobs`; Dapr: the Jobs API. A job is derived from a row of the service, which is the truth.
    """

    async def schedule(self, name: str, at: dt.datetime, data: Mapping[str, object]) -> None:
        """Set a job, or replace the one of that name; a time that has passed means at once. Raises Unavailable."""

    async def cancel(self, name: str) -> None:
        """Take a job away; one that is not there is no error. A job that is due this moment may still come."""


class Secrets(Protocol):
    """Secrets by name. Embedded: settings; Dapr: the secret store."""

    async def get(self, name: str) -> str | None:
        """Return a secret, or None when there is none of that name. Raises Unavailable when the store is away."""


class Invoker(Protocol):
    """Calls another service's HTTP surface by the service's name. Embedded: `invoke` (ASGI in this process)."""

    async def invoke(
        self, app: str, method: str, path: str, *, headers: Mapping[str, str], json: object | None = None
    ) -> "Answer":
        """Return the answer, whatever its status. Raises Unavailable when the service cannot be reached."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What an invoked service answered."""

    status: int
    json: object


class Clock(Protocol):
    """Domain time: due dates, completion, recurrence. Tokens, leases and backoff use system time. Embedded: `clock`."""

    def now(self) -> dt.datetime:
        """Return the present instant, aware and UTC."""


class State(Protocol):
    """Small values by key that outlive the process: conversations, pending approvals. Embedded: `state`."""

    async def get(self, key: str) -> "StateEntry | None":
        """Return the entry, or None when there is none or its time to live has passed."""

    async def put(self, key: str, value: object, *, etag: str | None = None, ttl: dt.timedelta | None = None) -> str:
        """Store a JSON value and return its new etag.

        With `etag`, only if the entry still has it; raises Conflict otherwise.
        """

    async def delete(self, key: str, *, etag: str | None = None) -> bool:
        """Delete the entry and tell whether this call did it; with `etag`, only if the entry still has it."""


@dataclass(frozen=True, slots=True)
class StateEntry:
    """A stored value and the etag of this version of it."""

    value: object
    etag: str
