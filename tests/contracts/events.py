"""Events, subscriptions and a handler that records, for the contracts of publishing and subscribing."""

import datetime as dt
from collections.abc import Sequence

from taskora.domain.events import Event, Topic
from taskora.runtime.ports import DONE, Handled, Handler, Outcome, Publisher, Subscription

RETRY = Handled(Outcome.RETRY, "not yet")
DROP = Handled(Outcome.DROP, "it can never work")


def event(name: str, *, user: str = "ann", kind: str = "task.completed", text: str = "", schema: object = 1) -> Event:
    return Event(
        id=name,
        type=kind,
        source="/taskora/tasks",
        subject=f"task of {name}",
        time=dt.datetime.now(dt.UTC),
        partitionkey=user,
        correlationid=f"correlation of {name}",
        data={"schema": schema, "text": text},
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
