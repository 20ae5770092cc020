"""What is left of everybody's work, straight from the database and the broker, compared with what must be."""

import json
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Select, column, select, table

from services.tasks.steps import SERVICE
from taskora.domain.events import EventType, Topic
from taskora.storage import changes, outbox
from taskora.storage.changes import NumberedChange
from taskora.storage.database import Database
from taskora.storage.inbox import inbox_table
from tests.dapr.stack import Redis


@dataclass(frozen=True)
class Left:
    """What the database holds, and the ids of the events that the broker holds, by topic, as often as it holds them."""

    log: list[NumberedChange]
    counters: Mapping[str, int]
    waiting: tuple[int, int]
    seen: set[str]
    versions: Mapping[str, int]
    heard: Counter[str]
    commands: Counter[str]

    def differences(self) -> Iterator[str]:
        """Say everything that is lost, or there more than once."""
        numbers: dict[str, list[int]] = {}
        latest: dict[str, int] = {}
        for one in self.log:
            numbers.setdefault(one.change.user_id, []).append(one.sequence)
            if one.change.task_version is not None:
                latest[one.change.subject] = one.change.task_version
        for user, given in numbers.items():
            if given != list(range(1, self.counters[user] + 1)):
                yield f"the changes of {user} have a hole: {given} of {self.counters[user]}"
        if self.waiting != (0, 0):
            yield f"{self.waiting[0]} events wait and {self.waiting[1]} are parked"
        yield from self._lost_events()
        for task, version in self.versions.items():
            if latest.get(task) != version:
                yield f"task {task} has version {version}, its last change {latest.get(task)}"

    def _lost_events(self) -> Iterator[str]:
        """Follow every completion of a repeating task to its command, and every command to its effect."""
        for one in self.log:
            if one.change.event_id not in self.heard:
                yield f"event {one.change.event_id} ({one.change.type}) of {one.change.user_id} never reached the broker"
        completions = sum(
            one.change.type == EventType.TASK_COMPLETED.value and one.change.more.get("series") is not None
            for one in self.log
        )
        if len(self.commands) != completions:
            yield f"{completions} completions of repeating tasks led to {len(self.commands)} commands"
        for command in self.commands.keys() - self.seen:
            yield f"command {command} was never handled"


async def left(database_url: str, redis: Redis) -> Left:
    """Look at database and broker."""
    database = Database(database_url)
    try:
        heard, commands = (_ids(redis, topic) for topic in (Topic.TASK_EVENTS, Topic.TASK_COMMANDS))
        return await database.read(lambda connection: _look(connection, heard, commands))
    finally:
        await database.close()


def _look(connection: Connection, heard: Counter[str], commands: Counter[str]) -> Left:
    log: list[NumberedChange] = []
    while page := changes.walk(connection, SERVICE, after=_place(log)):
        log += page
    counter, inbox = changes.counter_table(SERVICE), inbox_table(SERVICE)
    return Left(
        log=log,
        counters=_pairs(connection, select(counter.c.user_id, counter.c.sequence)),
        waiting=outbox.counts(connection, SERVICE),
        seen=set(connection.execute(select(inbox.c.event_id)).scalars()),
        versions=_pairs(connection, select(column("id"), column("version")).select_from(table("tasks_task"))),
        heard=heard,
        commands=commands,
    )


def _pairs(connection: Connection, query: Select[Any, Any]) -> dict[str, int]:
    return {str(name): int(number) for name, number in connection.execute(query)}


def _place(log: list[NumberedChange]) -> tuple[str, int]:
    return (log[-1].change.user_id, log[-1].sequence) if log else ("", 0)


def _ids(redis: Redis, topic: Topic) -> Counter[str]:
    """The ids of the events in a stream."""
    lines = redis.say("XRANGE", topic.value, "-", "+")
    return Counter(json.loads(line)["id"] for line in lines if line.startswith("{") and '"specversion"' in line)
